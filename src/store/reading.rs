//! A snapshot read piece by piece, as it arrives: ten thousand products are more than a page may
//! stand still for. Products are read and indexed one by one, and never exist as documents all at
//! once. Nobody vouches for the text.

use super::{Catalogue, Details, FORMAT, Product, Shop, Snapshot};
use crate::value::{Map, Record, Unfit, Value, json};

/// Where in the snapshot the text has come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    /// Before its first brace.
    #[default]
    Before,
    /// Among its fields.
    Fields,
    /// In the list of products.
    Products,
    /// Among the catalogue's fields.
    Catalogue,
    /// In the list of the catalogue's details.
    Details,
    /// Behind its last brace.
    After,
}

/// What has been read of a snapshot.
#[derive(Debug, Default)]
pub struct Reading {
    /// What has come and is not read yet.
    text: Vec<u8>,
    place: Place,
    /// Whether something stands before the next entry, so that a comma has to.
    behind_entry: bool,
    /// The name whose value comes next.
    name: Option<String>,
    fields: Map,
    catalogue: Option<Map>,
    details: Vec<Details>,
    shop: Shop,
    products: usize,
}

impl Reading {
    /// Nothing has come yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next piece of the text, cut anywhere, and reads what is whole by now.
    ///
    /// # Errors
    ///
    /// Where it is no JSON or no snapshot; nothing is to be read any more then.
    pub fn feed(&mut self, piece: &[u8]) -> Result<(), Unfit> {
        self.text.extend_from_slice(piece);
        let text = std::mem::take(&mut self.text);
        let mut at = 0;
        while let Some(next) = self.step(&text, at)? {
            at = next;
        }
        self.text = text.get(at..).unwrap_or_default().to_vec();
        Ok(())
    }

    /// The shop, once all of the text has come.
    ///
    /// # Errors
    ///
    /// Where the text broke off, or a field is none of a snapshot's.
    pub fn finish(mut self) -> Result<Shop, Unfit> {
        let blank = self.text.iter().all(|byte| is_space(*byte));
        if self.place != Place::After || !blank {
            return Err(Unfit::expected("the rest of it"));
        }
        let mut snapshot = Snapshot::read(&self.fields.into())?;
        if snapshot.format > FORMAT {
            return Err(Unfit::expected("an older one").inside("format"));
        }
        if let Some(fields) = self.catalogue {
            let read = Catalogue::read(&fields.into());
            let catalogue = snapshot.catalogue.insert(read.map_err(|u| u.inside("catalogue"))?);
            catalogue.details = self.details;
        }
        self.shop.furnish(snapshot);
        Ok(self.shop)
    }

    /// Reads one thing at `at`; where it ends, or nothing if more has to come first.
    fn step(&mut self, text: &[u8], at: usize) -> Result<Option<usize>, Unfit> {
        let Some(at) = skip(text, at) else { return Ok(None) };
        let byte = text.get(at).copied().unwrap_or_default();
        if self.name.is_some() {
            return self.field(text, at, byte);
        }
        match (self.place, byte) {
            (Place::Before, 0xef | 0xbb | 0xbf) => Ok(Some(at + 1)),
            (Place::Before, b'{') => Ok(self.enter(Place::Fields, at)),
            (Place::Before | Place::After, _) => Err(Unfit::expected("a snapshot alone")),
            (_, b',') if self.behind_entry => {
                self.behind_entry = false;
                Ok(Some(at + 1))
            }
            (Place::Fields, b'}') => Ok(self.leave(Place::After, at)),
            (Place::Catalogue, b'}') | (Place::Products, b']') => Ok(self.leave(Place::Fields, at)),
            (Place::Details, b']') => Ok(self.leave(Place::Catalogue, at)),
            _ if self.behind_entry => Err(Unfit::expected("a comma")),
            (Place::Fields | Place::Catalogue, b'"') => {
                let Some(end) = end_of(text, at) else { return Ok(None) };
                let Some(colon) = skip(text, end) else { return Ok(None) };
                if text.get(colon) != Some(&b':') {
                    return Err(Unfit::expected("a colon"));
                }
                let name = value(text, at, end)?;
                self.name = name.as_str().map(str::to_owned);
                Ok(Some(colon + 1))
            }
            (Place::Products | Place::Details, _) => self.element(text, at),
            _ => Err(Unfit::expected("a name")),
        }
    }

    #[allow(clippy::unnecessary_wraps)]
    fn enter(&mut self, place: Place, at: usize) -> Option<usize> {
        (self.place, self.behind_entry, self.name) = (place, false, None);
        Some(at + 1)
    }

    #[allow(clippy::unnecessary_wraps)]
    fn leave(&mut self, place: Place, at: usize) -> Option<usize> {
        (self.place, self.behind_entry) = (place, true);
        Some(at + 1)
    }

    fn field(&mut self, text: &[u8], at: usize, byte: u8) -> Result<Option<usize>, Unfit> {
        let inner = match (self.place, self.name.as_deref(), byte) {
            (Place::Fields, Some("products"), b'[') => Place::Products,
            (Place::Fields, Some("catalogue"), b'{') => {
                self.catalogue = Some(Map::new());
                Place::Catalogue
            }
            (Place::Catalogue, Some("details"), b'[') => Place::Details,
            _ => {
                let Some(end) = end_of(text, at) else { return Ok(None) };
                let value = value(text, at, end)?;
                let name = self.name.take().unwrap_or_default();
                match (self.place, &mut self.catalogue) {
                    (Place::Catalogue, Some(catalogue)) => catalogue.insert(name, value),
                    _ => self.fields.insert(name, value),
                }
                self.behind_entry = true;
                return Ok(Some(end));
            }
        };
        Ok(self.enter(inner, at))
    }

    fn element(&mut self, text: &[u8], at: usize) -> Result<Option<usize>, Unfit> {
        let Some(end) = end_of(text, at) else { return Ok(None) };
        let value = value(text, at, end)?;
        if self.place == Place::Products {
            let place = |unfit: Unfit| unfit.inside(&self.products.to_string()).inside("products");
            let product = Product::read(&value).map_err(place)?;
            self.shop.put_product(product);
            self.products += 1;
        } else {
            let place = |unfit: Unfit| unfit.inside("details").inside("catalogue");
            self.details.push(Details::read(&value).map_err(place)?);
        }
        self.behind_entry = true;
        Ok(Some(end))
    }
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// The first byte from `at` that is no white space.
fn skip(text: &[u8], at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    rest.iter().position(|byte| !is_space(*byte)).map(|spaces| at + spaces)
}

/// Where the value that begins at `at` ends; nothing if that has not come yet. What ends at the
/// last byte that came may go on.
fn end_of(text: &[u8], at: usize) -> Option<usize> {
    let mut depth = 0usize;
    let (mut in_text, mut escaped) = (false, false);
    for (offset, byte) in text.get(at..)?.iter().enumerate() {
        let here = at + offset;
        if in_text {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => {
                    in_text = false;
                    if depth == 0 {
                        return Some(here + 1);
                    }
                }
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_text = true,
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 0 => return Some(here),
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(here + 1);
                }
            }
            b',' if depth == 0 => return Some(here),
            byte if depth == 0 && is_space(*byte) => return Some(here),
            _ => {}
        }
    }
    None
}

fn value(text: &[u8], from: usize, to: usize) -> Result<Value, Unfit> {
    let text = text.get(from..to).and_then(|text| std::str::from_utf8(text).ok());
    text.and_then(json::read).ok_or_else(|| Unfit::expected("JSON"))
}

#[cfg(test)]
mod tests {
    use super::Reading;
    use crate::store::{Shop, Snapshot};

    const TEXT: &str = r#" {"format": 1, "products": [{"id": 7, "name": "Mug \"]}é", "price": "1.50", "sku": "M"},
        {"id": 8, "parent_id": 7, "price": 2}], "settings": {"currency": "EUR"}, "complete": true,
        "catalogue": {"shop_url": "/s", "details": [{"id": 7, "description": "[{"}], "tags": []}, "more": [1, {}]} "#;

    fn read(text: &str, piece: usize) -> Result<Shop, String> {
        let mut reading = Reading::new();
        for piece in text.as_bytes().chunks(piece) {
            reading.feed(piece).map_err(|unfit| unfit.to_string())?;
        }
        reading.finish().map_err(|unfit| unfit.to_string())
    }

    #[test]
    fn however_it_is_cut_the_shop_is_the_same() {
        let whole: Snapshot = serde_json::from_str(TEXT).unwrap();
        for piece in 1..TEXT.len() {
            let shop = read(TEXT, piece).unwrap();
            assert_eq!(shop.snapshot(), &whole, "{piece}");
            assert_eq!(shop.product_by_sku("m").unwrap().id, 7);
            assert_eq!(shop.variations(7).len(), 1);
        }
    }

    #[test]
    fn what_is_no_snapshot_is_refused() {
        for text in [
            "",
            "[]",
            "nul",
            "{",
            r#"{"format": 1"#,
            r#"{"format": 1}}"#,
            r#"{"format" 1}"#,
            r#"{"a": 1 "b": 2}"#,
            r#"{"products": [{"id": 1} {"id": 2}]}"#,
            r#"{"products": [{"id": "x"}]}"#,
            r#"{"products": [1"#,
            r#"{"products": 5}"#,
            r#"{"format": 1}x"#,
            r#"{,"a":1}"#,
            r#"{"settings": {"currency": 3}}"#,
            // of a version to come, which would be misunderstood
            r#"{"format": 2}"#,
            "{\"a\": \"\u{1}\"}",
            r#"{"products": {"id": 1}}"#,
        ] {
            assert!(read(text, 5).is_err(), "{text}");
        }
        let unfit = read(r#"{"products": [{"id": 1}, {"id": 2, "name": 3}]}"#, 9).unwrap_err();
        assert!(unfit.starts_with("/products/1/name: "), "{unfit}");
        assert!(Reading::new().feed(b"{\"a\": \"\xff\"}").is_err());
    }

    proptest::proptest! {
        #[test]
        fn nothing_panics(text in "[\\[\\]{}\",:0-9eE.\\\\a-f -]{0,60}", piece in 1usize..9) {
            let _ = read(&text, piece);
            let _ = read(&format!("{{\"products\":[{text}"), piece);
        }
    }
}
