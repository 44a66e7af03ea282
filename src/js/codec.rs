//! JSON at the boundary: texts are read and written here ([`crate::value::json`]); values of the
//! app's own become text first, in one call, and only then values of ours.

use super::glue::{new_array, new_object, stringify_json};
use crate::ports::Codec;
use crate::value::{Value, json};
use wasm_bindgen::JsValue;

/// The records of the journal as JSON.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Text;

impl Codec for Text {
    fn encode(&self, value: &Value) -> Option<String> {
        Some(json::write(value))
    }

    fn decode(&self, text: &str) -> Option<Value> {
        json::read(text)
    }
}

/// A fresh JavaScript value, not frozen, keys in JavaScript's order.
pub(crate) fn to_js(value: &Value) -> JsValue {
    match value {
        Value::Array(list) => {
            let array = new_array();
            for (at, element) in (0_u32..).zip(list.iter()) {
                array.put(at, &to_js(element));
            }
            array.into()
        }
        Value::Object(map) => {
            let object = new_object();
            for (name, inner) in map.iter() {
                object.own(name, &to_js(inner));
            }
            object.into()
        }
        leaf => super::documents::leaf(leaf),
    }
}

/// What `JSON.stringify` leaves of a value: no functions, dates as text. `None` for nothing, for
/// cycles, and for what is nested deeper than PHP would follow.
pub(crate) fn from_js(value: &JsValue) -> Option<Value> {
    json::read(&stringify_json(value).ok()?.as_string()?)
}
