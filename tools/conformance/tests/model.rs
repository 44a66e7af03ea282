//! Carts that an independent model of WooCommerce's cart worked out, in `tests/vectors/carts.json`.
//!
//! The model was written from the notes on WooCommerce's arithmetic (in Python, without a look at `src/cart`),
//! held to the recordings of both shops, and compared with the engine on 45,000 random carts of random
//! shops. These were picked from them so that each two of their features meet at least once: entry and display of
//! prices, rounding, decimals, rates beside and upon each other, where the tax is taken,
//! coupons of every type with and without limits, fees, and ways of shipping. The figures are the model's; no
//! engine made them. A shop differs from `tests/golden` in what stands there.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use cocart_wasm::api::{self, Body, Method, Profile, Request};
use cocart_wasm::cart::Cart;
use cocart_wasm::store::Shop;
use conformance::recording::{Recording, read_json};
use conformance::shop::{Source, convert};
use serde_json::{Map, Value, json};
use std::path::Path;

const NOW: i64 = 1_795_295_187;

/// The engine's shop of what the file says of one.
fn shop(golden: &Source, told: &Value, cart: &Value) -> Shop {
    let parts = told.as_object().unwrap().iter().map(|(name, value)| {
        let name = if name == "products" { "wc_products" } else { name };
        (name.to_owned(), convert(value))
    });
    // categories of the catalogue: 22 lies in 21
    let categories: Vec<Value> = [(15, 0), (21, 0), (22, 21), (23, 0), (24, 0)]
        .iter()
        .map(|(id, parent)| json!({"id": id, "parent": parent, "name": "", "slug": ""}))
        .collect();
    let source = golden.with(parts, convert(&json!({"categories": {"body": categories}})));
    let mut options = told["options"].as_object().unwrap().clone();
    options.insert("oracle_fees".to_owned(), cart["fees"].clone());
    source.shop(&Recording {
        name: String::new(),
        settings: options,
        vars: Default::default(),
        steps: Vec::new(),
    })
}

fn ask(shop: &Shop, cart: &mut Cart, method: &str, path: &str, body: Option<&Value>) -> Value {
    let mut request = Request::new(Method::parse(method).unwrap(), path);
    request.body = body.map_or(Body::Empty, |body| Body::Json(convert(body)));
    let answer = api::handle(shop, Profile::V43, cart, &request, NOW).response;
    assert_eq!(answer.status, 200, "{method} {path} {body:?}");
    serde_json::to_value(answer.body.unwrap()).unwrap()
}

/// The figures of a document and of v1's totals, as the file has them.
fn figures(document: &Value, v1: &Value) -> Value {
    let items = document["items"].as_array().unwrap();
    let lines: Vec<&Value> = items.iter().map(|item| &item["totals"]).collect();
    let named = |list: &Value, name: &str, figure: &str| -> Map<String, Value> {
        let rows = list.as_array().into_iter().flatten();
        rows.map(|row| (row[name].as_str().unwrap().to_owned(), row[figure].clone())).collect()
    };
    let keyed = |map: &Value, figure: &str| -> Map<String, Value> {
        let rows = map.as_object().into_iter().flatten();
        rows.map(|(key, row)| (key.clone(), row[figure].clone())).collect()
    };
    let package = &document["shipping"]["packages"]["default"];
    let rates: Map<String, Value> = package["rates"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, rate)| (key.clone(), json!([rate["cost"], rate["taxes"], rate["html"]])))
        .collect();
    let taxes = &document["taxes"];
    let mut all = json!({
        "prices": items.iter().map(|item| item["price"].clone()).collect::<Vec<_>>(),
        "subtotals": lines.iter().map(|line| line["subtotal"].clone()).collect::<Vec<_>>(),
        "lines": lines.iter().map(|l| json!([l["subtotal_tax"], l["total"], l["tax"]])).collect::<Vec<_>>(),
        "totals": document["totals"],
        "coupons": named(&document["coupons"], "coupon", "saving"),
        "fees": keyed(&document["fees"], "fee"),
        "rates": rates,
        "chosen": package["chosen_method"].as_str().unwrap_or_default(),
        "taxes": match taxes.get("total") {
            Some(total) => json!({"total": total}),
            None => keyed(taxes, "price").into(),
        },
        "cart_hash": document["cart_hash"],
        "v1": v1,
    });
    numbers(&mut all);
    all
}

/// A number is compared as a double, and PHP's empty list with an empty map.
fn numbers(value: &mut Value) {
    match value {
        Value::Number(number) => *value = json!(number.as_f64().unwrap() + 0.0),
        Value::Array(list) => list.iter_mut().for_each(numbers),
        Value::Object(map) => {
            for (name, value) in map {
                if name.ends_with("_taxes") && value.as_array().is_some_and(Vec::is_empty) {
                    *value = json!({});
                }
                numbers(value);
            }
        }
        _ => {}
    }
}

#[test]
fn carts_of_an_independent_model_are_equal() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests");
    let golden = Source::read(&tests.join("golden")).unwrap();
    let shops: Vec<Value> = read_json(&tests.join("vectors/carts.json")).unwrap();
    let (mut carts, mut different) = (0, Vec::new());
    for (number, told) in shops.iter().enumerate() {
        for (place, wanted) in told["carts"].as_array().unwrap().iter().enumerate() {
            carts += 1;
            let shop = shop(&golden, told, wanted);
            let mut cart = Cart::new("model");
            let mut document = Value::Null;
            for request in wanted["requests"].as_array().unwrap() {
                let path = format!("/cocart/v2/{}", request[1].as_str().unwrap());
                let method = request[0].as_str().unwrap();
                document = ask(&shop, &mut cart, method, &path, request.get(2));
            }
            let v1 = ask(&shop, &mut cart, "GET", "/cocart/v1/totals", None);
            let got = figures(&document, &v1);
            let mut expected = wanted["expected"].clone();
            numbers(&mut expected);
            for (name, figure) in expected.as_object().unwrap() {
                if got[name] != *figure {
                    let got = &got[name];
                    different
                        .push(format!("shop {number} cart {place} {name}: {figure} got {got}"));
                }
            }
        }
    }
    assert!(different.is_empty(), "{} differ:\n{}", different.len(), different.join("\n"));
    assert_eq!(carts, 32);
}
