//! JavaScript values as requests: what `fetch` would have sent.

use super::codec::text_of;
use crate::api::{Body, Method, Request};
use crate::value::Value;
use crate::value::json::{self, Fault};
use js_sys::{Array, JsString};
use wasm_bindgen::{JsCast, JsValue};

/// Builds a request; `None` for a method that CoCart's routes do not know.
pub(super) fn request(
    method: &str,
    path: String,
    query: &JsValue,
    body: &JsValue,
    headers: Option<&JsValue>,
) -> Option<Request> {
    let headers = headers.map(pairs).unwrap_or_default();
    let body = self::body(body, &headers);
    Some(Request { method: Method::parse(method)?, path, query: pairs(query), headers, body })
}

/// An array of `[name, value]`; anything else is nothing.
fn pairs(list: &JsValue) -> Vec<(String, String)> {
    let Some(list) = list.dyn_ref::<Array>() else {
        return Vec::new();
    };
    list.iter()
        .filter_map(|pair| {
            let pair: Array = pair.dyn_into().ok()?;
            Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
        })
        .collect()
}

/// A text is what its content type says, as it is for `fetch`; anything else is sent as JSON.
fn body(body: &JsValue, headers: &[(String, String)]) -> Body {
    let Some(text) = body.dyn_ref::<JsString>() else {
        return plain(body);
    };
    let kind = headers
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case("content-type"))
        .map_or("", |(_, kind)| kind.split(';').next().unwrap_or_default().trim());
    if kind.eq_ignore_ascii_case("application/json") {
        if text.length() == 0 { Body::Empty } else { parse(&String::from(text)) }
    } else if kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        Body::Form(String::from(text))
    } else {
        Body::Empty
    }
}

/// Asking a value what it is costs a call for each question; its JSON answers most of them.
fn plain(value: &JsValue) -> Body {
    match text_of(value).map(|text| parse(&text)) {
        Some(Body::Json(Value::Null)) => Body::Empty,
        Some(body) => body,
        None if value.is_undefined() || value.is_function() || value.is_symbol() => Body::Empty,
        None => Body::MalformedJson(Fault::Syntax),
    }
}

fn parse(text: &str) -> Body {
    json::parse(text).map_or_else(Body::MalformedJson, Body::Json)
}
