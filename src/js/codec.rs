//! The boundary. Everything comes in as JSON text and is read in the module
//! ([`crate::value::json`]), and small things go out so; documents are built by
//! [`super::documents`], what is in them by serde-wasm-bindgen.

use super::glue::{parse_json, stringify_json};
use crate::value::{Value, json};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

/// A fresh JavaScript value, not frozen, keys in JavaScript's order.
pub(crate) fn to_js(value: &Value) -> JsValue {
    parse_json(&json::write(value))
}

/// A text, number or truth value; `null` for everything else.
#[allow(clippy::cast_precision_loss)]
pub(super) fn leaf(value: &Value) -> JsValue {
    let plain = &Serializer::json_compatible();
    let made = match value {
        Value::Bool(truth) => truth.serialize(plain),
        Value::Int(whole) => (*whole as f64).serialize(plain),
        Value::Float(float) => float.serialize(plain),
        Value::Text(text) => text.serialize(plain),
        Value::Null | Value::Array(_) | Value::Object(_) => ().serialize(plain),
    };
    made.unwrap_or(JsValue::NULL)
}

/// What `JSON.stringify` leaves of a value: no functions, dates as text. `None` for nothing, for
/// cycles, and for what is nested deeper than PHP would follow.
pub(crate) fn from_js(value: &JsValue) -> Option<Value> {
    json::read(&text_of(value)?)
}

/// … as its text.
pub(crate) fn text_of(value: &JsValue) -> Option<String> {
    stringify_json(value).ok()?.as_string()
}
