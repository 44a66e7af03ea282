//! JSON through the browser's own parser. Types are read from [`Value`]s, never from JavaScript
//! values themselves: every further deserializer would be in the package once more for each type.

use super::glue::{new_array, new_object, parse_json, stringify_json};
use crate::ports::Codec;
use crate::value::{Map, Value};
use js_sys::Object;
use wasm_bindgen::{JsCast, JsValue};

/// `json_decode` gives up below this depth, and so does WordPress.
const MAX_DEPTH: u16 = 512;
/// Stands for a map whose order a JavaScript object would lose. No CoCart name begins with NUL.
const ORDERED: &str = "\0ordered";

/// The records of the journal as JSON.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Text;

impl Codec for Text {
    fn encode(&self, value: &Value) -> Option<String> {
        stringify_json(&keep_order(value)).ok()?.as_string()
    }

    fn decode(&self, text: &str) -> Option<Value> {
        let parsed = parse_json(&JsValue::from_str(text)).ok()?;
        from_js(&parsed).map(restore_order)
    }
}

/// A fresh JavaScript value, not frozen, keys in JavaScript's order.
pub(crate) fn to_js(value: &Value) -> JsValue {
    convert(value, false)
}

fn keep_order(value: &Value) -> JsValue {
    convert(value, true)
}

fn convert(value: &Value, ordered: bool) -> JsValue {
    match value {
        Value::Array(list) => {
            let array = new_array();
            for (at, element) in (0_u32..).zip(list.iter()) {
                array.put(at, &convert(element, ordered));
            }
            array.into()
        }
        Value::Object(map) if ordered && is_reordered(map) => {
            let entries = new_array();
            for (at, (name, inner)) in (0_u32..).zip(map.iter()) {
                let entry = new_array();
                entry.put(0, &JsValue::from_str(name));
                entry.put(1, &convert(inner, ordered));
                entries.put(at, &entry);
            }
            let object = new_object();
            object.set(&JsValue::from_str(ORDERED), &entries);
            object.into()
        }
        Value::Object(map) => {
            let object = new_object();
            for (name, inner) in map.iter() {
                object.own(name, &convert(inner, ordered));
            }
            object.into()
        }
        leaf => super::documents::leaf(leaf),
    }
}

/// JavaScript puts keys that look like array indices first, and the marker must stay unique.
fn is_reordered(map: &Map) -> bool {
    map.keys().any(|name| {
        let index = name.bytes().all(|b| b.is_ascii_digit()) && !name.is_empty();
        index || name == ORDERED
    })
}

fn restore_order(value: Value) -> Value {
    match value {
        Value::Array(list) => list.iter().cloned().map(restore_order).collect::<Vec<_>>().into(),
        Value::Object(map) => match map.get(ORDERED).and_then(Value::as_array) {
            Some(entries) => {
                let pair = |entry: &Value| match entry.as_array() {
                    Some([name, inner]) => {
                        Some((name.as_str()?.to_owned(), restore_order(inner.clone())))
                    }
                    _ => None,
                };
                entries.iter().filter_map(pair).collect::<Map>().into()
            }
            None => (map.iter())
                .map(|(name, inner)| (name.to_owned(), restore_order(inner.clone())))
                .collect::<Map>()
                .into(),
        },
        leaf => leaf,
    }
}

/// Parsed JSON as a value; `None` when it is nested deeper than PHP would follow.
pub(crate) fn from_js(parsed: &JsValue) -> Option<Value> {
    if !is_shallow(parsed, MAX_DEPTH) {
        return None;
    }
    serde_wasm_bindgen::from_value(parsed.clone()).ok()
}

fn is_shallow(value: &JsValue, left: u16) -> bool {
    let Some(object) = value.dyn_ref::<Object>() else {
        return true;
    };
    left > 0 && Object::values(object).iter().all(|inner| is_shallow(&inner, left - 1))
}
