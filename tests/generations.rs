//! The table of versions (`spec/woocommerce-cart.md`, "Which version counts"): a test for each
//! row, on the last release known to have the old rule and the first known to have the new one.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod common;

use cocart_wasm::api::Method;
use cocart_wasm::cart::Command;
use cocart_wasm::store::DiscountType::{FixedCart, FixedProduct, Percent};
use cocart_wasm::store::{Category, Coupon, Product, ShippingMethod, ShippingMethodKind, TaxClass};
use cocart_wasm::store::{TaxDisplay, TaxRate};
use common::amount;
use common::till::{Receipt, Till, flat_rate, rate};

/// A WooCommerce release on the recorded PHP.
fn on(woocommerce: &str) -> (&str, &str) {
    (woocommerce, "8.2.36")
}

fn text(document: &serde_json::Value, pointer: &str) -> String {
    document.pointer(pointer).and_then(|value| value.as_str()).unwrap_or_default().to_owned()
}

#[test]
fn rounding_takes_two_passes_from_10_1_0() {
    let of = |country: &str, tax: TaxRate| TaxRate { country: country.into(), ..tax };
    let qst = TaxRate { compound: true, ..rate(6, "9.975") };
    let till = Till::incl([of("US", rate(2, "7.25")), of("CA", rate(5, "5")), of("CA", qst)]);
    let till = till.set(|settings| {
        settings.base_address.country = "US".into();
        settings.tax_display_cart = TaxDisplay::Incl;
    });
    let till = till.living_in("CA").line("2.675", 7.0).line("9.99", 6.0);
    let till = till.coupon(Percent, "33.333").coupon(Percent, "10");
    for (release, saving) in
        [("9.3.3", "-847"), ("10.0.2", "-847"), ("10.1.0", "-846"), ("11.0.1", "-846")]
    {
        let mut receipt = till.ring(on(release));
        assert_eq!(receipt.coupons()[1], 7.33500038, "{release}");
        assert_eq!(text(&receipt.document(), "/coupons/1/saving"), saving, "{release}");
    }
}

#[test]
fn taxes_are_rounded_on_entering_the_totals_by_10_0_2() {
    let till = Till::excl([rate(1, "20")]).line("10", 1.0).shipping("0.07");
    let till = till.set(|settings| settings.tax_round_at_subtotal = true);
    for (release, tax) in [
        ("9.3.3", 0.014000000000000002),
        ("10.0.2", 0.013999999999999999),
        ("11.0.1", 0.013999999999999999),
    ] {
        assert_eq!(till.ring(on(release)).totals().shipping_tax, tax, "{release}");
    }
}

#[test]
fn coupons_meet_the_dearest_unit_first_by_10_0_2() {
    let till = Till::excl([]).line("0.15", 1.0).line("0.10", 7.0).coupon(FixedCart, "0.05");
    for (release, totals) in
        [("9.3.3", [0.15, 0.65]), ("10.0.2", [0.14, 0.66]), ("11.0.1", [0.14, 0.66])]
    {
        let lines = till.ring(on(release)).after_discounts();
        assert_eq!([lines[0][0], lines[1][0]], totals, "{release}");
    }
}

#[test]
fn the_cost_of_shipping_keeps_six_decimals_by_9_9_3() {
    let till = Till::excl([rate(1, "5")]).set(|settings| settings.price_decimals = 0);
    let till = till.line("100", 1.0).shipping("39.5");
    for (release, cost) in [("9.3.3", "40"), ("9.9.3", "39.5"), ("11.0.1", "39.5")] {
        let receipt = till.ring(on(release));
        assert_eq!(receipt.totals().shipping_total.text(), cost, "{release}");
        // the tax is taken from the unrounded cost on all of them
        assert_eq!(receipt.totals().shipping_tax, 2.0, "{release}");
    }
}

#[test]
fn a_percentage_fee_of_shipping_is_rounded_from_10_6_0() {
    // 9.3.3 does not round the fee either, but the cost that is made of it
    let till = Till::excl([]).line("19.99", 1.0).shipping("9 * [fee percent=\"12.6\"]");
    for (release, cost) in
        [("9.3.3", "22.67"), ("10.5.9", "22.66866"), ("10.6.0", "22.68"), ("11.0.1", "22.68")]
    {
        assert_eq!(till.ring(on(release)).totals().shipping_total.text(), cost, "{release}");
    }
}

#[test]
fn shipping_of_a_class_without_rates_goes_untaxed_from_10_1_0() {
    let mut till = Till::excl([rate(1, "5")]).line("10", 1.0).shipping("15.10");
    till.snapshot.tax_classes.push(TaxClass { slug: "reduced".into(), name: "Reduced".into() });
    let till = till.set(|settings| settings.shipping_tax_class = "reduced".into());
    for (release, tax) in [("9.3.3", 0.76), ("10.0.2", 0.76), ("10.1.0", 0.0), ("11.0.1", 0.0)] {
        assert_eq!(till.ring(on(release)).totals().shipping_tax, tax, "{release}");
    }
}

#[test]
fn what_a_coupon_leaves_out_is_named_dearest_first() {
    let category =
        |id, parent, name: &str| Category { id, parent, name: name.into(), ..Category::default() };
    let sold = |price: &str, ids: &[u32]| Product {
        price: Some(amount(price)),
        category_ids: ids.to_vec(),
        ..Product::default()
    };
    let products = Coupon { excluded_product_ids: vec![1, 2, 3], ..Coupon::default() };
    let excluded_product_categories = vec![10, 11, 12, 13];
    let categories = Coupon { excluded_product_categories, ..Coupon::default() };
    // unit prices 5, 20, 6 and 90; line prices times quantities 180, 20, 24 and 90
    let till = Till::excl([])
        .sell(sold("5", &[12, 11]), 6.0)
        .sell(sold("20", &[13]), 1.0)
        .sell(sold("6", &[11]), 2.0)
        .sell(sold("90", &[]), 1.0);
    for (coupon, old, new) in [
        (products, "Product 1, Product 3, Product 2", "Product 2, Product 3, Product 1"),
        (categories, "Cups, Kitchen, Home, Garden", "Garden, Kitchen, Home, Cups"),
    ] {
        let discount_type = FixedCart;
        let mut till = till.clone().coupon_of(Coupon { discount_type, ..coupon });
        till.snapshot.categories = vec![
            category(10, 0, "Home"),
            category(11, 10, "Kitchen"),
            category(12, 11, "Cups"),
            category(13, 0, "Garden"),
        ];
        for (release, names) in [("9.3.3", old), ("11.0.1", new)] {
            let told = text(&till.ring(on(release)).document(), "/notices/error/0");
            assert!(told.ends_with(&format!(": {names}.")), "{release}: {told}");
        }
    }
}

#[test]
fn coupon_texts_name_the_coupon_by_9_9_3() {
    let limited = Coupon { usage_limit: Some(1), usage_count: 1, ..Coupon::default() };
    let over = Coupon { expires: Some(1), ..Coupon::default() };
    let dear = Coupon { minimum_amount: amount("100"), ..Coupon::default() };
    let cheap = Coupon { maximum_amount: amount("5"), ..Coupon::default() };
    let other = Coupon { product_ids: vec![99], discount_type: FixedProduct, ..Coupon::default() };
    let price = |figure: &str| {
        format!(
            "<span class=\"woocommerce-Price-amount amount\"><span class=\"woocommerce-Price-currencySymbol\">$</span>{figure}</span>"
        )
    };
    let (hundred, five) = (price("100.00"), price("5.00"));
    let cases = [
        (
            limited,
            "Coupon usage limit has been reached. Please try again after some time, or contact us for help.".to_owned(),
            "Usage limit for coupon \"c1\" has been reached. Please try again after some time, or contact us for help.".to_owned(),
        ),
        (over, "This coupon has expired.".to_owned(), "Coupon \"c1\" has expired.".to_owned()),
        (
            dear,
            format!("The minimum spend for this coupon is {hundred}."),
            format!("The minimum spend for coupon \"c1\" is {hundred}."),
        ),
        (
            cheap,
            format!("The maximum spend for this coupon is {five}."),
            format!("The maximum spend for coupon \"c1\" is {five}."),
        ),
        (
            other,
            "Sorry, this coupon is not applicable to selected products.".to_owned(),
            "Sorry, coupon \"c1\" is not applicable to selected products.".to_owned(),
        ),
    ];
    for (coupon, old, new) in &cases {
        let till = Till::excl([]).line("10", 1.0).coupon_of(coupon.clone());
        for (release, told) in [("9.3.3", old), ("9.9.3", new), ("11.0.1", new)] {
            let document = till.ring(on(release)).document();
            assert_eq!(text(&document, "/notices/error/0"), *told, "{release}");
        }
    }
    let twice = Till::excl([]).line("10", 1.0).coupon(FixedCart, "1");
    let twice = twice.then(Command::ApplyCoupon { coupon: "C1".into() });
    for (release, told) in [
        ("9.3.3", "Coupon code already applied!"),
        ("9.9.3", "Coupon code \"c1\" already applied!"),
        ("11.0.1", "Coupon code \"c1\" already applied!"),
    ] {
        assert_eq!(text(&twice.ring(on(release)).document(), "/notices/error/0"), told);
    }
}

#[test]
fn the_text_of_an_unknown_coupon_changed_by_10_0_2() {
    let till = Till::excl([]).line("10", 1.0);
    let till = till.then(Command::ApplyCoupon { coupon: "nothing".into() });
    for (release, told) in [
        ("9.3.3", "Coupon \"nothing\" does not exist!"),
        ("9.9.3", "Coupon \"nothing\" does not exist!"),
        ("10.0.2", "Coupon \"nothing\" cannot be applied because it does not exist."),
        ("11.0.1", "Coupon \"nothing\" cannot be applied because it does not exist."),
    ] {
        assert_eq!(text(&till.ring(on(release)).document(), "/notices/error/0"), told);
    }
}

fn pickup() -> ShippingMethod {
    let kind = ShippingMethodKind::LocalPickup { taxable: false, cost: String::new() };
    ShippingMethod { instance_id: 2, enabled: true, title: "Pickup".into(), kind }
}

#[test]
fn the_chosen_rate_goes_with_the_last_shippable_line_by_10_3_0() {
    let download = Product { price: Some(amount("1")), is_virtual: true, ..Product::default() };
    let till = Till::excl([]).line("10", 1.0).sell(download, 1.0);
    let till = till.methods([flat_rate(1, "5"), pickup()]);
    let till = till.then(Command::ChooseShippingRate { rate: "local_pickup:2".into() });
    for (release, kept) in [
        ("9.3.3", Some("local_pickup:2")),
        ("10.1.0", Some("local_pickup:2")),
        ("10.3.0", None),
        ("11.0.1", None),
    ] {
        let mut receipt = till.ring(on(release));
        let item_key = receipt.cart.lines[0].key.clone();
        receipt.apply(&Command::RemoveItem { item_key: item_key.clone() });
        assert_eq!(receipt.cart.chosen_rate.as_deref(), kept, "{release}");
        receipt.apply(&Command::RestoreItem { item_key });
        let chosen = text(&receipt.document(), "/shipping/packages/default/chosen_method");
        assert_eq!(chosen, kept.unwrap_or("flat_rate:1"), "{release}");
    }
}

fn packages(receipt: &mut Receipt, method: Method, path: &str) -> i64 {
    let answer = receipt.send(method, path, "");
    let document = serde_json::to_value(answer.response.body.unwrap()).unwrap();
    document.pointer("/shipping/total_packages").and_then(|n| n.as_i64()).unwrap()
}

#[test]
fn clearing_lists_no_package_by_9_7_0() {
    let till = Till::excl([]).line("10", 1.0).shipping("5");
    for (release, listed) in [("9.3.3", 1), ("9.7.0", 0), ("11.0.1", 0)] {
        let mut receipt = till.ring(on(release));
        assert_eq!(packages(&mut receipt, Method::Post, "cart/clear"), listed, "{release}");
        assert_eq!(packages(&mut receipt, Method::Get, "cart"), 0, "{release}");
    }
}

#[test]
fn hidden_costs_list_no_package_by_9_8_4() {
    let till = Till::excl([]).line("10", 1.0).shipping("5");
    let till = till.set(|settings| settings.shipping_cost_requires_address = true);
    for (release, listed) in [("9.3.3", 1), ("9.8.4", 0), ("11.0.1", 0)] {
        let mut receipt = till.ring(on(release));
        assert_eq!(packages(&mut receipt, Method::Get, "cart"), listed, "{release}");
        assert_eq!(receipt.totals().shipping_total.text(), "0", "{release}");
    }
}

#[test]
fn the_customer_has_a_shipping_phone_by_10_9_1_and_a_company_by_option() {
    let till = Till::excl([]).line("10", 1.0);
    let hidden = till.clone().set(|settings| settings.checkout_company = false);
    for (release, has_phone) in
        [("9.3.3", false), ("10.6.2", false), ("10.9.1", true), ("11.0.1", true)]
    {
        let document = till.ring(on(release)).document();
        let shipping = document["customer"]["shipping_address"].as_object().unwrap();
        assert_eq!(
            shipping.keys().next_back().unwrap() == "shipping_phone",
            has_phone,
            "{release}"
        );
        assert!(shipping.contains_key("shipping_company"), "{release}");
        let document = hidden.ring(on(release)).document();
        for address in ["billing", "shipping"] {
            let fields = document["customer"][format!("{address}_address")].as_object().unwrap();
            assert!(!fields.contains_key(&format!("{address}_company")), "{release}");
        }
    }
}
