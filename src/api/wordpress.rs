//! What WordPress itself does around every route: method override, field filter, envelope.

use super::params::{Params, words};
use super::{Body, Method, Request, Response};
use crate::map;
use crate::value::{Map, Value};
use crate::woo::find;

/// The method that counts: `_method` in the query replaces any, `X-HTTP-Method-Override` too.
pub(super) fn method(request: &Request) -> Option<Method> {
    let named = request.query_value("_method").or_else(|| request.header("X-HTTP-Method-Override"));
    match named {
        Some(name) => Method::parse(name),
        None => Some(request.method),
    }
}

/// The answer to unknown routes and methods.
pub fn no_route() -> Response {
    Response::error(404, "rest_no_route", "No route was found matching the URL and request method.")
}

/// Whether [`finish`] leaves the answer as it is.
pub(super) fn is_plain(request: &Request) -> bool {
    request.query.iter().all(|(name, _)| !name.starts_with('_'))
        && match &request.body {
            Body::Json(body) => body.get("_fields").is_none(),
            Body::Form(form) => !find::contains(form, "_fields"),
            Body::Empty | Body::MalformedJson(_) => true,
        }
}

/// Applies `_fields` and `_envelope` to a finished answer.
pub(super) fn finish(response: &mut Response, request: &Request) {
    if response.status < 400
        && let Some(body) = &response.body
        && let Ok(params) = Params::read(request)
        && let Some(fields) = params.merged.get("_fields").map(words).filter(|f| !f.is_empty())
    {
        let mut fields: Vec<&str> = fields.iter().map(|field| field.trim()).collect();
        response.body = Some(match body {
            Value::Array(list) => {
                list.iter().map(|value| filter(value, &fields)).collect::<Vec<_>>().into()
            }
            _ => {
                // the links of the document itself are put in after the filter
                fields.push("_links");
                filter(body, &fields)
            }
        });
    }
    if let Some(callback) = request.query_value("_jsonp").filter(|name| is_callback(name)) {
        response.callback = Some(callback.to_owned());
        for (name, value) in &mut response.headers {
            if name == "Content-Type" {
                "application/javascript; charset=UTF-8".clone_into(value);
            }
        }
    }
    if request.query_value("_envelope").is_some() {
        envelope(response);
    }
}

/// Letters, digits, `_` and `.`: nothing that could end the call.
fn is_callback(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'))
}

/// Puts the answer, with the headers that CoCart itself sent, into the body of a 200.
fn envelope(response: &mut Response) {
    let is_own = |name: &str, value: &str| match name {
        "Allow" => true,
        // the links between pages; the one to the API is WordPress's
        "Link" => !value.ends_with("api.w.org/\""),
        _ => name.starts_with("CoCart-") || name.starts_with("X-WP-"),
    };
    let (own, others): (Vec<_>, Vec<_>) = std::mem::take(&mut response.headers)
        .into_iter()
        .partition(|(name, value)| is_own(name, value));
    response.headers = others;
    let headers: Map = own
        .into_iter()
        .map(|(name, value)| match value.parse::<i64>() {
            Ok(number) if !name.ends_with("Key") => (name, Value::Int(number)),
            _ => (name, Value::from(value)),
        })
        .collect();
    let body = response.body.take().unwrap_or_default();
    let status = i64::from(response.status);
    let headers = headers.or_empty_array();
    response.body = Some(map! { "body": body, "status": status, "headers": headers }.into());
    response.status = 200;
}

/// Keeps the named fields; `totals.total` goes into maps, `items.0` into lists.
fn filter(value: &Value, fields: &[&str]) -> Value {
    let entries: Map = match value {
        Value::Object(map) => map.as_ref().clone(),
        Value::Array(list) => {
            list.iter().enumerate().map(|(at, value)| (at.to_string(), value.clone())).collect()
        }
        // what has no fields stays whole
        other => return other.clone(),
    };
    let mut kept = Map::new();
    for (key, value) in entries.iter() {
        if fields.contains(&key) {
            kept.push(key.to_owned(), value.clone());
            continue;
        }
        let inner: Vec<&str> =
            fields.iter().filter_map(|f| f.strip_prefix(key)?.strip_prefix('.')).collect();
        if !inner.is_empty() {
            kept.push(key.to_owned(), filter(value, &inner));
        }
    }
    // PHP's array is a list where its keys count up, and so is an empty one
    if kept.keys().enumerate().all(|(at, key)| key == at.to_string()) {
        return kept.values().cloned().collect::<Vec<_>>().into();
    }
    kept.into()
}
