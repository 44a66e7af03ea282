//! Reading loosely typed answers: numbers come as texts, maps as lists, dates as texts.

use crate::value::Value;
use crate::woo::{calendar, number};
use rust_decimal::Decimal;

/// A field that is there and not null.
pub(super) fn field<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    value.get(name).filter(|found| **found != Value::Null)
}

/// A field as text; empty when absent.
pub(super) fn text(value: &Value, name: &str) -> String {
    field(value, name).map(as_text).unwrap_or_default()
}

/// A scalar as text.
pub(super) fn as_text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        Value::Int(i) => i.to_string(),
        Value::Float(f) => number::json(*f),
        Value::Bool(true) => "yes".to_owned(),
        _ => String::new(),
    }
}

/// A field as a number; 0 when absent.
pub(super) fn number(value: &Value, name: &str) -> f64 {
    number::float_of(&text(value, name))
}

/// A field as a truth value: `true`, `"yes"`, `1`.
pub(super) fn flag(value: &Value, name: &str) -> bool {
    matches!(text(value, name).as_str(), "yes" | "1" | "true")
}

/// A field as a decimal amount; `None` when empty or no number.
pub(super) fn decimal(value: &Value, name: &str) -> Option<Decimal> {
    text(value, name).parse().ok()
}

/// A list, or what a map holds.
pub(super) fn list(value: &Value) -> Vec<Value> {
    value.elements().into_iter().cloned().collect()
}

/// A field's list.
pub(super) fn list_of(value: &Value, name: &str) -> Vec<Value> {
    field(value, name).map(list).unwrap_or_default()
}

/// A field's texts.
pub(super) fn texts_of(value: &Value, name: &str) -> Vec<String> {
    list_of(value, name).iter().map(as_text).filter(|text| !text.is_empty()).collect()
}

/// A field's ids.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub(super) fn ids_of(value: &Value, name: &str) -> Vec<u64> {
    list_of(value, name).iter().filter_map(Value::as_f64).map(|id| id as u64).collect()
}

/// A number that is an id or a count.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub(super) fn small(number: f64) -> u32 {
    number as u32
}

/// The field `id`.
pub(super) fn id(value: &Value) -> u32 {
    small(number(value, "id"))
}

/// A field's count, if there is one.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub(super) fn count(value: &Value, name: &str) -> Option<u64> {
    field(value, name).and_then(Value::as_f64).map(|n| n as u64).filter(|n| *n > 0)
}

/// A date `2020-01-01T00:00:00` in GMT as Unix seconds.
pub(super) fn date(value: &Value, name: &str) -> Option<i64> {
    calendar::seconds_of(&text(value, name))
}
