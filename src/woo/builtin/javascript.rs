//! By the JavaScript engine. Not the web: the same in, the same out.

use crate::value::{Value, json};
use js_sys::{Array, JSON};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type Number;

    #[wasm_bindgen(method, structural, js_name = toExponential)]
    fn to_exponential(this: &Number, places: &JsValue) -> String;

    #[wasm_bindgen(js_name = parseFloat)]
    fn parse_float(text: &str) -> f64;

    type URLSearchParams;

    #[wasm_bindgen(constructor)]
    fn new(text: &str) -> URLSearchParams;

    type Text;

    #[wasm_bindgen(method, structural, js_name = toLowerCase)]
    fn to_lower_case(this: &Text) -> String;

    #[wasm_bindgen(method, structural, js_name = toUpperCase)]
    fn to_upper_case(this: &Text) -> String;
}

/// `1.5e+0`, with as few digits as read back the same.
pub(crate) fn shortest(value: f64) -> String {
    number(value).to_exponential(&JsValue::UNDEFINED)
}

/// `1.500…e+0`, with 101 digits.
pub(crate) fn digits_101(value: f64) -> String {
    number(value).to_exponential(&JsValue::from(100))
}

/// The double nearest to a number.
pub(crate) fn parse(text: &str) -> f64 {
    parse_float(text)
}

/// A power of any exponent.
pub(crate) fn power(base: f64, exponent: f64) -> f64 {
    js_sys::Math::pow(base, exponent)
}

pub(crate) fn lower(text: &str) -> String {
    JsValue::from(text).unchecked_into::<Text>().to_lower_case()
}

pub(crate) fn upper(text: &str) -> String {
    JsValue::from(text).unchecked_into::<Text>().to_upper_case()
}

/// The names and values of a form.
pub(crate) fn form(text: &str) -> Vec<(String, String)> {
    let pairs = JSON::stringify(&Array::from(&URLSearchParams::new(text)));
    let pairs = pairs.ok().and_then(|text| json::read(&String::from(text)));
    let text = |pair: &Value, at: usize| Some(pair.as_array()?.get(at)?.as_str()?.to_owned());
    let pair = |pair: &Value| Some((text(pair, 0)?, text(pair, 1)?));
    pairs.iter().filter_map(Value::as_array).flatten().filter_map(pair).collect()
}

fn number(value: f64) -> Number {
    JsValue::from(value).unchecked_into()
}
