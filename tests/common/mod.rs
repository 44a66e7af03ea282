//! Small helpers of the native tests.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its own part")]
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "a test may panic")]

pub mod till;

use cocart_wasm::api::{Answer, Method, Profile, Request, handle};
use cocart_wasm::cart::Cart;
use cocart_wasm::store::{Product, Shop, Snapshot};
use cocart_wasm::value::Value;
use rust_decimal::Decimal;

/// Every dialect.
pub const PROFILES: [Profile; 5] =
    [Profile::Reference, Profile::V43, Profile::V49, Profile::V5, Profile::V5Formatted];

/// A decimal amount.
pub fn amount(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A document of `serde_json`.
pub fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}

/// A document of the engine.
pub fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// A shop that sells two products and no other: 1 for 12.50, 2 for 20.
pub fn two_products() -> Shop {
    let product = |id: u64, price: &str| Product {
        id,
        name: format!("Product {id}"),
        price: Some(amount(price)),
        regular_price: Some(amount(price)),
        ..Product::default()
    };
    let products = vec![product(1, "12.50"), product(2, "20")];
    Shop::new(Snapshot { complete: true, products, ..Snapshot::default() })
}

/// Sends a request with a JSON body to a cart of the v4.3 dialect.
pub fn send(shop: &Shop, cart: &mut Cart, method: Method, path: &str, body: &str) -> Answer {
    let mut request = Request::new(method, format!("/cocart/v2/{path}"));
    if !body.is_empty() {
        request = request.with_json(value(body));
    }
    handle(shop, Profile::V43, cart, &request, till::NOW)
}
