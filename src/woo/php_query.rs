//! PHP's query strings, for item keys and addresses.

use super::{find, identity};
use crate::value::Value;

/// PHP's `http_build_query` of a map or list.
pub(crate) fn write(value: &Value) -> String {
    let mut pairs = Vec::new();
    for (key, value) in children(value) {
        collect_pairs(&mut pairs, encode(&key), &value);
    }
    find::join(&pairs, "&")
}

fn children(value: &Value) -> Vec<(String, Value)> {
    match value {
        Value::Array(list) => {
            list.iter().enumerate().map(|(at, v)| (at.to_string(), v.clone())).collect()
        }
        Value::Object(map) => map.iter().map(|(k, v)| (k.to_owned(), v.clone())).collect(),
        _ => Vec::new(),
    }
}

fn collect_pairs(pairs: &mut Vec<String>, name: String, value: &Value) {
    let text = match value {
        Value::Null => return,
        Value::Bool(b) => if *b { "1" } else { "0" }.to_owned(),
        Value::Array(_) | Value::Object(_) => {
            for (key, value) in children(value) {
                collect_pairs(pairs, format!("{name}%5B{}%5D", encode(&key)), &value);
            }
            return;
        }
        scalar => scalar.scalar_text().unwrap_or_default(),
    };
    pairs.push(format!("{name}={}", encode(&text)));
}

/// PHP's `urlencode`: `*` and `~` are encoded too.
pub(crate) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                out.push(char::from(byte))
            }
            b' ' => out.push('+'),
            _ => {
                out.push('%');
                out.push_str(&identity::hex(&[byte]).to_ascii_uppercase());
            }
        }
    }
    out
}
