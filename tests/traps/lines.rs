//! Lines and the tax on them.

use crate::common::amount;
use crate::common::till::{ALL, Till, rate};
use cocart_wasm::api::{Method, Profile, Request, handle};
use cocart_wasm::store::DiscountType::{FixedCart, Percent};
use cocart_wasm::store::{Product, TaxDisplay, TaxRate, TaxTotalDisplay};

fn twenty_inside() -> Till {
    Till::incl([rate(1, "20")])
}

/// 20 % inside at home, 10 % in France.
fn two_countries() -> Till {
    Till::incl([
        TaxRate { country: "GB".into(), ..rate(1, "20") },
        TaxRate { country: "FR".into(), ..rate(2, "10") },
    ])
}

#[test]
fn t01_tax_inside_rounds_half_down() {
    for generation in ALL {
        let receipt = twenty_inside().line("9.99", 1.0).ring(generation);
        assert_eq!(receipt.lines(), [[8.325, 1.66, 8.325, 1.66]]);
        let totals = receipt.totals();
        assert_eq!((totals.subtotal.text().as_str(), totals.subtotal_tax), ("8.33", 1.66));
        assert_eq!(totals.total, "9.99");
    }
}

#[test]
fn t02_net_rounds_up_and_its_tax_down_line_by_line() {
    for generation in ALL {
        let receipt = twenty_inside().line("9.99", 1.0).line("9.99", 1.0).ring(generation);
        let totals = receipt.totals();
        assert_eq!((totals.subtotal.text().as_str(), totals.subtotal_tax), ("16.66", 3.32));
    }
}

#[test]
fn t03_the_same_goods_as_one_line() {
    for generation in ALL {
        let receipt = twenty_inside().line("9.99", 2.0).ring(generation);
        let totals = receipt.totals();
        assert_eq!((totals.subtotal.text().as_str(), totals.subtotal_tax), ("16.65", 3.33));
    }
}

#[test]
fn t04_base_tax_comes_off_line_by_line() {
    let home = TaxRate { country: "GB".into(), ..rate(1, "20") };
    let till = Till::incl([home]).living_in("US");
    for generation in ALL {
        let two_lines = till.clone().line("9.99", 1.0).line("9.99", 1.0).ring(generation);
        assert_eq!(two_lines.lines(), [[8.325, 0.0, 8.325, 0.0]; 2]);
        assert_eq!(two_lines.totals().total, "16.66");
        let one_line = till.clone().line("9.99", 2.0).ring(generation);
        assert_eq!(one_line.totals().total, "16.65");
    }
}

#[test]
fn t05_a_foreign_customer_pays_another_gross() {
    let till = two_countries().living_in("FR").line("9.99", 1.0);
    let filter_off = till.clone().set(|settings| settings.adjust_non_base_location_prices = false);
    for generation in ALL {
        let receipt = till.ring(generation);
        assert_eq!(receipt.totals().subtotal.text(), "8.33");
        assert_eq!((receipt.totals().total.as_str(), receipt.totals().total_tax), ("9.16", 0.83));
        assert_eq!(filter_off.ring(generation).totals().total, "9.99");
    }
}

#[test]
fn t14_sub_cent_prices_survive_in_the_lines() {
    for generation in ALL {
        let till = Till::excl([rate(1, "8.875")]).line("1.005", 1.0).line("1.005", 1.0);
        let receipt = till.ring(generation);
        assert_eq!(receipt.lines(), [[1.005, 0.09, 1.005, 0.09]; 2]);
        let totals = receipt.totals();
        assert_eq!((totals.subtotal.text().as_str(), totals.total.as_str()), ("2.02", "2.20"));
    }
}

#[test]
fn t21_rounding_per_line_or_at_the_subtotal() {
    let till = Till::excl([rate(1, "8.875")]).line("0.99", 1.0).line("0.99", 1.0).line("0.99", 1.0);
    let at_subtotal = till.clone().set(|settings| settings.tax_round_at_subtotal = true);
    for generation in ALL {
        let receipt = till.ring(generation);
        assert_eq!(receipt.totals().cart_contents_tax, 0.27);
        assert_eq!(receipt.totals().total, "3.24");
        let receipt = at_subtotal.ring(generation);
        assert_eq!(receipt.totals().cart_contents_tax, 0.26358750000000003);
        assert_eq!(receipt.totals().total, "3.23");
    }
}

#[test]
fn t22_an_exempt_customer_s_lines_become_whole_cents() {
    for generation in ALL {
        let receipt = twenty_inside().exempt().line("9.99", 1.0).line("9.99", 1.0).ring(generation);
        assert_eq!(receipt.lines(), [[8.33, 0.0, 8.33, 0.0]; 2]);
        assert_eq!(receipt.totals().total, "16.66");
    }
}

#[test]
fn t23_binary_noise_reaches_the_documents() {
    let noisy = [
        (Till::excl([rate(1, "20")]).line("19.99", 1.0), "3.5980000000000003"),
        (Till::excl([rate(1, "20")]).line("0.05", 3.0).line("19.99", 1.0), "0.027999999999999997"),
    ];
    for generation in ALL {
        for (till, text) in &noisy {
            let mut receipt = till.clone().coupon(Percent, "10").ring(generation);
            let request = Request::new(Method::Get, "/cocart/v2/cart").with_query("default", "1");
            let answer = handle(&receipt.shop, Profile::V43, &mut receipt.cart, &request, 0);
            let raw = serde_json::to_string(&answer.response.body).unwrap();
            assert!(raw.contains(&format!(r#""total":{{"1":{text}}}"#)), "{raw}");
        }
    }
}

#[test]
fn t27_no_decimals() {
    for generation in ALL {
        let till = Till::excl([rate(1, "20")]).set(|settings| settings.price_decimals = 0);
        let receipt = till.line("105", 1.0).line("33", 1.0).coupon(Percent, "10").ring(generation);
        assert_eq!(receipt.after_discounts(), [[94.0, 19.0], [30.0, 6.0]]);
        let totals = receipt.totals();
        assert_eq!((totals.discount_total, totals.total.as_str()), (14.0, "149"));
    }
}

#[test]
fn t37_the_unit_s_price_is_not_the_line_s() {
    let shown = |settings: &mut cocart_wasm::store::Settings| {
        settings.tax_display_shop = TaxDisplay::Incl;
    };
    for generation in ALL {
        let till = two_countries().set(shown).living_in("FR").line("9.99", 1.0);
        let mut receipt = till.ring(generation);
        assert_eq!(receipt.document()["items"][0]["price"], "916");
        assert_eq!(receipt.line(0).total, 8.325);
        assert_eq!(receipt.taxes(), [[(2, 0.8325)]]);
    }
}

#[test]
fn t38_three_tax_totals_in_one_cart() {
    let till = twenty_inside().line("9.99", 1.0).coupon(FixedCart, "1").fee(8.325, true);
    let till = till.shipping("8.325");
    let single = till.clone().set(|settings| settings.tax_total_display = TaxTotalDisplay::Single);
    for generation in ALL {
        let mut receipt = till.ring(generation);
        assert_eq!(receipt.totals().total_tax, 4.83);
        // 9.3.3 rounds the cost of shipping before it is added
        let total = if generation.0 == "9.3.3" { "28.98" } else { "28.97" };
        assert_eq!(receipt.totals().total, total);
        assert_eq!(receipt.document()["taxes"]["TAX-1"]["price"], "483");
        assert_eq!(single.ring(generation).document()["taxes"]["total"], "484");
    }
}

#[test]
fn what_weighs_nothing_has_no_weight() {
    for (weight, shown) in [("", "0.0"), ("0", "0.0"), ("0.0", "0"), ("0.5", "1")] {
        let product =
            Product { price: Some(amount("1")), weight: weight.into(), ..Product::default() };
        let mut receipt = Till::excl([]).sell(product, 2.0).ring(ALL[0]);
        assert_eq!(receipt.document()["items"][0]["meta"]["weight"], shown);
    }
}
