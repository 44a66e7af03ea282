//! Small helpers of the native tests.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its own part")]
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "a test may panic")]

pub mod till;

use cocart_wasm::api::{Answer, Method, Profile, Request, handle};
use cocart_wasm::cart::Cart;
use cocart_wasm::store::Shop;
use cocart_wasm::value::Value;
use rust_decimal::Decimal;

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

/// Sends a request with a JSON body to a cart of the v4.3 dialect.
pub fn send(shop: &Shop, cart: &mut Cart, method: Method, path: &str, body: &str) -> Answer {
    let mut request = Request::new(method, format!("/cocart/v2/{path}"));
    if !body.is_empty() {
        request = request.with_json(value(body));
    }
    handle(shop, Profile::V43, cart, &request, 1_795_295_187)
}
