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
    none: JsValue,
}

impl Names {
    pub(super) fn get(&mut self, name: &str) -> &JsValue {
        let place = self.place(name);
        self.all.get(place).map_or(&self.none, |(_, js)| js)
    }

    fn place(&mut self, name: &str) -> usize {
        let hash = hash_text(name.as_bytes());
        let is = |at: usize| self.all.get(at).is_some_and(|(known, _)| known == name);
        if let Some(place) = self.index.find(hash, &is) {
            return place;
        }
        if self.all.len() >= MAX_NAMES {
            *self = Self::default();
        }
        self.index.add(hash, self.all.len());
        self.all.push((name.to_owned(), JsValue::from_str(name)));
        self.all.len() - 1
    }
}
