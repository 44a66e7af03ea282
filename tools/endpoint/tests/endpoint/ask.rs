//! A client in process.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request};
use clap::Parser as _;
use cocart_endpoint::cli::{Cli, Command};
use cocart_endpoint::listen::Dropped;
use cocart_endpoint::{replay, serve};
use serde_json::Value;
use tower::ServiceExt as _;

pub(crate) const BASE: &str = "http://shop.test";
pub(crate) const CART: &str = "/wp-json/cocart/v2/cart";
pub(crate) const ADD: &str = "/wp-json/cocart/v2/cart/add-item";

/// An endpoint by the words of its command line.
pub(crate) fn endpoint(words: &[&str]) -> Router {
    let cli = Cli::parse_from(["cocart-endpoint"].iter().chain(words));
    match cli.command {
        Command::Serve(args) => serve::router(&args, BASE).unwrap(),
        Command::Replay(args) => replay::router(&args, BASE).unwrap(),
    }
}

/// What came back; `status` 0 when the connection was dropped.
pub(crate) struct Told {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Told {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("{e} in {:?}", self.text))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// The cart's key by its header.
    pub(crate) fn key(&self) -> String {
        self.header("cocart-api-cart-key").expect("a cart key").to_owned()
    }
}

/// Asks: `line` is method and address, `headers` are `name: value`.
pub(crate) async fn ask(
    router: &Router,
    line: &str,
    headers: &[&str],
    body: impl Into<Body>,
) -> Told {
    let (method, address) = line.split_once(' ').unwrap();
    let mut request = Request::builder().method(method).uri(address);
    for header in headers {
        let (name, value) = header.split_once(": ").unwrap();
        request = request.header(name, value);
    }
    let response = router.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let dropped = parts.extensions.get::<Dropped>().is_some();
    Told {
        status: if dropped { 0 } else { parts.status.as_u16() },
        headers: parts.headers,
        text: String::from_utf8(to_bytes(body, usize::MAX).await.unwrap().to_vec()).unwrap(),
    }
}

pub(crate) async fn get(router: &Router, address: &str) -> Told {
    ask(router, &format!("GET {address}"), &[], "").await
}

pub(crate) async fn post(router: &Router, address: &str, body: Value) -> Told {
    let headers = ["content-type: application/json"];
    ask(router, &format!("POST {address}"), &headers, body.to_string()).await
}

/// Says something to the control route, which must take it.
pub(crate) async fn control(router: &Router, orders: Value) -> Value {
    let told = post(router, "/__control", orders).await;
    assert_eq!(told.status, 200, "{}", told.text);
    told.json()
}

/// Item count of the cart under `key`.
pub(crate) async fn count(router: &Router, key: &str) -> i64 {
    let told = get(router, &format!("{CART}?cart_key={key}")).await;
    assert_eq!(told.status, 200, "{}", told.text);
    told.json()["item_count"].as_i64().unwrap()
}
