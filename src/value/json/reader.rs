//! A text of JSON from its beginning to its end.

use super::Fault;
use crate::value::{Map, Value, serial};
use crate::woo::number;
use std::borrow::Cow;

/// `json_decode` gives up below this depth, and so does WordPress.
const MAX_DEPTH: u16 = 512;

pub(super) struct Reader<'t> {
    text: &'t str,
    at: usize,
    fault: Fault,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0, fault: Fault::Syntax }
    }

    /// The value that the whole text is.
    pub(super) fn whole(mut self) -> Result<Value, Fault> {
        let value = self.value(MAX_DEPTH);
        self.skip();
        value.filter(|_| self.at == self.text.len()).ok_or(self.fault)
    }

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
        let float = number::exact(text)?;
        // what is too large becomes infinite, as it does for JavaScript and PHP
        Some(serial::as_integer(float).map_or(Value::Float(float), Value::Int))
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
