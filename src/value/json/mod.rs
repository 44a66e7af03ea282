//! JSON text in and out, without a detour through JavaScript's objects: those cost a call for every
//! property, and lose the order of keys that look like numbers.

mod reader;

use super::Value;
use crate::woo::number;
use reader::Reader;

/// Why a text is no JSON, as PHP tells it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fault {
    /// It breaks off, or something else is where it should not be.
    #[default]
    Syntax,
    /// Lists and maps are nested too deep.
    Depth,
    /// A text has a control character in it, or no end: PHP finds its own final zero there.
    Control,
}

/// Writes a value; what JSON has no number for is `null`.
pub fn write(value: &Value) -> String {
    let mut out = String::with_capacity(256);
    append(&mut out, value);
    out
}

fn append(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Value::Int(whole) => out.push_str(&whole.to_string()),
        Value::Float(float) if float.is_finite() => out.push_str(&number::json(*float)),
        Value::Float(_) => out.push_str("null"),
        Value::Text(text) => quote(out, text),
        Value::Array(list) => {
            out.push('[');
            for (at, element) in list.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                append(out, element);
            }
            out.push(']');
        }
        Value::Object(map) => {
            out.push('{');
            for (at, (name, inner)) in map.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                quote(out, name);
                out.push(':');
                append(out, inner);
            }
            out.push('}');
        }
    }
}

fn quote(out: &mut String, text: &str) {
    out.push('"');
    let plain = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
    if text.bytes().all(plain) {
        out.push_str(text);
    } else {
        for c in text.chars() {
            match c {
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                '\n' => out.push_str("\\n"),
                c if c < ' ' => {
                    out.push_str(if c < '\x10' { "\\u000" } else { "\\u001" });
                    out.push(char::from_digit(u32::from(c) & 0xf, 16).unwrap_or('0'));
                }
                c => out.push(c),
            }
        }
    }
    out.push('"');
}

/// Reads JSON; `None` where it is none, or nested deeper than PHP would follow. Whole numbers are
/// integers however they are written, as they are for JavaScript; of one name, the last value
/// counts, at the first one's place.
pub fn read(text: &str) -> Option<Value> {
    parse(text).ok()
}

/// Reads JSON as [`read`] does, and says why it is none.
pub fn parse(text: &str) -> Result<Value, Fault> {
    Reader::new(text).whole()
}

#[cfg(test)]
mod tests {
    use super::{Fault, parse, read, write};
    use crate::value::Value;

    fn strict(text: &str) -> Option<Value> {
        serde_json::from_str(text).ok()
    }

    #[test]
    fn what_is_json_is_read_as_serde_reads_it() {
        for text in [
            "null",
            " [ ] ",
            "{}",
            r#"{"b":1,"a":[true,false,null],"1":"x"}"#,
            "-12",
            "1.25",
            "1e3",
            "0.1e-7",
            r#""a\"\\\/\b\f\n\r\té😀""#,
            r#""\ud83c\udf6e ok""#,
            r#"{"a":1,"a":2}"#,
        ] {
            assert_eq!(read(text), strict(text).map(whole), "{text}");
        }
    }

    /// What this reader makes of whole floats.
    fn whole(value: Value) -> Value {
        read(&write(&value)).unwrap()
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for text in [
            "",
            "nul",
            "[1,]",
            "{\"a\"}",
            "{a:1}",
            "01",
            "1.",
            "-",
            "+1",
            "\"\n\"",
            "\"\\x\"",
            "\"\\u12g4\"",
            "[1 2]",
            "1 2",
            "\"",
            "[",
            "{\"a\":1,}",
            "\"\\u+123\"",
            ".5",
            "1e",
            "NaN",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn why_it_is_none_is_told_as_php_tells_it() {
        let deep = |n: usize| format!("{}1{}", "[".repeat(n), "]".repeat(n));
        assert!(read(&deep(512)).is_some());
        assert_eq!(parse(&deep(513)), Err(Fault::Depth));
        assert_eq!(parse(&r#"{"a":"#.repeat(513)), Err(Fault::Depth));
        assert_eq!(parse(&"[".repeat(512)), Err(Fault::Syntax));
        for text in [r#"{"id":"101"#, r#"{"id"#, "[\"\n\"]", "\"a\\n"] {
            assert_eq!(parse(text), Err(Fault::Control), "{text}");
        }
        for text in [r#"{"id":"101""#, "{bad", "\"\\x\"", "\"\\", "[\"a\"] \"b"] {
            assert_eq!(parse(text), Err(Fault::Syntax), "{text}");
        }
    }

    #[test]
    fn half_a_character_is_replaced_and_nothing_else() {
        let text = |value: &str| Some(Value::from(value));
        assert_eq!(read(r#""\ud800x""#), text("\u{fffd}x"));
        assert_eq!(read(r#""\ud800\u0041""#), text("\u{fffd}A"));
        assert_eq!(read(r#""\udc00""#), text("\u{fffd}"));
    }

    #[test]
    fn numbers_keep_their_kind() {
        assert_eq!(read("9007199254740993"), Some(Value::Int(9_007_199_254_740_993)));
        assert_eq!(read("2.0"), Some(Value::Int(2)));
        assert_eq!(read("1e20"), Some(Value::Float(1e20)));
        assert_eq!(write(&Value::Float(f64::NAN)), "null");
        assert_eq!(write(&Value::Float(3.598_000_000_000_000_3)), "3.5980000000000003");
    }

    proptest::proptest! {
        #[test]
        fn every_text_comes_back(text in ".*") {
            let value = Value::from(text);
            proptest::prop_assert_eq!(read(&write(&value)), Some(value));
        }

        #[test]
        fn every_number_comes_back(number: f64) {
            let back = read(&write(&Value::Float(number))).and_then(|value| value.as_f64());
            proptest::prop_assert_eq!(back, number.is_finite().then_some(number));
        }

        #[test]
        fn nothing_panics(text in "[\\[\\]{}\",:0-9eE.\\\\u+a-f -]{0,40}") {
            let _ = read(&text);
        }
    }
}
