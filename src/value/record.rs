//! Types that are kept as documents: the snapshot, the session's cart, commands.
//!
//! Table-driven instead of serde's derives: monomorphised visitors of some sixty types were a
//! third of the wasm module. serde stays the way in and out, through [`Value`] alone.

use super::{Map, Value};
use rust_decimal::Decimal;
use std::fmt;

/// A type that is kept as a document.
pub trait Record: Sized {
    /// The names of its fields, where it is a map of them.
    const NAMES: &'static [&'static str] = &[];
    /// Reads it; what is missing takes its default, what is of another kind does not fit.
    fn read(value: &Value) -> Result<Self, Unfit>;
    /// Writes it; what is at its default is left out.
    fn write(&self) -> Value;
}

/// A document that is no such record; says where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Unfit(String);

impl Unfit {
    /// What was expected instead.
    pub fn expected(what: &str) -> Self {
        Self(format!(": {what} expected"))
    }

    pub(crate) fn inside(mut self, step: &str) -> Self {
        self.0.insert_str(0, step);
        self.0.insert(0, '/');
        self
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Reads the fields of a map; they usually come in the order of the table.
#[derive(Debug)]
pub struct Fields<'v> {
    map: Option<&'v Map>,
    next: usize,
}

impl<'v> Fields<'v> {
    /// The fields of a document; PHP writes an empty map as `[]`.
    pub fn of(value: &'v Value) -> Result<Self, Unfit> {
        match value {
            Value::Object(map) => Ok(Self { map: Some(map), next: 0 }),
            Value::Array(list) if list.is_empty() => Ok(Self { map: None, next: 0 }),
            _ => Err(Unfit::expected("a map")),
        }
    }

    /// Reads a field into its place, where it is given.
    pub fn read<T: Record>(&mut self, name: &str, slot: &mut T) -> Result<(), Unfit> {
        if let Some(value) = self.find(name) {
            *slot = T::read(value).map_err(|unfit| unfit.inside(name))?;
        }
        Ok(())
    }

    fn find(&mut self, name: &str) -> Option<&'v Value> {
        let map = self.map?;
        if let Some((key, value)) = map.0.get(self.next)
            && key == name
        {
            self.next += 1;
            return Some(value);
        }
        let at = map.0.iter().position(|(key, _)| key == name)?;
        self.next = at + 1;
        map.0.get(at).map(|(_, value)| value)
    }
}

/// Writes a field unless it is at its default.
pub fn write_field<T: Record + PartialEq>(
    map: &mut Map,
    name: &'static str,
    field: &T,
    default: &T,
) {
    if field != default {
        map.push(name, field.write());
    }
}

/// Makes a struct with `Default` a [`Record`]: `record!(Line { key, product_id, … })`; a field
/// that is kept under another name stands as `kind as "type"`.
#[macro_export]
macro_rules! record {
    ($type:ty { $($field:ident $(as $name:literal)?),* $(,)? }) => {
        impl $crate::value::Record for $type {
            const NAMES: &'static [&'static str] = &[$($crate::record!(@name $field $($name)?)),*];
            fn read(value: &$crate::value::Value) -> Result<Self, $crate::value::Unfit> {
                let mut fields = $crate::value::Fields::of(value)?;
                let mut record = Self::default();
                $(fields.read($crate::record!(@name $field $($name)?), &mut record.$field)?;)*
                Ok(record)
            }
            fn write(&self) -> $crate::value::Value {
                let default = Self::default();
                let mut map = $crate::value::Map::new();
                $($crate::value::write_field(
                    &mut map,
                    $crate::record!(@name $field $($name)?),
                    &self.$field,
                    &default.$field,
                );)*
                map.into()
            }
        }
        $crate::by_value!($type);
    };
    (@name $field:ident $name:literal) => { $name };
    (@name $field:ident) => { stringify!($field) };
}

/// Makes an enum of bare words a [`Record`]: `words!(TaxStatus { Taxable = "taxable", … })`.
#[macro_export]
macro_rules! words {
    ($type:ty { $($variant:ident = $word:literal),* $(,)? }) => {
        impl $crate::value::Record for $type {
            fn read(value: &$crate::value::Value) -> Result<Self, $crate::value::Unfit> {
                match value.as_str() {
                    $(Some($word) => Ok(Self::$variant),)*
                    _ => Err($crate::value::Unfit::expected(concat!($("`", $word, "` "),*))),
                }
            }
            fn write(&self) -> $crate::value::Value {
                match self { $(Self::$variant => $word,)* }.into()
            }
        }
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

impl Record for Value {
    fn read(value: &Value) -> Result<Self, Unfit> {
        Ok(value.clone())
    }
    fn write(&self) -> Value {
        self.clone()
    }
}

impl Record for Map {
    fn read(value: &Value) -> Result<Self, Unfit> {
        match value {
            Value::Object(map) => Ok(map.as_ref().clone()),
            Value::Array(list) if list.is_empty() => Ok(Self::new()),
            _ => Err(Unfit::expected("a map")),
        }
    }
    fn write(&self) -> Value {
        self.clone().into()
    }
}

impl Record for String {
    fn read(value: &Value) -> Result<Self, Unfit> {
        value.as_str().map(str::to_owned).ok_or_else(|| Unfit::expected("a text"))
    }
    fn write(&self) -> Value {
        self.as_str().into()
    }
}

impl Record for bool {
    fn read(value: &Value) -> Result<Self, Unfit> {
        value.as_bool().ok_or_else(|| Unfit::expected("true or false"))
    }
    fn write(&self) -> Value {
        Value::Bool(*self)
    }
}

impl Record for f64 {
    fn read(value: &Value) -> Result<Self, Unfit> {
        value.as_f64().ok_or_else(|| Unfit::expected("a number"))
    }
    fn write(&self) -> Value {
        Value::Float(*self)
    }
}

impl Record for i64 {
    #[allow(clippy::cast_possible_truncation)]
    fn read(value: &Value) -> Result<Self, Unfit> {
        match value {
            Value::Int(i) => Ok(*i),
            Value::Float(f) if f.fract() == 0.0 && f.abs() < 9.1e15 => Ok(*f as Self),
            _ => Err(Unfit::expected("a whole number")),
        }
    }
    fn write(&self) -> Value {
        Value::Int(*self)
    }
}

macro_rules! unsigned {
    ($($type:ty),*) => {$(
        impl Record for $type {
            fn read(value: &Value) -> Result<Self, Unfit> {
                i64::read(value)?.try_into().map_err(|_| Unfit::expected("a smaller number above zero"))
            }
            fn write(&self) -> Value {
                i64::try_from(*self).map_or(Value::Null, Value::Int)
            }
        }
    )*};
}
unsigned!(u8, u16, u32, u64);

/// A decimal amount, kept as text; a number will do.
impl Record for Decimal {
    fn read(value: &Value) -> Result<Self, Unfit> {
        let text = match value {
            Value::Text(text) => text.to_string(),
            Value::Int(i) => i.to_string(),
            Value::Float(f) => crate::woo::number::json(*f),
            _ => String::new(),
        };
        text.parse().map_err(|_| Unfit::expected("a decimal amount"))
    }
    fn write(&self) -> Value {
        self.to_string().into()
    }
}

impl<T: Record> Record for Option<T> {
    fn read(value: &Value) -> Result<Self, Unfit> {
        if *value == Value::Null { Ok(None) } else { T::read(value).map(Some) }
    }
    fn write(&self) -> Value {
        self.as_ref().map_or(Value::Null, Record::write)
    }
}

impl<T: Record> Record for Vec<T> {
    fn read(value: &Value) -> Result<Self, Unfit> {
        let list = value.as_array().ok_or_else(|| Unfit::expected("a list"))?;
        let mut records = Self::with_capacity(list.len());
        for (at, value) in list.iter().enumerate() {
            records.push(T::read(value).map_err(|unfit| unfit.inside(&at.to_string()))?);
        }
        Ok(records)
    }
    fn write(&self) -> Value {
        self.iter().map(Record::write).collect::<Vec<_>>().into()
    }
}

impl<A: Record, B: Record> Record for (A, B) {
    fn read(value: &Value) -> Result<Self, Unfit> {
        match value.as_array() {
            Some([a, b]) => Ok((A::read(a)?, B::read(b)?)),
            _ => Err(Unfit::expected("a pair")),
        }
    }
    fn write(&self) -> Value {
        vec![self.0.write(), self.1.write()].into()
    }
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
