//! The boundary. Texts are read and written in the module ([`crate::value::json`]); the app's own
//! values come through serde-wasm-bindgen, by the one type [`Value`].

use super::glue::{new_array, new_object, parse_json, stringify_json};
use crate::ports::Codec;
use crate::value::{Value, json};
use js_sys::Object;
use wasm_bindgen::{JsCast, JsValue};

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
    let plain = parse_json(&stringify_json(value).ok()?).ok()?;
    is_shallow(&plain, json::MAX_DEPTH).then(|| serde_wasm_bindgen::from_value(plain).ok())?
}

fn is_shallow(value: &JsValue, left: u16) -> bool {
    let Some(object) = value.dyn_ref::<Object>() else { return true };
    left > 0 && Object::values(object).iter().all(|inner| is_shallow(&inner, left - 1))
}
