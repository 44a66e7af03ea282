//! What a session does with lines, and with addresses.

use crate::common::amount;
use crate::common::till::{ALL, Till, rate};
use cocart_wasm::api::{Method, Profile, Request, handle};
use cocart_wasm::cart::Command;
use cocart_wasm::store::{
    AttributeOption, DefaultCustomerAddress, Product, ProductAttribute, ProductType,
    TaxTotalDisplay,
};

fn three() -> Till {
    Till::excl([]).line("10.00", 3.0)
}

#[test]
fn t32_a_quantity_of_zero_stays_until_the_next_load() {
    for generation in ALL {
        for zero in ["\"0\"", "0.0", "0"] {
            let mut receipt = three().line("1.00", 1.0).ring(generation);
            let key = receipt.cart.lines[0].key.clone();
            let body =
                format!(r#"{{"namespace": "update-cart", "quantity": {{"{key}": {zero}}}}}"#);
            let answer = receipt.send(Method::Post, "cart/update", &body);
            assert_eq!(answer.response.status, 200);
            let document = serde_json::to_value(answer.response.body.unwrap()).unwrap();
            assert_eq!(document["items"][0]["quantity"]["value"], 0);
            assert_eq!(document["items"].as_array().unwrap().len(), 2);
            assert_eq!(receipt.document()["items"].as_array().unwrap().len(), 1);
        }
    }
}

#[test]
fn t32_the_other_profiles_remove_the_line_at_once() {
    for profile in [Profile::Reference, Profile::V49, Profile::V5, Profile::V5Formatted] {
        let mut receipt = three().ring(ALL[1]);
        let key = receipt.cart.lines[0].key.clone();
        let request = Request::new(Method::Post, format!("/cocart/v2/cart/item/{key}"))
            .with_json(crate::common::value(r#"{"quantity": "0"}"#));
        let answer = handle(&receipt.shop, profile, &mut receipt.cart, &request, 0);
        assert_eq!(answer.response.status, 200);
        assert!(receipt.cart.lines.is_empty());
        assert_eq!(receipt.cart.removed.len(), 1);
    }
}

#[test]
fn t33_restoring_overwrites_what_was_added_meanwhile() {
    for generation in ALL {
        let mut receipt = three().ring(generation);
        let item_key = receipt.cart.lines[0].key.clone();
        receipt.apply(&Command::RemoveItem { item_key: item_key.clone() });
        let answer = receipt.send(Method::Post, "cart/add-item", r#"{"id": "1", "quantity": "1"}"#);
        assert_eq!(answer.response.status, 200);
        receipt.apply(&Command::RestoreItem { item_key });
        let quantities: Vec<f64> = receipt.cart.lines.iter().map(|line| line.quantity).collect();
        assert_eq!(quantities, [3.0]);
    }
}

#[test]
fn tax_is_estimated_for_another_country_not_for_none() {
    let till = Till::excl([rate(1, "20")]).line("10.00", 1.0).set(|settings| {
        settings.tax_total_display = TaxTotalDisplay::Single;
        settings.default_customer_address = DefaultCustomerAddress::None;
    });
    let label = |till: &Till| till.ring(ALL[0]).document()["taxes"]["label"].clone();
    assert_eq!(label(&till), "VAT");
    assert_eq!(label(&till.clone().living_in("GB")), "VAT");
    assert_eq!(label(&till.living_in("US")), "VAT (estimated for the United States (US))");
}

#[test]
fn a_line_removed_again_keeps_its_place_among_the_removed() {
    for generation in ALL {
        let mut receipt = three().line("2.00", 1.0).line("1.00", 1.0).ring(generation);
        let keys: Vec<String> =
            receipt.cart.lines.iter().take(2).map(|line| line.key.clone()).collect();
        for item_key in &keys {
            receipt.apply(&Command::RemoveItem { item_key: item_key.clone() });
        }
        receipt.send(Method::Post, "cart/add-item", r#"{"id": "1", "quantity": "1"}"#);
        receipt.apply(&Command::RemoveItem { item_key: keys[0].clone() });
        let removed: Vec<(String, f64)> =
            receipt.cart.removed.iter().map(|line| (line.key.clone(), line.quantity)).collect();
        assert_eq!(removed, [(keys[0].clone(), 1.0), (keys[1].clone(), 1.0)]);
    }
}

#[test]
fn a_posted_attribute_is_taken_letter_by_letter() {
    let option =
        |value: &str, name: &str| AttributeOption { value: value.into(), name: name.into() };
    let price = Some(amount("10"));
    let cap = Product {
        id: 7,
        kind: ProductType::Variable,
        price,
        attributes: vec![ProductAttribute {
            id: 1,
            name: "Color".into(),
            slug: "pa_color".into(),
            variation: true,
            options: vec![option("blue", "Blue"), option("red", "Red")],
        }],
        ..Product::default()
    };
    let variation = |id, value: &str| Product {
        id,
        kind: ProductType::Variation,
        parent_id: 7,
        price,
        variation: vec![("attribute_pa_color".into(), value.into())],
        ..Product::default()
    };
    let mut till = Till::excl([]);
    till.snapshot.products = vec![cap, variation(8, "blue"), variation(9, "")];
    for (id, color, status) in
        [(8, "blue", 200), (8, "Blue", 400), (8, "red", 400), (9, "red", 200), (9, "Red", 400)]
    {
        let mut receipt = till.ring(ALL[0]);
        let body = format!(r#"{{"id": "{id}", "variation": {{"attribute_pa_color": "{color}"}}}}"#);
        let answer = receipt.send(Method::Post, "cart/add-item", &body);
        assert_eq!(answer.response.status, status, "{id} {color}");
    }
}
