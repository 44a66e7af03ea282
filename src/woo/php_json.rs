//! PHP's `json_encode` with its default flags, for hashes: `/` escaped, non-ASCII as `\u`, floats
//! by their shortest digits, an empty map as `[]`.

use super::number;
use crate::value::{Map, Value};

/// Appends a value.
pub fn write(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(b) => out.push_str(if *b { "true" } else { "false" }),
        Value::Int(i) => out.push_str(&i.to_string()),
        Value::Float(f) => out.push_str(&number::json(*f)),
        Value::Text(text) => write_text(out, text),
        Value::Array(list) => write_list(out, list),
        Value::Object(map) => write_map(out, map),
    }
}

fn write_list(out: &mut String, list: &[Value]) {
    out.push('[');
    for (at, value) in list.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        write(out, value);
    }
    out.push(']');
}

/// Appends a map; PHP prints one whose keys are `0, 1, 2 …` as a list, the empty one included.
pub fn write_map(out: &mut String, map: &Map) {
    let numbered = map.keys().next().is_none_or(|first| first == "0");
    if numbered && map.keys().enumerate().all(|(at, key)| key == at.to_string()) {
        let list: Vec<Value> = map.values().cloned().collect();
        return write_list(out, &list);
    }
    out.push('{');
    for (at, (key, value)) in map.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        write_text(out, key);
        out.push(':');
        write(out, value);
    }
    out.push('}');
}

/// Appends a text in quotes.
pub fn write_text(out: &mut String, text: &str) {
    out.push('"');
    let plain = |b: u8| matches!(b, b' '..=b'~') && !matches!(b, b'"' | b'\\' | b'/');
    if text.bytes().all(plain) {
        out.push_str(text);
        out.push('"');
        return;
    }
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '/' => out.push_str("\\/"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\x08' => out.push_str("\\b"),
            '\x0c' => out.push_str("\\f"),
            ' '..='~' | '\x7f' => out.push(c),
            _ => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    out.push_str("\\u");
                    for shift in [12, 8, 4, 0] {
                        let digit = u32::from((*unit >> shift) & 0xf);
                        out.push(char::from_digit(digit, 16).unwrap_or('0'));
                    }
                }
            }
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::write;
    use crate::map;
    use crate::value::Value;

    #[test]
    fn it_is_php_s_json() {
        let value: Value = map! {
            "a/b": "é🍮\"",
            "list": map! { "0": 1.5, "1": 2.0 },
            "map": map! { "1": 3.998 },
            "none": map! {},
        }
        .into();
        let mut out = String::new();
        write(&mut out, &value);
        assert_eq!(
            out,
            r#"{"a\/b":"\u00e9\ud83c\udf6e\"","list":[1.5,2],"map":{"1":3.998},"none":[]}"#
        );
    }
}
