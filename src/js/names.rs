//! JavaScript strings that are needed again and again.

use crate::value::index::{Index, hash_text};
use wasm_bindgen::JsValue;

/// How many names are kept as JavaScript strings; item keys come and go.
const MAX_NAMES: usize = 512;
/// Texts that were made JavaScript strings once: making one costs more than finding it.
#[derive(Default)]
pub(super) struct Names {
    index: Index,
    all: Vec<(String, JsValue)>,
}

impl Names {
    pub(super) fn get(&mut self, name: &str) -> JsValue {
        let hash = hash_text(name.as_bytes());
        let is = |at: usize| self.all.get(at).is_some_and(|(known, _)| known == name);
        if let Some((_, js)) = self.index.find(hash, &is).and_then(|at| self.all.get(at)) {
            return js.clone();
        }
        let js = JsValue::from_str(name);
        if self.all.len() >= MAX_NAMES {
            *self = Self::default();
        }
        self.index.add(hash, self.all.len());
        self.all.push((name.to_owned(), js.clone()));
        js
    }
}
