//! Where the journal is kept: localStorage, memory, or an adapter of the app's own.

use crate::ports::{MemoryStorage, Refused, Storage};
use gloo_storage::{LocalStorage, Storage as _};
use js_sys::Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// An app's own storage: Web Storage's methods, and `keys` for all keys at once.
    #[derive(Clone)]
    pub(crate) type JsStorage;

    #[wasm_bindgen(catch, method, structural, js_name = getItem)]
    fn get_item(this: &JsStorage, key: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, method, structural, js_name = setItem)]
    fn set_item(this: &JsStorage, key: &str, text: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, method, structural, js_name = removeItem)]
    fn remove_item(this: &JsStorage, key: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, method, structural)]
    fn keys(this: &JsStorage) -> Result<JsValue, JsValue>;
}

/// One of the three kinds of storage.
pub(crate) enum AnyStorage {
    Local(web_sys::Storage),
    Memory(MemoryStorage),
    Adapter(JsStorage),
}

impl AnyStorage {
    /// localStorage where it can be had. gloo-storage panics where it is blocked or missing
    /// (private windows, partitioned frames, workers, Node), so it is only asked after a probe.
    pub(crate) fn local() -> Option<Self> {
        let storage = web_sys::window()?.local_storage().ok().flatten()?;
        storage.length().ok()?;
        Some(Self::Local(LocalStorage::raw()))
    }

    /// Storage that is gone with the page.
    pub(crate) fn memory() -> Self {
        Self::Memory(MemoryStorage::new())
    }

    /// What `cart.status` calls it.
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Local(_) => "local",
            Self::Memory(_) => "memory",
            Self::Adapter(_) => "adapter",
        }
    }
}

impl Storage for AnyStorage {
    fn get(&self, key: &str) -> Option<String> {
        match self {
            Self::Local(local) => local.get_item(key).ok().flatten(),
            Self::Memory(memory) => memory.get(key),
            Self::Adapter(own) => own.get_item(key).ok()?.as_string(),
        }
    }

    fn set(&mut self, key: &str, text: &str) -> Result<(), Refused> {
        match self {
            Self::Local(local) => local.set_item(key, text).map_err(|_| Refused),
            Self::Memory(memory) => memory.set(key, text),
            Self::Adapter(own) => own.set_item(key, text).map(drop).map_err(|_| Refused),
        }
    }

    fn remove(&mut self, key: &str) {
        match self {
            Self::Local(local) => drop(local.remove_item(key)),
            Self::Memory(memory) => memory.remove(key),
            Self::Adapter(own) => drop(own.remove_item(key)),
        }
    }

    fn keys(&self, prefix: &str) -> Vec<String> {
        let mut keys: Vec<String> = match self {
            Self::Local(local) => (0..local.length().unwrap_or(0))
                .filter_map(|at| local.key(at).ok().flatten())
                .collect(),
            Self::Memory(memory) => return memory.keys(prefix),
            Self::Adapter(own) => (own.keys().map(|keys| Array::from(&keys)))
                .map(|keys| keys.iter().filter_map(|key| key.as_string()).collect())
                .unwrap_or_default(),
        };
        keys.retain(|key| key.starts_with(prefix));
        keys
    }

    fn has_readers(&self) -> bool {
        !matches!(self, Self::Memory(_))
    }
}
