//! JSON text in and out, without a detour through JavaScript's objects: those cost a call for every
//! property, and lose the order of keys that look like numbers.

use super::{Map, Value};
use crate::woo::number;
use std::borrow::Cow;

/// `json_decode` gives up below this depth, and so does WordPress.
const MAX_DEPTH: u16 = 512;

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
    let mut reader = Reader { text, at: 0, fault: Fault::Syntax };
    let value = reader.value(MAX_DEPTH);
    reader.skip();
    value.filter(|_| reader.at == text.len()).ok_or(reader.fault)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    fault: Fault,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    // of the smallest code, this is worth its bytes
    #[inline(always)]
    #[allow(clippy::inline_always)]
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// The next byte after white space.
    fn next(&mut self) -> Option<u8> {
        self.skip();
        self.peek()
    }

    /// Goes past a byte, where it is the next after white space.
    fn eat(&mut self, byte: u8) -> bool {
        let found = self.next() == Some(byte);
        self.at += usize::from(found);
        found
    }

    /// After an entry: whether the list or the map ends here, or goes on behind a comma.
    fn ends(&mut self, with: u8) -> Option<bool> {
        let byte = self.next()?;
        self.at += 1;
        (byte == with || byte == b',').then_some(byte == with)
    }

    fn word(&mut self, word: &str, value: Value) -> Option<Value> {
        self.rest().starts_with(word).then(|| {
            self.at += word.len();
            value
        })
    }

    fn value(&mut self, depth: u16) -> Option<Value> {
        match self.next()? {
            b'"' => self.text().map(|text| Value::text(&*text)),
            b'{' | b'[' if depth == 0 => {
                self.fault = Fault::Depth;
                None
            }
            b'{' => self.map(depth - 1),
            b'[' => self.list(depth - 1),
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            b'n' => self.word("null", Value::Null),
            _ => self.number(),
        }
    }

    fn list(&mut self, depth: u16) -> Option<Value> {
        self.at += 1;
        let mut list = Vec::new();
        if self.eat(b']') {
            return Some(list.into());
        }
        loop {
            list.push(self.value(depth)?);
            if self.ends(b']')? {
                return Some(list.into());
            }
        }
    }

    fn map(&mut self, depth: u16) -> Option<Value> {
        self.at += 1;
        let mut entries = Vec::new();
        if self.eat(b'}') {
            return Some(Map::new().into());
        }
        loop {
            let name = (self.next() == Some(b'"')).then(|| self.text()).flatten()?;
            self.eat(b':').then_some(())?;
            entries.push((Cow::Owned(name.into_owned()), self.value(depth)?));
            if self.ends(b'}')? {
                return Some(Map::of(entries).into());
            }
        }
    }

    fn number(&mut self) -> Option<Value> {
        let from = self.at;
        let digits = |reader: &mut Self| {
            let first = reader.at;
            while matches!(reader.peek(), Some(b'0'..=b'9')) {
                reader.at += 1;
            }
            (reader.at > first).then_some(())
        };
        self.at += usize::from(self.peek() == Some(b'-'));
        let leading_zero = self.peek() == Some(b'0');
        let whole_from = self.at;
        digits(self)?;
        if leading_zero && self.at > whole_from + 1 {
            return None;
        }
        let whole = self.at;
        if self.peek() == Some(b'.') {
            self.at += 1;
            digits(self)?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), Some(b'+' | b'-')));
            digits(self)?;
        }
        let text = self.text.get(from..self.at)?;
        if self.at == whole
            && text != "-0"
            && let Ok(whole) = text.parse()
        {
            return Some(Value::Int(whole));
        }
        let float = crate::woo::number::exact(text)?;
        // what is too large becomes infinite, as it does for JavaScript and PHP
        Some(super::serial::as_integer(float).map_or(Value::Float(float), Value::Int))
    }

    /// A text, its first quote being next; its own where nothing in it is escaped.
    fn text(&mut self) -> Option<Cow<'t, str>> {
        self.at += 1;
        // empty as long as nothing is
        let mut text = String::new();
        loop {
            let ends = |byte| matches!(byte, b'"' | b'\\' | 0..=31);
            let Some(plain) = self.rest().bytes().position(ends) else {
                self.fault = Fault::Control;
                return None;
            };
            let end = self.at + plain;
            let piece = self.text.get(self.at..end)?;
            self.at = end + 1;
            let stop = self.text.as_bytes().get(end)?;
            if *stop == b'"' && text.is_empty() {
                return Some(Cow::Borrowed(piece));
            }
            text.push_str(piece);
            match stop {
                b'"' => return Some(Cow::Owned(text)),
                b'\\' => text.push(self.escaped()?),
                _ => {
                    self.fault = Fault::Control;
                    return None;
                }
            }
        }
    }

    fn escaped(&mut self) -> Option<char> {
        let kind = self.peek()?;
        self.at += 1;
        Some(match kind {
            b'"' | b'\\' | b'/' => char::from(kind),
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\x08',
            b'f' => '\x0c',
            b'u' => {
                let unit = self.unit()?;
                match unit {
                    0xd800..=0xdbff if self.rest().starts_with("\\u") => {
                        let back = self.at;
                        self.at += 2;
                        match self.unit()? {
                            low @ 0xdc00..=0xdfff => {
                                let code = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
                                char::from_u32(code)?
                            }
                            _ => {
                                self.at = back;
                                char::REPLACEMENT_CHARACTER
                            }
                        }
                    }
                    // half a character, which UTF-8 has no form for
                    _ => char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER),
                }
            }
            _ => return None,
        })
    }

    fn unit(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        let hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        if hex { u32::from_str_radix(digits, 16).ok() } else { None }
    }
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
