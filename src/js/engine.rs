//! The class behind `Cart` of the npm package.

use super::answered::Answered;
use super::codec::{from_js, to_js};
use super::documents::{Documents, OpenHash};
use super::driver::Driver;
use super::input;
use super::options::Options;
use super::store::Store;
use crate::api::{Body, Request, no_route};
use crate::map;
use crate::value::{Value, json};
use js_sys::{Array, Function, Promise};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::prelude::*;

/// A cart and what it knows of its shop. No method throws: errors are answers, in CoCart's form.
#[wasm_bindgen]
pub struct Engine {
    driver: Option<Rc<Driver>>,
    documents: RefCell<Documents>,
    answered: Cell<u16>,
    problem: JsValue,
}

#[wasm_bindgen]
impl Engine {
    /// Opens the cart that `createCart`'s options describe, in the shop that was read;
    /// [`Engine::problem`] says what was wrong with that. `tell` is called with the kind of an
    /// event and its detail, `copy` as [`Documents::new`] says.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue, store: Store, tell: Function, copy: Function) -> Self {
        let opened = store.finish().map(|shop| Driver::open(Options::read(options, shop), tell));
        let (driver, problem) = match opened {
            Ok(driver) => (Some(driver), JsValue::UNDEFINED),
            Err(unfit) => {
                let message = format!("The store snapshot cannot be read at {unfit}.");
                let body = map! { "code": "cocart_wasm_invalid_option", "message": message };
                (None, to_js(&body.into()))
            }
        };
        Self {
            driver,
            documents: RefCell::new(Documents::new(copy)),
            answered: Cell::default(),
            problem,
        }
    }

    /// The error document of an engine that cannot be used.
    pub fn problem(&self) -> JsValue {
        self.problem.clone()
    }

    /// Begins to talk to the shop and to other tabs.
    pub fn start(&self) {
        if let Some(driver) = &self.driver {
            driver.start();
        }
    }

    /// The answer's document; [`Engine::answered`] tells its status.
    pub fn answer(&self, method: &str, path: &str, query: &JsValue, body: &JsValue) -> JsValue {
        let request = input::request(method, path.to_owned(), query, body, None);
        let answered = self.respond(request.as_ref(), false);
        self.told(path, &answered)
    }

    /// The HTTP status of the last answer.
    pub fn answered(&self) -> u16 {
        self.answered.get()
    }

    /// Remembers a plugin's `cart/update` for the shop; `effects` are `[method, path, body]`, the
    /// requests it is believed to come to. The answer's document, as of [`Engine::answer`].
    pub fn update(&self, fields: &JsValue, effects: &Array) -> JsValue {
        let none = JsValue::UNDEFINED;
        let request = |parts: JsValue| {
            let parts = Array::from(&parts);
            let text = |at| parts.get(at).as_string().unwrap_or_default();
            input::request(&text(0), text(1), &none, &parts.get(2), None)
        };
        let effects: Vec<_> = effects.iter().filter_map(request).collect();
        let body = input::request("POST", String::new(), &none, fields, None);
        let answered = match (&self.driver, body.map(|request| request.body)) {
            (Some(driver), Some(Body::Json(Value::Object(fields)))) => {
                driver.update(Arc::unwrap_or_clone(fields), &effects)
            }
            _ => no_route().into(),
        };
        self.told("", &answered)
    }

    /// `{ status, headers, body }`
    pub fn request(
        &self,
        method: &str,
        path: &str,
        query: &JsValue,
        body: &JsValue,
        headers: &JsValue,
    ) -> JsValue {
        let request = input::request(method, path.to_owned(), query, body, Some(headers));
        let mut response = self.respond(request.as_ref(), true).hashed(self.driver.as_deref());
        if let Some(request) = &request {
            self.with(|driver| driver.revalidate(request, &mut response));
        }
        let headers = response.headers.iter().map(|(name, value)| (name.clone(), value.as_str()));
        let answer = map! {
            "status": i64::from(response.status),
            "headers": Value::from(headers.collect::<crate::value::Map>()),
            "body": response.body.unwrap_or_default(),
        };
        self.hand_out(&format!("answer {path}"), &answer.into(), None)
    }

    /// The cart as a document, consuming nothing.
    pub fn snapshot(&self) -> JsValue {
        self.document("cart", self.with(|driver| driver.display()).flatten().as_ref())
    }

    /// The cart of a shopper who has none.
    pub fn empty(&self) -> JsValue {
        self.document("empty", self.with(|driver| driver.empty()).flatten().as_ref())
    }

    /// `{ pending, online, estimated, storage, suspect, … }`
    pub fn status(&self) -> JsValue {
        self.list("status", Driver::status)
    }

    /// What the server has not been told.
    pub fn pending(&self) -> JsValue {
        self.list("pending", Driver::pending)
    }

    /// What the server refused or decided differently.
    pub fn conflicts(&self) -> JsValue {
        self.list("conflicts", Driver::conflicts)
    }

    /// Tries a refused command again.
    pub fn retry(&self, conflict: String) {
        self.with(|driver| driver.retry(conflict));
    }

    /// Lets a refused command go.
    pub fn dismiss(&self, conflict: String) {
        self.with(|driver| driver.dismiss(conflict));
    }

    /// Learns a product from the shop's own document of it; false where it is none.
    pub fn learn(&self, document: &JsValue) -> bool {
        let document = from_js(document);
        self.with(|driver| document.is_some_and(|document| driver.learn(&document)))
            .unwrap_or(false)
    }

    /// Learns the products of a JSON list of the shop's documents; the JSON of what is to be kept
    /// of them. With `was_kept` the list is what was kept, and the answer how many it were.
    /// [`Engine::restock`] makes the cart show them.
    pub fn learn_list(&self, list: &str, was_kept: bool) -> String {
        let list = json::read(list).unwrap_or_default();
        let kept = self.with(|driver| driver.learn_list(&list, was_kept));
        json::write(&kept.unwrap_or_default())
    }

    /// Makes the cart show what was learned or, with another snapshot of the shop, that. Says
    /// what is wrong with it.
    pub fn restock(&self, store: Option<Store>) -> Option<String> {
        let shop = match store.map(Store::finish) {
            Some(Err(unfit)) => return Some(unfit.to_string()),
            Some(Ok(shop)) => Some(shop),
            None => None,
        };
        self.with(|driver| driver.restock(shop));
        None
    }

    /// The lines of an expired cart that the shopper may have back.
    pub fn offer(&self) -> JsValue {
        self.list("offer", Driver::offer)
    }

    /// Takes them back, or lets them go.
    pub fn answer_offer(&self, wanted: bool) {
        self.with(|driver| driver.answer_offer(wanted));
    }

    /// Resolves with nothing once the shop knows everything, or with an error document.
    pub fn sync(&self) -> Promise {
        self.with(|driver| driver.sync()).unwrap_or_else(|| Promise::resolve(&JsValue::UNDEFINED))
    }

    /// The cart is handed over to the shop's checkout; gives its key.
    pub fn hand_over(&self) -> String {
        self.with(|driver| driver.hand_over()).unwrap_or_default()
    }

    /// The shopper is a customer now, or has fresh credentials.
    pub fn signed_in(&self) {
        self.with(|driver| driver.signed_in());
    }

    /// The customer is gone, and with them what is kept of their cart.
    pub fn signed_out(&self) {
        self.with(|driver| driver.signed_out());
    }

    /// Erases everything that is kept of this cart here.
    pub fn forget(&self) {
        self.with(|driver| driver.forget());
    }

    /// Lets go of listeners, timers and locks.
    pub fn close(&self) {
        self.with(|driver| driver.close());
    }

    fn with<T>(&self, act: impl FnOnce(&Rc<Driver>) -> T) -> Option<T> {
        self.driver.as_ref().map(act)
    }

    fn respond(&self, request: Option<&Request>, with_headers: bool) -> Answered {
        match (&self.driver, request) {
            (Some(driver), Some(request)) => driver.respond(request, with_headers),
            _ => no_route().into(),
        }
    }

    fn told(&self, path: &str, answered: &Answered) -> JsValue {
        self.answered.set(answered.response.status);
        self.document(path, Some(answered))
    }

    fn document(&self, path: &str, answered: Option<&Answered>) -> JsValue {
        let Some(answered) = answered else { return JsValue::NULL };
        let Some(body) = &answered.response.body else { return JsValue::NULL };
        let open = answered.hash.as_ref().zip(self.driver.as_ref());
        let open = open.map(|(hash, driver)| OpenHash { hash, driver: Rc::downgrade(driver) });
        // whole carts share one memory, and so branches, whichever route they came from
        let slot = if body.get("cart_hash").is_some() { "cart" } else { path };
        self.hand_out(slot, body, open.as_ref())
    }

    fn list(&self, slot: &str, value: impl Fn(&Driver) -> Value) -> JsValue {
        match &self.driver {
            Some(driver) => self.hand_out(slot, &value(driver), None),
            None => JsValue::NULL,
        }
    }

    fn hand_out(&self, slot: &str, value: &Value, open: Option<&OpenHash<'_>>) -> JsValue {
        match self.documents.try_borrow_mut() {
            Ok(mut documents) => documents.hand_out(slot, value, open),
            Err(_) => to_js(value),
        }
    }
}
