//! Types that are kept as documents: the snapshot, the session's cart, commands.
//!
//! A record is a list of names and a list of places; one function reads them all and one writes
//! them all. serde's derives, or one reader for each type, were a third of the wasm module. serde
//! stays the way in and out, through [`Value`] alone.

use super::{Map, Names, Value};
use std::fmt;

/// A type that is kept as a document.
pub trait Record {
    /// Takes over what a document says; what it leaves out stays as it is.
    fn fill(&mut self, value: &Value) -> Result<(), Unfit>;
    /// Writes it; what is at its default is left out.
    fn write(&self) -> Value;
    /// Reads it; what is missing takes its default, what is of another kind does not fit.
    fn read(value: &Value) -> Result<Self, Unfit>
    where
        Self: Default,
    {
        let mut record = fresh::<Self>();
        record.fill(value).map(|()| record)
    }
    /// The names of its fields, where it is a map of them.
    fn names() -> Vec<&'static str>
    where
        Self: Sized,
    {
        Vec::new()
    }
}

/// A place that is filled. Beside [`Entry`], since one table of methods for both would bring the
/// writer of all that is only ever read into the module.
#[doc(hidden)]
pub trait Slot {
    fn fill_slot(&mut self, value: &Value) -> Result<(), Unfit>;
}

impl<T: Record> Slot for T {
    fn fill_slot(&mut self, value: &Value) -> Result<(), Unfit> {
        self.fill(value)
    }
}

/// Something that is written.
#[doc(hidden)]
pub trait Entry {
    fn write_entry(&self) -> Value;
}

impl<T: Record> Entry for T {
    fn write_entry(&self) -> Value {
        self.write()
    }
}

/// A document that is no such record; says where. Boxed, so that it travels in one register.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Unfit(Box<(String, &'static str)>);

impl Unfit {
    /// What was expected instead.
    #[cold]
    pub fn expected(what: &'static str) -> Self {
        Self(Box::new((String::new(), what)))
    }

    #[cold]
    pub(crate) fn inside(mut self, step: &str) -> Self {
        self.0.0.insert_str(0, step);
        self.0.0.insert(0, '/');
        self
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (path, expected) = &*self.0;
        [path, ": ", expected, " expected"].into_iter().try_for_each(|part| f.write_str(part))
    }
}

/// Reads the fields of a map; they usually come in the order of the table.
#[derive(Debug)]
pub struct Fields<'v> {
    pub(super) map: Option<&'v Map>,
    next: usize,
    /// The [`mark`]s of the names that are given.
    marks: u64,
}

/// One bit of 64: most names that are not given are known by it, and need no looking for.
fn mark(name: &str) -> u64 {
    let last = name.bytes().last().unwrap_or_default();
    1 << ((name.len() * 11 + usize::from(last)) % 64)
}

impl<'v> Fields<'v> {
    /// The fields of a document; PHP writes an empty map as `[]`.
    pub fn of(value: &'v Value) -> Result<Self, Unfit> {
        match value {
            Value::Object(map) => {
                let marks = map.keys().fold(0, |marks, name| marks | mark(name));
                Ok(Self { map: Some(map), next: 0, marks })
            }
            Value::Array(list) if list.is_empty() => Ok(Self { map: None, next: 0, marks: 0 }),
            _ => Err(Unfit::expected("a map")),
        }
    }

    /// Reads a field into its place, where it is given.
    pub fn read(&mut self, name: &str, slot: &mut dyn Slot) -> Result<(), Unfit> {
        match self.find(name) {
            Some(value) => slot.fill_slot(value).map_err(|unfit| unfit.inside(name)),
            None => Ok(()),
        }
    }

    fn find(&mut self, name: &str) -> Option<&'v Value> {
        if self.marks & mark(name) == 0 {
            return None;
        }
        let entries = &self.map?.0;
        let here = |at: usize| entries.get(at).is_some_and(|(key, _)| key == name);
        let at =
            if here(self.next) { self.next } else { (0..entries.len()).find(|at| here(*at))? };
        self.next = at + 1;
        entries.get(at).map(|(_, value)| value)
    }
}

/// Reads a map's fields into their places.
#[doc(hidden)]
pub fn fill_fields(
    names: &'static Names,
    slots: &mut [&mut dyn Slot],
    value: &Value,
) -> Result<(), Unfit> {
    let mut fields = Fields::of(value)?;
    names.iter().zip(slots).try_for_each(|(name, slot)| fields.read(name, *slot))
}

/// A record at its defaults; never inlined, since the larger ones are made in several places.
#[doc(hidden)]
#[inline(never)]
pub fn fresh<T: Default>() -> T {
    T::default()
}

/// Writes the fields that are not at their defaults.
#[doc(hidden)]
pub fn write_fields(
    names: &'static Names,
    entries: &[&dyn Entry],
    defaults: &[&dyn Entry],
) -> Value {
    let mut map = Map::new();
    for (name, (entry, default)) in names.iter().zip(entries.iter().zip(defaults)) {
        let value = entry.write_entry();
        if value != default.write_entry() {
            map.push(name, value);
        }
    }
    map.into()
}

/// Where a word stands among those that are known.
#[doc(hidden)]
pub fn place_of_word(words: &'static Names, value: &Value) -> Result<usize, Unfit> {
    let place = value.as_str().and_then(|word| words.iter().position(|known| known == word));
    place.ok_or_else(|| Unfit::expected("a word that is known here"))
}

/// Makes a struct with `Default` a [`Record`]: `record!(Line { key, product_id, … })`; a field
/// that is kept under another name stands as `kind as "type"`.
#[macro_export]
macro_rules! record {
    ($type:ty { $($field:ident $(as $name:literal)?),* $(,)? }) => {
        const _: () = {
            use $crate::value::{
                Entry, Names, Record, Unfit, Value, fill_fields, fresh, write_fields,
            };
            const NAMES: &Names = $crate::names![$($crate::record!(@name $field $($name)?)),*];
            const COUNT: usize = [$($crate::record!(@name $field $($name)?)),*].len();

            #[inline(never)]
            fn entries(record: &$type) -> [&dyn Entry; COUNT] {
                [$(&record.$field),*]
            }

            impl Record for $type {
                fn fill(&mut self, value: &Value) -> Result<(), Unfit> {
                    fill_fields(NAMES, &mut [$(&mut self.$field),*], value)
                }
                fn write(&self) -> Value {
                    write_fields(NAMES, &entries(self), &entries(&fresh()))
                }
                fn names() -> Vec<&'static str> {
                    NAMES.iter().collect()
                }
            }
        };
        $crate::by_value!($type);
    };
    (@name $field:ident $name:literal) => { $name };
    (@name $field:ident) => { stringify!($field) };
}

/// Makes an enum of bare words a [`Record`], whose variants have a `name`:
/// `words!(TaxStatus { Taxable = "taxable", … })`.
#[macro_export]
macro_rules! words {
    ($type:ty { $($variant:ident = $word:literal),* $(,)? }) => {
        const _: () = {
            use $crate::value::{Names, Record, Unfit, Value, place_of_word};
            const WORDS: &Names = $crate::names![$($word),*];
            const ALL: &[$type] = &[$(<$type>::$variant),*];
            // a word is written by its variant's place
            const _: () = {
                let (mut rest, mut place) = (ALL, 0);
                while let [first, others @ ..] = rest {
                    assert!(*first as usize == place, "the words stand as the variants do");
                    (rest, place) = (others, place + 1);
                }
            };

            impl $type {
                /// Its word, as it is kept and as documents show it.
                #[allow(dead_code)]
                pub(crate) fn name(self) -> &'static str {
                    WORDS.iter().nth(self as usize).unwrap_or_default()
                }
            }

            impl Record for $type {
                fn fill(&mut self, value: &Value) -> Result<(), Unfit> {
                    if let Some(word) = ALL.get(place_of_word(WORDS, value)?) {
                        *self = *word;
                    }
                    Ok(())
                }
                fn write(&self) -> Value {
                    self.name().into()
                }
            }
        };
        $crate::by_value!($type);
    };
}

/// serde for a [`Record`], through its document.
#[macro_export]
macro_rules! by_value {
    ($type:ty) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(&$crate::value::Record::write(self), serializer)
            }
        }
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value =
                    <$crate::value::Value as serde::Deserialize>::deserialize(deserializer)?;
                $crate::value::Record::read(&value).map_err(serde::de::Error::custom)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::Record;
    use crate::store::{Product, TaxStatus};
    use crate::value::Value;

    fn value(text: &str) -> Value {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn a_record_keeps_what_differs_from_its_default() {
        let product = Product {
            id: 7,
            tax_status: TaxStatus::None,
            price: "1.50".parse().ok(),
            ..Product::default()
        };
        let kept = product.write();
        assert_eq!(kept, value(r#"{"id": 7, "price": "1.50", "tax_status": "none"}"#));
        assert_eq!(Product::read(&kept), Ok(product));
    }

    #[test]
    fn an_unfit_document_says_where() {
        let unfit = Vec::<Product>::read(&value(r#"[{"id": 1}, {"id": 2, "tax_status": "x"}]"#));
        assert!(unfit.unwrap_err().to_string().starts_with("/1/tax_status: "));
    }
}
