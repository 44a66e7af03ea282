//! What WordPress itself does around every route: method override, field filter, envelope.

use super::{Method, Request, Response};
use crate::map;
use crate::value::{Map, Value};

/// The method that counts: `_method` in the query replaces any, `X-HTTP-Method-Override` too.
pub(super) fn method(request: &Request) -> Option<Method> {
    let named = request.query_value("_method").or_else(|| request.header("X-HTTP-Method-Override"));
    match named {
        Some(name) => Method::parse(name),
        None => Some(request.method),
    }
}

/// The answer to unknown routes and methods.
pub(super) fn no_route() -> Response {
    Response::error(404, "rest_no_route", "No route was found matching the URL and request method.")
}

/// Applies `_fields` and `_envelope` to a finished answer.
pub(super) fn finish(response: &mut Response, request: &Request) {
    if let Some(fields) = request.query_value("_fields").filter(|f| !f.is_empty())
        && response.status < 400
        && let Some(body) = &response.body
    {
        let fields: Vec<&str> =
            fields.split([',', ' ']).map(str::trim).filter(|f| !f.is_empty()).collect();
        response.body = Some(filter_document(body, &fields));
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
    let is_own =
        |name: &str| name.starts_with("CoCart-") || name.starts_with("X-WP-") || name == "Allow";
    let (own, others): (Vec<_>, Vec<_>) =
        std::mem::take(&mut response.headers).into_iter().partition(|(name, _)| is_own(name));
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
    response.body = Some(map! { "body": body, "status": status, "headers": headers }.into());
    response.status = 200;
}

/// Keeps the named fields of a document or of each of a list's. The links of the document itself
/// are put in after the filter.
fn filter_document(body: &Value, fields: &[&str]) -> Value {
    match body {
        Value::Object(map) => {
            let mut kept = filter(map, fields);
            if let Some(links) = map.get("_links").filter(|_| !kept.contains("_links")) {
                kept.push("_links", links.clone());
            }
            kept.into()
        }
        Value::Array(list) => {
            let each = list.iter().map(|value| match value {
                Value::Object(map) => filter(map, fields).into(),
                other => other.clone(),
            });
            each.collect::<Vec<Value>>().into()
        }
        other => other.clone(),
    }
}

/// Keeps the named fields; `totals.total` goes into maps, lists are kept or dropped whole.
fn filter(map: &Map, fields: &[&str]) -> Map {
    let mut kept = Map::new();
    for (key, value) in map.iter() {
        if fields.contains(&key) {
            kept.push(key.to_owned(), value.clone());
            continue;
        }
        let inner: Vec<&str> =
            fields.iter().filter_map(|f| f.strip_prefix(key)?.strip_prefix('.')).collect();
        if inner.is_empty() {
            continue;
        }
        match value {
            Value::Object(inner_map) => kept.push(key.to_owned(), filter(inner_map, &inner)),
            _ => kept.push(key.to_owned(), Value::empty_array()),
        }
    }
    kept
}
