//! The boundary. Everything comes in as JSON text and is read in the module
//! ([`crate::value::json`]), and small things go out so; documents are built by [`super::documents`].

use super::glue::{parse_json, stringify_json};
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
    parse_json(&json::write(value))
}

/// A text, number or truth value; `null` for everything else.
#[allow(clippy::cast_precision_loss)]
pub(super) fn leaf(value: &Value) -> JsValue {
    match value {
        Value::Bool(truth) => JsValue::from_bool(*truth),
        Value::Int(whole) => JsValue::from_f64(*whole as f64),
        Value::Float(float) => JsValue::from_f64(*float),
        Value::Text(text) => JsValue::from_str(text),
        Value::Null | Value::Array(_) | Value::Object(_) => JsValue::NULL,
    }
}

/// What `JSON.stringify` leaves of a value: no functions, dates as text. `None` for nothing, for
/// cycles, and for what is nested deeper than PHP would follow.
pub(crate) fn from_js(value: &JsValue) -> Option<Value> {
    json::read(&stringify_json(value).ok()?.as_string()?)
}
