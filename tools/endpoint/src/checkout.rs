//! A checkout as plain as can be: it shows the cart handed over and takes the order.

use crate::endpoint::{Endpoint, State as Shop, now};
use axum::Router;
use axum::extract::{Form, Query, State};
use axum::http::header;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use cocart_wasm::api::{self, Method, Profile, Request};
use cocart_wasm::value::Value;
use serde::Deserialize;
use std::fmt::Write as _;
use std::sync::Arc;

/// The key of the cart handed over, and its hash (`spec/cocart-v2.md` 9.5).
#[derive(Deserialize)]
struct HandOver {
    #[serde(rename = "cocart-load-cart", default)]
    key: String,
    #[serde(rename = "c_hash", default)]
    hash: String,
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
    Query(handed): Query<HandOver>,
) -> impl IntoResponse {
    let body = handed.cart(&endpoint, &endpoint.state()).and_then(|(document, _)| {
        let hash = escaped(&handed.hash);
        summary(&document, &escaped(&handed.key), &hash)
    });
    page(&body.unwrap_or_else(invalid))
}

async fn place_order(
    State(endpoint): State<Arc<Endpoint>>,
    Form(handed): Form<HandOver>,
) -> impl IntoResponse {
    let state = &mut *endpoint.state();
    let sold = handed.cart(&endpoint, state).is_some_and(|(_, key)| state.sessions.remove(&key));
    page(&if sold {
        "<p>Thank you. Your order has been received.</p>".to_owned()
    } else {
        invalid()
    })
}

fn invalid() -> String {
    "<p>Cart is not valid! If this is an error, contact for help.</p>".to_owned()
}

impl HandOver {
    /// The cart handed over, as a document and by its key. A customer's is opened by its hash, which up to
    /// 4.3 nobody asks for: there a customer signs in at the shop, for which this one has no page.
    fn cart(&self, endpoint: &Endpoint, state: &Shop) -> Option<(Value, String)> {
        let session = state.sessions.live(&self.key, now())?;
        let document = |profile| {
            // a copy, so that looking uses up no notice
            let mut cart = session.cart.clone();
            let request = Request::new(Method::Get, "/cocart/v2/cart");
            api::handle(&state.shop, profile, &mut cart, &request, now()).response.body
        };
        if session.cart.account.is_some() {
            let knows_hashes = !matches!(endpoint.profile, Profile::Reference | Profile::V43);
            let hash = document(endpoint.profile)?.get("cart_hash")?.as_str()?.to_owned();
            (knows_hashes && hash == self.hash).then_some(())?;
        }
        Some((document(Profile::Reference)?, self.key.clone()))
    }
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
fn summary(document: &Value, key: &str, hash: &str) -> Option<String> {
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
         <input type=\"hidden\" name=\"c_hash\" value=\"{hash}\">\
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
