//! Fees and shipping.

use crate::common::amount;
use crate::common::till::{ALL, CURRENT, NEWEST, RECORDED, Till, flat_rate, rate};
use cocart_wasm::cart::Command;
use cocart_wasm::store::{
    DiscountType, FreeShippingRequires, Product, ShippingMethod, ShippingMethodKind, TaxClass,
    TaxRate, TaxStatus,
};

fn ten() -> Till {
    Till::excl([rate(1, "20")]).line("10.00", 1.0)
}

#[test]
fn t16_shipping_tax_rounds_up_where_fee_tax_rounds_down() {
    let till = Till::incl([rate(1, "20")]).line("9.99", 1.0);
    for generation in ALL {
        let shipped = till.clone().shipping("8.325").ring(generation);
        assert_eq!(shipped.totals().shipping_tax, 1.67);
        assert_eq!(shipped.totals().total, "19.99");
        let with_fee = till.clone().fee(8.325, true).ring(generation);
        assert_eq!(with_fee.totals().fee_tax, 1.66);
        assert_eq!(with_fee.totals().total, "19.98");
    }
}

#[test]
fn t17_only_the_grand_total_is_rounded() {
    let till = ten().shipping("5").fee(2.345, true).fee(-4.0, true);
    for generation in ALL {
        let mut receipt = till.ring(generation);
        assert_eq!(receipt.totals().fee_total.text(), "-1.655");
        assert_eq!((receipt.totals().fee_tax, receipt.totals().total.as_str()), (-0.33, "16.02"));
        assert_eq!(receipt.document()["totals"]["fee_total"], "-166");
    }
    let odd = ten().shipping("4.995");
    assert_eq!(odd.ring(RECORDED).totals().shipping_total.text(), "5");
    for generation in [CURRENT, NEWEST] {
        assert_eq!(odd.ring(generation).totals().shipping_total.text(), "4.995");
    }
}

#[test]
fn t19_a_negative_fee_is_taxed_and_capped() {
    for generation in ALL {
        let receipt = ten().shipping("5").fee(-40.0, false).ring(generation);
        let totals = receipt.totals();
        assert_eq!((totals.fee_total.text().as_str(), totals.fee_tax), ("-15", -3.0));
        assert_eq!(totals.total, "0.00");
    }
}

#[test]
fn t20_a_negative_fee_spreads_over_the_classes() {
    let reduced = TaxRate { class: "reduced".into(), ..rate(2, "5") };
    let mut till = Till::excl([rate(1, "20"), reduced]).line("10.00", 1.0);
    till.snapshot.tax_classes.push(TaxClass { slug: "reduced".into(), name: "Reduced".into() });
    let price = |text: &str| Some(amount(text));
    let bread =
        Product { price: price("20.00"), tax_class: "reduced".into(), ..Product::default() };
    let stamp = Product { price: price("7.00"), tax_status: TaxStatus::None, ..Product::default() };
    let till = till.sell(bread, 1.0).sell(stamp, 1.0).fee(-5.0, false);
    for generation in ALL {
        let receipt = till.ring(generation);
        let totals = receipt.totals();
        assert_eq!(totals.fee_taxes, [(1, -0.27027027), (2, -0.13513514000000001)]);
        assert_eq!((totals.fee_tax, totals.total.as_str()), (-0.41, "34.59"));
    }
}

#[test]
fn what_costs_less_than_nothing_to_send_has_no_share_of_a_negative_fee() {
    let till = ten().shipping("-3").fee(-5.0, false);
    for generation in ALL {
        let receipt = till.ring(generation);
        assert_eq!(receipt.totals().shipping_total.text(), "-3");
        assert_eq!(receipt.totals().fee_taxes, [(1, -1.0)]);
    }
    // where goods without tax are in the cart, they have a share of it
    let stamp =
        Product { price: Some(amount("10.00")), tax_status: TaxStatus::None, ..Product::default() };
    let receipt = till.sell(stamp, 1.0).ring(RECORDED);
    assert_eq!(receipt.totals().fee_taxes, [(1, -0.5)]);
}

#[test]
fn shipping_and_fees_keep_two_decimals_more_than_are_shown() {
    let till = ten().set(|settings| settings.price_decimals = 6).fee(0.00000125, false);
    let till = till.shipping("4.00000375");
    for generation in [CURRENT, NEWEST] {
        let receipt = till.ring(generation);
        let totals = receipt.totals();
        assert_eq!(totals.shipping_total.text(), "4.00000375");
        assert_eq!(totals.fee_total.text(), "0.00000125");
    }
}

fn pickup(instance_id: u32) -> ShippingMethod {
    let kind = ShippingMethodKind::LocalPickup { taxable: false, cost: String::new() };
    ShippingMethod { instance_id, enabled: true, title: "Pickup".into(), kind }
}

#[test]
fn a_rate_is_printed_without_tags_and_entities() {
    for (cost, html) in [("0", "Click & Collect"), ("5", "Click & Collect: $5.00")] {
        let ShippingMethod { kind, .. } = flat_rate(1, cost);
        let title = "Click &amp; <b>Collect</b>".to_owned();
        let method = ShippingMethod { instance_id: 1, enabled: true, title, kind };
        let rates = &ten().methods([method]).ring(RECORDED).document()["shipping"]["packages"]["default"]
            ["rates"];
        assert_eq!(rates["flat_rate:1"]["html"], html);
        assert_eq!(rates["flat_rate:1"]["label"], "Click &amp; <b>Collect</b>");
    }
}

#[test]
fn a_destination_is_escaped_as_for_a_page() {
    let mut till = ten().shipping("5").living_in("IT");
    till.cart.customer.shipping.city = "L'Aquila".into();
    let document = till.ring(RECORDED).document();
    let package = &document["shipping"]["packages"]["default"];
    assert_eq!(package["formatted_destination"], "L&#039;Aquila, Italy");
}

fn free_from(instance_id: u32, min_amount: &str) -> ShippingMethod {
    let kind = ShippingMethodKind::FreeShipping {
        requires: FreeShippingRequires::MinAmount,
        min_amount: min_amount.into(),
        ignore_discounts: false,
    };
    ShippingMethod { instance_id, enabled: true, title: "Free".into(), kind }
}

#[test]
fn t36_another_list_of_rates_resets_the_choice() {
    let till = ten().methods([flat_rate(1, "5"), pickup(2), free_from(3, "50")]);
    let till = till.then(Command::ChooseShippingRate { rate: "local_pickup:2".into() });
    for generation in ALL {
        let mut receipt = till.ring(generation);
        let item_key = receipt.cart.lines[0].key.clone();
        let buy = |quantity| Command::UpdateItem { item_key: item_key.clone(), quantity };
        receipt.apply(&buy(2.0));
        assert_eq!(receipt.cart.chosen_rate.as_deref(), Some("local_pickup:2"));
        receipt.apply(&buy(5.0));
        assert_eq!(receipt.cart.chosen_rate.as_deref(), Some("flat_rate:1"));
        receipt.apply(&Command::ChooseShippingRate { rate: "free_shipping:3".into() });
        receipt.apply(&buy(2.0));
        assert_eq!(receipt.cart.chosen_rate.as_deref(), Some("flat_rate:1"));
    }
}

#[test]
fn a_coupon_is_calculated_with_before_the_rates_are_listed_again() {
    // from 100 on shipping is free; the coupon takes that away, and the pickup with it
    let far = TaxRate { country: "FR".into(), ..rate(2, "10") };
    let till = Till::excl([TaxRate { country: "GB".into(), ..rate(1, "20") }, far])
        .living_in("FR")
        .line("100.00", 1.0)
        .methods([flat_rate(1, "5"), pickup(2), free_from(3, "100")])
        .then(Command::ChooseShippingRate { rate: "local_pickup:2".into() });
    for generation in ALL {
        let receipt = till.clone().coupon(DiscountType::Percent, "10").ring(generation);
        assert_eq!(receipt.cart.chosen_rate.as_deref(), Some("flat_rate:1"));
        assert_eq!(receipt.taxes(), [[(2, 9.0)]]);
        let mut receipt = till.ring(generation);
        assert_eq!(receipt.taxes(), [[(1, 20.0)]]);
        receipt.apply(&Command::ChooseShippingRate { rate: "free_shipping:3".into() });
        assert_eq!(receipt.taxes(), [[(2, 10.0)]]);
    }
}

#[test]
fn a_package_that_nothing_can_be_sent_with_is_counted_and_not_shown() {
    for (least, shown) in [("5", 1), ("50", 0)] {
        let mut receipt = ten().methods([free_from(1, least)]).ring(ALL[0]);
        let shipping = receipt.document()["shipping"].clone();
        assert_eq!(shipping["total_packages"], 1);
        assert_eq!(shipping["packages"].as_object().map_or(0, serde_json::Map::len), shown);
    }
}
