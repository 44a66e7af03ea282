//! The profile `reference`: the published reference's own example for `add-item`, type by type.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

mod common;

use cocart_wasm::api::{Method, Profile, Request, handle};
use cocart_wasm::cart::Cart;
use cocart_wasm::store::{
    DefaultCustomerAddress, Dimensions, Product, Settings, ShippingMethod, ShippingMethodKind,
    ShippingZone, Shop, Snapshot,
};
use common::{amount, json, value};
use serde_json::Value;

/// The shop of the example: it sells one product and ships it, once it knows where.
fn headphones() -> Shop {
    let zone = ShippingZone {
        id: 1,
        name: "Everywhere".into(),
        methods: vec![ShippingMethod {
            instance_id: 1,
            enabled: true,
            title: "Flat rate".into(),
            kind: ShippingMethodKind::FlatRate {
                taxable: false,
                cost: "5".into(),
                class_costs: Vec::new(),
                no_class_cost: String::new(),
                per_order: false,
            },
        }],
        ..ShippingZone::default()
    };
    Shop::new(Snapshot {
        complete: true,
        settings: Settings {
            default_customer_address: DefaultCustomerAddress::None,
            shipping_cost_requires_address: true,
            ..Settings::default()
        },
        shipping_zones: vec![zone],
        products: vec![Product {
            id: 145,
            name: "Wireless Bluetooth Headphones".into(),
            slug: "wireless-bluetooth-headphones".into(),
            sku: "WBH-001".into(),
            price: Some(amount("18.00")),
            regular_price: Some(amount("18.00")),
            weight: "0.5".into(),
            dimensions: Dimensions::default(),
            image: "https://example-store.com/wp-content/uploads/2024/03/headphones-blue.jpg"
                .into(),
            ..Product::default()
        }],
        ..Snapshot::default()
    })
}

#[test]
fn add_item_answers_the_reference_s_own_example() {
    let mut expected =
        json(include_str!("fixtures/add-item-reference.json"))["response"]["body"].take();
    let mut cart = Cart::new("cb7a23af96a3f23af3c28a8b4b8c6d5e");
    let body = value(r#"{"id": "145", "quantity": "1"}"#);
    let request = Request::new(Method::Post, "/cocart/v2/cart/add-item").with_json(body);
    let answer = handle(&headphones(), Profile::Reference, &mut cart, &request, 0);
    assert_eq!(answer.response.status, 200);
    let mut got = serde_json::to_value(&answer.response.body).unwrap();

    // what the reference invented is compared by its form
    for name in ["cart_hash", "cart_key"] {
        assert!(is_hex_32(&expected[name]) && is_hex_32(&got[name]), "{name}");
        expected[name] = got[name].clone();
    }
    let key = rekey(&mut got);
    assert_eq!(key, "2b24d495052a8ce66358eb576b8912c8");
    rekey(&mut expected);
    assert_eq!(got, expected);
    let order =
        |document: &Value| document.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(order(&got), order(&expected));
}

#[test]
fn an_address_brings_the_ways_of_delivery() {
    let shop = headphones();
    let mut cart = Cart::new("cb7a23af96a3f23af3c28a8b4b8c6d5e");
    let mut ask = |path: &str, body: &str| {
        let request = Request::new(Method::Post, path).with_json(value(body));
        let answer = handle(&shop, Profile::Reference, &mut cart, &request, 0);
        serde_json::to_value(&answer.response.body).unwrap()
    };
    ask("/cocart/v2/cart/add-item", r#"{"id": "145"}"#);
    let answer = ask(
        "/cocart/v2/cart/update",
        r#"{"namespace": "update-customer", "s_country": "GB", "s_postcode": "SW1A 1AA", "s_city": "London"}"#,
    );
    assert_eq!(answer["totals"]["shipping_total"], "5.00");
    let shipping = &answer["shipping"];
    assert_eq!(shipping["has_calculated_shipping"], true);
    assert_eq!(shipping["packages"]["default"]["rates"]["flat_rate:1"]["chosen_method"], true);
}

/// Takes the item out of its invented key.
fn rekey(document: &mut Value) -> String {
    let items = document["items"].as_object_mut().unwrap();
    let (key, mut item) = items.clone().into_iter().next().unwrap();
    assert_eq!(item["item_key"], Value::from(key.clone()));
    assert!(is_hex_32(&item["item_key"]));
    item["item_key"] = Value::from("key");
    items.clear();
    items.insert("key".to_owned(), item);
    key
}

fn is_hex_32(text: &Value) -> bool {
    text.as_str().is_some_and(|t| t.len() == 32 && t.bytes().all(|b| b.is_ascii_hexdigit()))
}
