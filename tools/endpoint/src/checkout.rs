//! A checkout as plain as can be: it shows the cart handed over and takes the order.

use crate::endpoint::{Endpoint, now};
use axum::Router;
use axum::extract::{Form, Query, State};
use axum::http::header;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use cocart_wasm::api::{self, Method, Profile, Request};
use cocart_wasm::cart::Cart;
use cocart_wasm::store::Shop;
use cocart_wasm::value::Value;
use serde::Deserialize;
use std::fmt::Write as _;
use std::sync::Arc;

/// The key of the cart handed over (`spec/cocart-v2.md` 9.5).
#[derive(Deserialize)]
struct HandOver {
    #[serde(rename = "cocart-load-cart", default)]
    key: String,
}

const STYLE: &str = "\
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { max-width: 32rem; margin: 3rem auto; padding: 0 1rem }
li { display: flex; justify-content: space-between; gap: 1rem }
ul { padding: 0 }
button { font: inherit; padding: .6rem 1.2rem; border: 0; border-radius: .4rem; background: #24503a; color: #fff; cursor: pointer }
.total { font-weight: 700; border-top: 1px solid; padding-top: .5rem }
";

/// The checkout's page and its style, which the page policy wants in a file.
pub(crate) fn router() -> Router<Arc<Endpoint>> {
    Router::new().route("/checkout/", get(show).post(place_order)).route(
        "/checkout/style.css",
        get(async || ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], STYLE)),
    )
}

async fn show(
    State(endpoint): State<Arc<Endpoint>>,
    Query(HandOver { key }): Query<HandOver>,
) -> impl IntoResponse {
    let state = endpoint.state();
    // a copy, so that looking uses up no notice
    let body = match state.sessions.live(&key, now()) {
        Some(session) if session.cart.account.is_none() => {
            summary(&state.shop, session.cart.clone())
        }
        _ => None,
    };
    page(&body.unwrap_or_else(|| {
        "<p>Cart is not valid! If this is an error, contact for help.</p>".to_owned()
    }))
}

async fn place_order(
    State(endpoint): State<Arc<Endpoint>>,
    Form(HandOver { key }): Form<HandOver>,
) -> impl IntoResponse {
    let state = &mut *endpoint.state();
    let is_guests =
        state.sessions.live(&key, now()).is_some_and(|session| session.cart.account.is_none());
    page(if is_guests && state.sessions.remove(&key) {
        "<p>Thank you. Your order has been received.</p>"
    } else {
        "<p>Cart is not valid! If this is an error, contact for help.</p>"
    })
}

fn page(body: &str) -> Html<String> {
    Html(format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>Checkout</title>\
         <link rel=\"stylesheet\" href=\"/checkout/style.css\"></head>\
         <body><main><h1>Checkout</h1>{body}<p><a href=\"/\">Back to the shop</a></p></main></body></html>"
    ))
}

/// The cart as the engine shows it; `None` if it is empty.
fn summary(shop: &Shop, mut cart: Cart) -> Option<String> {
    let key = escaped(&cart.key);
    let request = Request::new(Method::Get, "/cocart/v2/cart");
    let document =
        api::handle(shop, Profile::Reference, &mut cart, &request, now()).response.body?;
    let mut html = String::from("<ul>");
    for item in document.get("items")?.as_object()?.values() {
        let _ = write!(
            html,
            "<li><span>{} × {}</span><span>{} each</span></li>",
            escaped(item.get("name")?.as_str()?),
            item.pointer("/quantity/value")?.as_f64()?,
            escaped(item.get("price")?.as_str()?),
        );
    }
    let text = |pointer| document.pointer(pointer).and_then(Value::as_str).map(escaped);
    let _ = write!(
        html,
        "<li class=\"total\"><span>Total</span><span>{}{}{}</span></li></ul>\
         <form method=\"post\" action=\"/checkout/\">\
         <input type=\"hidden\" name=\"cocart-load-cart\" value=\"{key}\">\
         <button>Place order</button></form>",
        text("/currency/currency_prefix")?,
        text("/totals/total")?,
        text("/currency/currency_suffix")?,
    );
    Some(html)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
