//! Comparing documents: values, types and the order of keys.

use crate::ignore;
use serde_json::Value;
use std::collections::BTreeMap;

/// The first place where two answers differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// A JSON pointer into the body, `status`, or `header NAME`.
    pub pointer: String,
    /// What the server said.
    pub expected: String,
    /// What the engine said.
    pub got: String,
}

fn differ(pointer: &str, expected: impl ToString, got: impl ToString) -> Option<Difference> {
    Some(Difference {
        pointer: pointer.to_owned(),
        expected: expected.to_string(),
        got: got.to_string(),
    })
}

/// Compares the statuses.
pub fn status(expected: u16, got: u16) -> Option<Difference> {
    if expected == got { None } else { differ("status", expected, got) }
}

/// Compares two documents. `ignored` tells for a pointer why only presence and type count.
pub fn documents(
    expected: Option<&Value>,
    got: Option<&Value>,
    ignored: impl Fn(&str) -> Option<&'static str> + Copy,
) -> Option<Difference> {
    match (expected, got) {
        (None | Some(Value::Null), None | Some(Value::Null)) => None,
        (Some(expected), Some(got)) => values("", expected, got, ignored),
        (expected, got) => {
            let shown = |value: Option<&Value>| value.map_or("nothing".to_owned(), shorten);
            differ("", shown(expected), shown(got))
        }
    }
}

fn values(
    at: &str,
    expected: &Value,
    got: &Value,
    ignored: impl Fn(&str) -> Option<&'static str> + Copy,
) -> Option<Difference> {
    if ignored(at).is_some() && std::mem::discriminant(expected) == std::mem::discriminant(got) {
        return None;
    }
    match (expected, got) {
        (Value::Object(a), Value::Object(b)) => {
            for (key, value) in a {
                let pointer = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
                let Some(other) = b.get(key) else {
                    if ignore::is_left_out(&pointer) {
                        continue;
                    }
                    return differ(&pointer, shorten(value), "nothing");
                };
                if let Some(difference) = values(&pointer, value, other, ignored) {
                    return Some(difference);
                }
            }
            if let Some((key, value)) = b.iter().find(|(key, _)| !a.contains_key(*key)) {
                return differ(&format!("{at}/{key}"), "nothing", shorten(value));
            }
            let keys = |map: &serde_json::Map<String, Value>| {
                let both = map.keys().filter(|key| a.contains_key(*key) && b.contains_key(*key));
                both.cloned().collect::<Vec<_>>().join(" ")
            };
            if keys(a) == keys(b) {
                None
            } else {
                differ(&format!("{at} (order)"), keys(a), keys(b))
            }
        }
        (Value::Array(_), Value::Array(_)) if ignored(at).is_some() => None,
        (Value::Array(a), Value::Array(b)) => {
            let mut pairs = a.iter().zip(b).enumerate();
            let first = pairs.find_map(|(i, (x, y))| values(&format!("{at}/{i}"), x, y, ignored));
            first.or_else(|| {
                if a.len() == b.len() {
                    None
                } else {
                    differ(&format!("{at} (length)"), a.len(), b.len())
                }
            })
        }
        _ if expected == got => None,
        _ => differ(at, shorten(expected), shorten(got)),
    }
}

/// Compares the headers that concern a client.
pub fn headers(
    expected: &BTreeMap<String, Value>,
    got: &BTreeMap<String, Value>,
) -> Option<Difference> {
    expected.iter().find_map(|(name, value)| {
        let other = got.get(name);
        match ignore::header(name) {
            Some(ignore::Header::Server) => None,
            Some(ignore::Header::Clock) if other.is_some() => None,
            _ if other == Some(value) => None,
            _ => differ(
                &format!("header {name}"),
                shorten(value),
                other.map_or("nothing".to_owned(), shorten),
            ),
        }
    })
}

fn shorten(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(300) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}
