//! The few JavaScript operations that documents are built with, without the checks of `Reflect`.

use wasm_bindgen::prelude::*;

/// Assigning to this name changes an object's prototype instead of adding a property.
pub(super) const PROTO: &str = "__proto__";

#[wasm_bindgen]
extern "C" {
    /// An object or an array that is still being built.
    #[derive(Clone)]
    pub(super) type Bag;

    #[wasm_bindgen(method, structural, indexing_setter)]
    pub(super) fn set(this: &Bag, name: &JsValue, value: &JsValue);

    #[wasm_bindgen(method, structural, indexing_setter)]
    pub(super) fn put(this: &Bag, at: u32, value: &JsValue);

    #[wasm_bindgen(method, structural)]
    pub(super) fn slice(this: &Bag) -> Bag;

    #[wasm_bindgen(method, structural)]
    fn splice(this: &Bag, from: u32, count: u32);

    #[wasm_bindgen(method, structural, js_name = splice)]
    fn splice_with(this: &Bag, from: u32, count: u32, value: &JsValue);

    #[wasm_bindgen(js_name = Object)]
    pub(super) fn new_object() -> Bag;

    #[wasm_bindgen(js_name = Array)]
    pub(super) fn new_array() -> Bag;

    #[wasm_bindgen(js_namespace = Object)]
    pub(super) fn assign(target: &Bag, source: &JsValue) -> Bag;

    #[wasm_bindgen(js_namespace = Object, js_name = fromEntries)]
    fn from_entries(entries: &Bag) -> Bag;

    #[wasm_bindgen(js_namespace = Object, js_name = defineProperties)]
    fn define(target: &Bag, descriptors: &Bag);

    #[wasm_bindgen(js_namespace = Object, js_name = getOwnPropertyDescriptors)]
    fn descriptors(source: &Bag) -> Bag;

    #[wasm_bindgen(js_namespace = Object)]
    pub(super) fn freeze(object: &Bag) -> JsValue;

    #[wasm_bindgen(js_namespace = JSON, js_name = parse)]
    pub(super) fn parse_json(text: &str) -> JsValue;

    #[wasm_bindgen(catch, js_namespace = JSON, js_name = stringify)]
    pub(crate) fn stringify_json(value: &JsValue) -> Result<JsValue, JsValue>;
}

impl Bag {
    /// Sets an own property, whatever its name.
    pub(super) fn own(&self, name: &str, value: &JsValue) {
        if name != PROTO {
            return self.set(&JsValue::from_str(name), value);
        }
        let entry = new_array();
        entry.put(0, &JsValue::from_str(name));
        entry.put(1, value);
        let entries = new_array();
        entries.put(0, &entry);
        define(self, &descriptors(&from_entries(&entries)));
    }
}

/// Takes `count` elements out.
pub(super) fn splice_out(array: &Bag, from: u32, count: u32) {
    array.splice(from, count);
}

/// Puts one element in.
pub(super) fn splice_in(array: &Bag, from: u32, value: &JsValue) {
    array.splice_with(from, 0, value);
}
