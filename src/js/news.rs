//! What the app is told, once nobody is at work: listeners may call right back.

use super::names::Names;
use js_sys::Function;
use std::cell::RefCell;
use std::collections::VecDeque;
use wasm_bindgen::JsValue;

/// Kinds of events and their details, in order, and who is told.
pub(super) struct News {
    waiting: RefCell<VecDeque<(JsValue, JsValue)>>,
    kinds: RefCell<Names>,
    tell: Function,
}

impl News {
    pub(super) fn new(tell: Function) -> Self {
        Self { waiting: RefCell::default(), kinds: RefCell::default(), tell }
    }

    /// There is something to tell.
    pub(super) fn add(&self, kind: &str, detail: JsValue) {
        let kind = self.kinds.borrow_mut().get(kind).clone();
        self.waiting.borrow_mut().push_back((kind, detail));
    }

    /// Tells everything.
    pub(super) fn tell(&self) {
        loop {
            let next = self.waiting.borrow_mut().pop_front();
            let Some((kind, detail)) = next else { break };
            drop(self.tell.call2(&JsValue::UNDEFINED, &kind, &detail));
        }
    }
}
