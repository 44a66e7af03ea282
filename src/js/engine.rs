//! The class behind `Cart` of the npm package.

use super::documents::Documents;
use super::input;
use crate::api::{self, Profile, Request, Response};
use crate::browser::{now, property};
use crate::cart::Cart;
use crate::store::{Shop, Snapshot};
use crate::value::Value;
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

/// A cart and what it knows of its shop. No method throws: errors are answers, in CoCart's form.
#[wasm_bindgen]
pub struct Engine {
    state: RefCell<State>,
    documents: RefCell<Documents>,
    problem: Option<Response>,
}

struct State {
    shop: Shop,
    profile: Profile,
    cart: Cart,
}

#[wasm_bindgen]
impl Engine {
    /// Reads what `createCart` made of its options; [`Engine::problem`] says what was wrong.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue, tell: js_sys::Function) -> Self {
        let _ = tell;
        let mut problem = None;
        let snapshot: Snapshot = read(&property(options, "snapshot")).unwrap_or_else(|message| {
            problem = Some(Response::error(0, "cocart_wasm_store_unavailable", &message));
            Snapshot::default()
        });
        let profile = read(&property(options, "profile")).unwrap_or_default();
        let state = State { shop: Shop::new(snapshot), profile, cart: Cart::new("local") };
        Self { state: RefCell::new(state), documents: RefCell::default(), problem }
    }

    /// The error document of an engine that cannot be used.
    pub fn problem(&self) -> JsValue {
        let body = self.problem.as_ref().and_then(|response| response.body.as_ref());
        body.map_or(JsValue::UNDEFINED, |body| {
            self.documents.borrow_mut().hand_out("problem", body)
        })
    }

    /// `[status, document]`
    pub fn answer(
        &self,
        method: &str,
        path: &str,
        query: &JsValue,
        body: &JsValue,
    ) -> js_sys::Array {
        let response = self.respond(method, path, query, body, &JsValue::UNDEFINED);
        let body = self.document(path, response.body.as_ref());
        js_sys::Array::of2(&JsValue::from_f64(response.status.into()), &body)
    }

    fn document(&self, path: &str, body: Option<&Value>) -> JsValue {
        let Some(body) = body else { return JsValue::NULL };
        let slot = if body.get("cart_hash").is_some() { "cart" } else { path };
        self.documents.borrow_mut().hand_out(slot, body)
    }

    fn respond(
        &self,
        method: &str,
        path: &str,
        query: &JsValue,
        body: &JsValue,
        headers: &JsValue,
    ) -> Response {
        let Some(request) = input::request(method, path.to_owned(), query, body, headers) else {
            return no_route();
        };
        let Ok(mut state) = self.state.try_borrow_mut() else { return busy() };
        state.handle(&request)
    }
}

impl State {
    #[allow(clippy::cast_possible_truncation)]
    fn handle(&mut self, request: &Request) -> Response {
        let Self { shop, profile, cart } = self;
        api::handle(shop, *profile, cart, request, (now() / 1000.0) as i64).response
    }
}

fn no_route() -> Response {
    Response::error(404, "rest_no_route", "No route was found matching the URL and request method.")
}

fn busy() -> Response {
    Response::error(
        503,
        "cocart_wasm_busy",
        "The cart is being used by the storage adapter that called it.",
    )
}

fn read<T: DeserializeOwned>(value: &JsValue) -> Result<T, String> {
    serde_wasm_bindgen::from_value(value.clone()).map_err(|error| error.to_string())
}
