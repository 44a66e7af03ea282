//! Answers on their way to JavaScript.

use super::driver::Driver;
use super::replay::without_notices;
use crate::api::{Answer, Body, Profile, Request, Response};
use crate::cart::CartHash;
use crate::value::{Map, Value};
use std::rc::Weak;
use wasm_bindgen::prelude::*;

/// An answer whose `cart_hash` may be open.
#[derive(Clone)]
pub(super) struct Answered {
    pub(super) response: Response,
    /// What `cart_hash` is, where the document leaves it open.
    pub(super) hash: Option<CartHash>,
}

impl Answered {
    /// The answer to an adapter that calls back while it is being written to.
    pub(super) fn busy() -> Self {
        let message = "The cart is being used by the storage adapter that called it.";
        Response::error(503, "cocart_wasm_busy", message).into()
    }

    /// Whether it is the whole cart as reading it would give it: with lines, with shipping worked
    /// out where there is any, and not asked for in a form of its own.
    pub(super) fn is_whole_cart(&self, request: &Request) -> bool {
        let asked = match &request.body {
            Body::Json(Value::Object(body)) => {
                ["fields", "thumb", "formatted"].iter().any(|form| body.contains(form))
            }
            Body::Form(_) => true,
            Body::Empty | Body::Json(_) | Body::MalformedJson(_) => false,
        };
        let part = |name: &str| self.response.body.as_ref().and_then(|cart| cart.get(name));
        let ships = part("needs_shipping").and_then(Value::as_bool);
        let packages = part("shipping").and_then(|s| s.get("total_packages")?.as_f64());
        let is_worked_out = ships == Some(false) || packages.is_some_and(|packages| packages > 0.0);
        self.hash.is_some() && is_worked_out && !asked && request.query.is_empty()
    }

    /// The same cart to somebody who was told its notices.
    pub(super) fn without_notices(&self, profile: Profile) -> Self {
        let body = self.response.body.as_ref().map(|cart| without_notices(profile, cart));
        Self { response: Response { body, ..self.response.clone() }, hash: self.hash.clone() }
    }

    /// The document with its hash, where somebody reads it as text.
    pub(super) fn hashed(self, driver: Option<&Driver>) -> Response {
        let mut response = self.response;
        let text = self.hash.and_then(|hash| driver?.hash(&hash));
        if let (Some(text), Some(Value::Object(cart))) = (text, &response.body)
            && cart.contains("cart_hash")
        {
            let mut cart = Map::clone(cart);
            cart.insert("cart_hash", text);
            response.body = Some(cart.into());
        }
        response
    }
}

impl From<Answer> for Answered {
    fn from(answer: Answer) -> Self {
        Self { response: answer.response, hash: answer.hash }
    }
}

impl From<Response> for Answered {
    fn from(response: Response) -> Self {
        Self { response, hash: None }
    }
}

/// Reads the `cart_hash` of one document.
#[wasm_bindgen]
pub struct HashReader {
    driver: Weak<Driver>,
    hash: CartHash,
}

impl HashReader {
    pub(super) fn new(driver: Weak<Driver>, hash: CartHash) -> Self {
        Self { driver, hash }
    }
}

#[wasm_bindgen]
impl HashReader {
    /// The hash; nothing while the storage adapter that asks is being written to.
    pub fn text(&self) -> Option<String> {
        match self.driver.upgrade() {
            Some(driver) => driver.hash(&self.hash),
            // a cart that is gone left its lines to those who read it
            None => Some(self.hash.text(&crate::cart::Cart::default())),
        }
    }
}
