//! Who waits for `cart.sync()`.

use js_sys::{Function, Promise};
use std::cell::RefCell;
use wasm_bindgen::JsValue;

/// The promises that were given and not kept yet.
#[derive(Default)]
pub(super) struct Syncing(RefCell<Vec<Function>>);

impl Syncing {
    /// A promise of nothing, or of an error document.
    pub(super) fn promise(&self) -> Promise {
        Promise::new(&mut |resolve, _| self.0.borrow_mut().push(resolve))
    }

    /// Lets those go who wait, with an error document or nothing.
    pub(super) fn settle(&self, problem: &JsValue) {
        for resolve in self.0.take() {
            drop(resolve.call1(&JsValue::UNDEFINED, problem));
        }
    }
}
