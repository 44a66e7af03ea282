//! By the JavaScript engine, which every page brings along. Not the web: the same in, the same out.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    type Number;

    #[wasm_bindgen(method, structural, js_name = toExponential)]
    fn to_exponential(this: &Number, places: &JsValue) -> String;

    #[wasm_bindgen(js_name = parseFloat)]
    fn parse_float(text: &str) -> f64;
}

/// A power of any exponent.
pub(crate) fn power(base: f64, exponent: f64) -> f64 {
    js_sys::Math::pow(base, exponent)
}

/// `1.5e+0`, with as few digits as read back the same.
pub(super) fn shortest(value: f64) -> String {
    number(value).to_exponential(&JsValue::UNDEFINED)
}

/// `1.500…e+0`, with 101 digits.
pub(super) fn digits_101(value: f64) -> String {
    number(value).to_exponential(&JsValue::from(100))
}

/// The double nearest to a number.
pub(super) fn parse(text: &str) -> f64 {
    parse_float(text)
}

fn number(value: f64) -> Number {
    JsValue::from(value).unchecked_into()
}
