//! Coupons.

use crate::common::amount;
use crate::common::till::{ALL, CURRENT, NEWEST, RECORDED, Till, rate};
use cocart_wasm::cart::Command;
use cocart_wasm::store::DiscountType::{FixedCart, FixedProduct, Percent};
use cocart_wasm::store::{Coupon, Product, TaxDisplay, coupon_hash};

/// A shop without tax.
fn untaxed() -> Till {
    Till::excl([]).set(|settings| settings.calc_taxes = false)
}

fn totals_of_lines(till: &Till, generation: (&str, &str)) -> Vec<f64> {
    till.ring(generation).after_discounts().into_iter().map(|[total, _]| total).collect()
}

#[test]
fn t06_each_line_s_discount_is_floored_and_the_rest_goes_to_the_first() {
    for generation in ALL {
        let till = untaxed().line("3.33", 1.0).line("2.22", 1.0).line("1.11", 1.0);
        let receipt = till.coupon(Percent, "50").ring(generation);
        let totals: Vec<f64> = receipt.after_discounts().iter().map(|[total, _]| *total).collect();
        assert_eq!(totals, [1.66, 1.11, 0.56]);
        assert_eq!(receipt.totals().discount_total, 3.33);
    }
}

#[test]
fn t07_the_floor_sees_a_binary_product() {
    for generation in ALL {
        let till = untaxed().line("10.00", 1.0).line("1.00", 1.0).coupon(Percent, "29");
        assert_eq!(totals_of_lines(&till, generation), [7.09, 0.72]);
    }
}

#[test]
fn t08_half_a_cent_goes_to_the_shop() {
    for generation in ALL {
        let receipt = untaxed().line("0.45", 1.0).coupon(Percent, "10").ring(generation);
        assert_eq!(receipt.totals().discount_total, 0.04);
    }
}

#[test]
fn t09_two_half_cents_are_one_on_the_first_line() {
    for generation in ALL {
        let till = untaxed().line("0.05", 1.0).line("0.05", 1.0).coupon(Percent, "10");
        assert_eq!(totals_of_lines(&till, generation), [0.04, 0.05]);
        assert_eq!(till.ring(generation).totals().discount_total, 0.01);
    }
}

#[test]
fn t10_an_amount_off_the_cart_is_split_by_unit() {
    for generation in ALL {
        let till =
            Till::excl([rate(1, "20")]).line("10.00", 1.0).line("10.00", 1.0).line("10.00", 1.0);
        let receipt = till.coupon(FixedCart, "10").ring(generation);
        assert_eq!(receipt.after_discounts(), [[6.66, 1.33], [6.67, 1.33], [6.67, 1.33]]);
        assert_eq!(receipt.totals().total, "23.99");
    }
}

#[test]
fn t11_a_cheap_line_gives_all_it_has() {
    for generation in ALL {
        let till = untaxed().line("20.00", 1.0).line("0.05", 1.0).coupon(FixedCart, "10");
        let receipt = till.ring(generation);
        assert_eq!(totals_of_lines(&till, generation), [10.05, 0.0]);
        assert_eq!(receipt.totals().discount_total, 10.0);
    }
}

#[test]
fn t12_a_sub_cent_amount_off_the_cart_rounds_up_by_whole_cents() {
    for generation in ALL {
        let till = untaxed().line("10.00", 1.0).line("10.00", 1.0).line("10.00", 1.0);
        let till = till.coupon(FixedCart, "10.005");
        assert_eq!(totals_of_lines(&till, generation), [6.66, 6.66, 6.67]);
        assert_eq!(till.ring(generation).totals().discount_total, 10.01);
    }
}

#[test]
fn t13_an_amount_off_each_product_keeps_its_fractions() {
    for generation in ALL {
        let receipt = untaxed().line("10.00", 2.0).coupon(FixedProduct, "3.333").ring(generation);
        assert_eq!(receipt.totals().discount_total, 6.666);
        assert_eq!(receipt.line(0).total, 13.334000000000001);
    }
}

#[test]
fn t15_all_off_a_sub_cent_price_goes_below_zero() {
    for generation in ALL {
        let receipt = untaxed().line("1.005", 1.0).coupon(Percent, "100").ring(generation);
        assert_eq!(cocart_wasm::woo::number::json(receipt.line(0).total), "-0.005");
        let totals = receipt.totals();
        assert_eq!(
            (totals.cart_contents_total.text().as_str(), totals.total.as_str()),
            ("-0.01", "0.00")
        );
    }
}

#[test]
fn t28_the_order_of_coupons_is_woocommerce_s() {
    let till = untaxed().line("50.00", 1.0);
    let till = till.coupon(Percent, "10").coupon(FixedCart, "5").coupon(FixedProduct, "3");
    let sequential = till.clone().set(|settings| settings.calc_discounts_sequentially = true);
    for generation in ALL {
        assert_eq!(till.ring(generation).coupons(), [5.0, 5.0, 3.0]);
        assert_eq!(sequential.ring(generation).coupons(), [4.7, 5.0, 3.0]);
    }
}

#[test]
fn t29_a_limit_counts_the_dearest_first() {
    let coupon = Coupon {
        discount_type: Percent,
        amount: amount("50"),
        limit_usage_to_x_items: Some(3),
        ..Coupon::default()
    };
    let till = untaxed().line("10.00", 2.0).line("7.00", 5.0).coupon_of(coupon);
    assert_eq!(totals_of_lines(&till, RECORDED), [20.0, 24.5]);
    for generation in [CURRENT, NEWEST] {
        assert_eq!(totals_of_lines(&till, generation), [10.0, 31.5]);
    }
}

#[test]
fn a_limit_to_some_items_goes_by_the_full_price_whatever_was_taken_before() {
    let limited = |off: &str| Coupon {
        discount_type: FixedProduct,
        amount: amount(off),
        limit_usage_to_x_items: Some(1),
        ..Coupon::default()
    };
    for sequential in [false, true] {
        let till = untaxed()
            .set(|settings| settings.calc_discounts_sequentially = sequential)
            .line("10.00", 2.0)
            .coupon(FixedProduct, "6")
            .coupon_of(limited("6"));
        for generation in ALL {
            assert_eq!(till.ring(generation).coupons(), [12.0, 6.0]);
        }
    }
}

#[test]
fn limits_of_what_is_spent_do_not_see_binary_noise() {
    // 1.13 + 0.23 is 1.3599999999999999, and 1.36 + 0.27 is 1.6300000000000001
    let shop =
        || Till::excl([rate(1, "20")]).set(|settings| settings.tax_display_cart = TaxDisplay::Incl);
    let off = |coupon: Coupon| Coupon { discount_type: Percent, amount: amount("50"), ..coupon };
    let least = off(Coupon { minimum_amount: amount("1.36"), ..Coupon::default() });
    let most = off(Coupon { maximum_amount: amount("1.63"), ..Coupon::default() });
    for generation in ALL {
        let receipt = shop().line("1.13", 1.0).coupon_of(least.clone()).ring(generation);
        assert_eq!(receipt.coupons(), [0.56]);
        let receipt = shop().line("1.36", 1.0).coupon_of(most.clone()).ring(generation);
        assert_eq!(receipt.coupons(), [0.68]);
        let receipt = shop().line("1.12", 1.0).coupon_of(least.clone()).ring(generation);
        assert!(receipt.coupons().is_empty());
    }
}

#[test]
fn adding_what_is_sold_one_by_one_checks_the_cart_and_says_nothing() {
    let coupon = Coupon {
        discount_type: Percent,
        amount: amount("10"),
        minimum_amount: amount("30"),
        ..Coupon::default()
    };
    let poster = |sold_individually| {
        let price = Some(amount("5.00"));
        let product = Product { price, sold_individually, ..Product::default() };
        untaxed().line("10.00", 3.0).coupon_of(coupon.clone()).sell(product, 1.0)
    };
    for generation in ALL {
        for (sold_individually, left) in [(true, 0), (false, 1)] {
            let mut till = poster(sold_individually);
            let add = till.commands.pop().unwrap();
            let mut receipt = till.ring(generation);
            let key = receipt.cart.lines[0].key.clone();
            receipt.apply(&Command::UpdateItem { item_key: key, quantity: 2.0 });
            receipt.apply(&add);
            assert_eq!(receipt.coupons().len(), left);
            assert_eq!(receipt.cart.notices.len(), 1, "{:?}", receipt.cart.notices);
        }
    }
}

#[test]
fn a_coupon_s_label_is_escaped_and_its_code_is_not() {
    let mut till = untaxed().line("10.00", 1.0);
    let code_hash = coupon_hash("", "mum's");
    till.snapshot.coupons.push(Coupon { id: 1, code_hash, ..Coupon::default() });
    let till = till.then(Command::ApplyCoupon { coupon: "Mum's".into() });
    let coupon = &till.ring(RECORDED).document()["coupons"][0];
    assert_eq!(
        (&coupon["coupon"], &coupon["label"]),
        (&"mum's".into(), &"Coupon: mum&#039;s".into())
    );
}
