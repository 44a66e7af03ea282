//! The control route: trouble on demand, and what was seen.

use crate::accounts::PASSWORD;
use crate::endpoint::{Endpoint, State as Shop};
use crate::trouble::Outage;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::{HeaderValue, StatusCode, header, request};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use cocart_wasm::store::Product;
use cocart_wasm::value::Record;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::sync::Arc;
use tower_http::cors::{AllowMethods, AllowOrigin, CorsLayer};

/// What `POST /__control` may say, in any combination; done in this order.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Orders {
    /// Everything as at the start.
    reset: bool,
    latency_ms: Option<u64>,
    outage: Option<Outage>,
    lose_answers: Option<u64>,
    captive_portal: Option<bool>,
    /// A product's `id` and the fields to change, by their names in the snapshot.
    product: Option<Map<String, Value>>,
    /// The session under this key runs out.
    expire_cart: Option<String>,
    /// Every token of the JWT add-on runs out; refresh tokens still renew them.
    expire_tokens: bool,
    /// Every token is revoked, and those that renew with them: customers must sign in again.
    revoke_tokens: bool,
    /// The cart under this key is emptied, as by an order or on another device.
    clear_cart: Option<String>,
}

/// The control route, open to this machine's own pages.
pub(crate) fn router(endpoint: Arc<Endpoint>) -> Router {
    Router::new()
        .route("/__control", get(show).post(order))
        .with_state(endpoint)
        .layer(for_local_pages())
}

/// Test pages are served from ports of their own.
pub(crate) fn for_local_pages() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(|origin: &HeaderValue, _: &request::Parts| {
            is_local(origin.as_bytes())
        }))
        .allow_methods(AllowMethods::mirror_request())
        .allow_headers([header::CONTENT_TYPE])
}

fn is_local(origin: &[u8]) -> bool {
    let Ok(origin) = std::str::from_utf8(origin) else {
        return false;
    };
    let host = origin
        .strip_prefix("http://")
        .map(|rest| rest.split_once(':').map_or(rest, |(host, _)| host));
    matches!(host, Some("localhost" | "127.0.0.1"))
}

async fn show(State(endpoint): State<Arc<Endpoint>>) -> Json<Value> {
    let state = &endpoint.state();
    Json(report(&endpoint, state))
}

fn report(endpoint: &Endpoint, state: &Shop) -> Value {
    let customers: Vec<Value> = endpoint
        .accounts
        .iter()
        .map(|account| json!({ "username": account.user, "password": PASSWORD }))
        .collect();
    json!({
        "customers": customers,
        "trouble": state.trouble,
        "counters": state.counters,
        "carts": state.sessions.keys(),
        "tokens": state.tokens.len(),
    })
}

async fn order(
    State(endpoint): State<Arc<Endpoint>>,
    orders: Result<Json<Orders>, JsonRejection>,
) -> Response {
    let orders = match orders {
        Ok(Json(orders)) => orders,
        Err(error) => return refused(&error.body_text()),
    };
    if orders.reset {
        endpoint.reset();
    }
    let state = &mut *endpoint.state();
    if let Some(changes) = orders.product {
        match changed(state, changes) {
            Ok(product) => state.shop.put_product(product),
            Err(error) => return refused(&error),
        }
    }
    let trouble = &mut state.trouble;
    set(&mut trouble.latency_ms, orders.latency_ms);
    set(&mut trouble.outage, orders.outage);
    set(&mut trouble.lose_answers, orders.lose_answers);
    set(&mut trouble.captive_portal, orders.captive_portal);
    if orders.expire_tokens {
        state.tokens.expire();
    }
    if orders.revoke_tokens {
        state.tokens.revoke();
    }
    // to the client both are the same: the key stays good, and its cart is empty
    for key in [orders.expire_cart, orders.clear_cart].into_iter().flatten() {
        if !state.sessions.remove(&key) {
            return refused(&format!("no cart under {key}"));
        }
    }
    Json(report(&endpoint, state)).into_response()
}

fn refused(why: &str) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({ "error": why }))).into_response()
}

fn set<T>(slot: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *slot = value;
    }
}

/// The product with the changes in it.
fn changed(state: &Shop, changes: Map<String, Value>) -> Result<Product, String> {
    let id = changes.get("id").and_then(Value::as_u64).ok_or("product needs an id")?;
    let product = state.shop.product(id).ok_or_else(|| format!("no product {id}"))?;
    let mut fields = serde_json::to_value(product).map_err(|error| error.to_string())?;
    for (name, value) in changes {
        if !Product::names().contains(&name.as_str()) {
            return Err(format!("a product has no {name}"));
        }
        if let Some(fields) = fields.as_object_mut() {
            fields.insert(name, value);
        }
    }
    serde_json::from_value(fields).map_err(|error| error.to_string())
}
