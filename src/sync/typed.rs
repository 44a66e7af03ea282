//! serde between records and [`Value`], so that the journal needs no serializer of its own.

use crate::value::{Map, Value};
use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{
    DeserializeOwned, Deserializer, EnumAccess, IntoDeserializer, VariantAccess, Visitor,
};
use serde::ser::{self, Serialize, Serializer};
use std::fmt::Display;

/// What does not fit into a value, or not into the type asked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(super) struct Mismatch(String);

impl ser::Error for Mismatch {
    fn custom<T: Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

impl serde::de::Error for Mismatch {
    fn custom<T: Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// The value of a record; `Null` for what cannot be one (never the case for our own types).
pub(super) fn to_value(record: &impl Serialize) -> Value {
    record.serialize(ToValue).unwrap_or_default()
}

/// The record in a value.
pub(super) fn from_value<T: DeserializeOwned>(value: &Value) -> Option<T> {
    T::deserialize(FromValue(value)).ok()
}

struct ToValue;

struct List(Vec<Value>);

struct Fields {
    map: Map,
    key: Option<String>,
}

macro_rules! whole {
    ($($name:ident: $type:ty),*) => {$(
        fn $name(self, number: $type) -> Result<Value, Mismatch> {
            Ok(i64::try_from(number).map_or_else(|_| Value::Null, Value::Int))
        }
    )*};
}

impl Serializer for ToValue {
    type Ok = Value;
    type Error = Mismatch;
    type SerializeSeq = List;
    type SerializeTuple = List;
    type SerializeTupleStruct = List;
    type SerializeTupleVariant = ser::Impossible<Value, Mismatch>;
    type SerializeMap = Fields;
    type SerializeStruct = Fields;
    type SerializeStructVariant = ser::Impossible<Value, Mismatch>;

    whole!(serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64);
    whole!(serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64);

    fn serialize_bool(self, b: bool) -> Result<Value, Mismatch> {
        Ok(Value::Bool(b))
    }
    fn serialize_f32(self, f: f32) -> Result<Value, Mismatch> {
        Ok(Value::Float(f64::from(f)))
    }
    fn serialize_f64(self, f: f64) -> Result<Value, Mismatch> {
        Ok(Value::Float(f))
    }
    fn serialize_char(self, c: char) -> Result<Value, Mismatch> {
        Ok(Value::from(c.to_string()))
    }
    fn serialize_str(self, text: &str) -> Result<Value, Mismatch> {
        Ok(Value::text(text))
    }
    fn serialize_bytes(self, bytes: &[u8]) -> Result<Value, Mismatch> {
        Ok(bytes.iter().map(|b| Value::Int(i64::from(*b))).collect::<Vec<_>>().into())
    }
    fn serialize_none(self) -> Result<Value, Mismatch> {
        Ok(Value::Null)
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, Mismatch> {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Result<Value, Mismatch> {
        Ok(Value::Null)
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, Mismatch> {
        Ok(Value::Null)
    }
    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
    ) -> Result<Value, Mismatch> {
        Ok(Value::text(name))
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Value, Mismatch> {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        value: &T,
    ) -> Result<Value, Mismatch> {
        let mut map = Map::new();
        map.insert(name, value.serialize(Self)?);
        Ok(map.into())
    }
    fn serialize_seq(self, len: Option<usize>) -> Result<List, Mismatch> {
        Ok(List(Vec::with_capacity(len.unwrap_or(0))))
    }
    fn serialize_tuple(self, len: usize) -> Result<List, Mismatch> {
        self.serialize_seq(Some(len))
    }
    fn serialize_tuple_struct(self, _: &'static str, len: usize) -> Result<List, Mismatch> {
        self.serialize_seq(Some(len))
    }
    fn serialize_tuple_variant(
        self,
        name: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Mismatch> {
        Err(Mismatch(name.to_owned()))
    }
    fn serialize_map(self, len: Option<usize>) -> Result<Fields, Mismatch> {
        Ok(Fields { map: Map::with_capacity(len.unwrap_or(0)), key: None })
    }
    fn serialize_struct(self, _: &'static str, len: usize) -> Result<Fields, Mismatch> {
        self.serialize_map(Some(len))
    }
    fn serialize_struct_variant(
        self,
        name: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Mismatch> {
        Err(Mismatch(name.to_owned()))
    }
}

impl ser::SerializeSeq for List {
    type Ok = Value;
    type Error = Mismatch;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Mismatch> {
        self.0.push(value.serialize(ToValue)?);
        Ok(())
    }
    fn end(self) -> Result<Value, Mismatch> {
        Ok(self.0.into())
    }
}

impl ser::SerializeTuple for List {
    type Ok = Value;
    type Error = Mismatch;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Mismatch> {
        ser::SerializeSeq::serialize_element(self, value)
    }
    fn end(self) -> Result<Value, Mismatch> {
        Ok(self.0.into())
    }
}

impl ser::SerializeTupleStruct for List {
    type Ok = Value;
    type Error = Mismatch;
    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Mismatch> {
        ser::SerializeSeq::serialize_element(self, value)
    }
    fn end(self) -> Result<Value, Mismatch> {
        Ok(self.0.into())
    }
}

impl ser::SerializeMap for Fields {
    type Ok = Value;
    type Error = Mismatch;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Mismatch> {
        self.key = key.serialize(ToValue)?.as_str().map(str::to_owned);
        Ok(())
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Mismatch> {
        let key = self.key.take().ok_or_else(|| Mismatch("a key that is no text".into()))?;
        self.map.push(key, value.serialize(ToValue)?);
        Ok(())
    }
    fn end(self) -> Result<Value, Mismatch> {
        Ok(self.map.into())
    }
}

impl ser::SerializeStruct for Fields {
    type Ok = Value;
    type Error = Mismatch;
    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Mismatch> {
        self.map.push(key, value.serialize(ToValue)?);
        Ok(())
    }
    fn end(self) -> Result<Value, Mismatch> {
        Ok(self.map.into())
    }
}

#[derive(Clone, Copy)]
struct FromValue<'a>(&'a Value);

impl<'de> IntoDeserializer<'de, Mismatch> for FromValue<'de> {
    type Deserializer = Self;
    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for FromValue<'de> {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(b) => visitor.visit_bool(*b),
            Value::Int(i) => visitor.visit_i64(*i),
            Value::Float(f) => visitor.visit_f64(*f),
            Value::Text(text) => visitor.visit_borrowed_str(text),
            Value::Array(list) => {
                visitor.visit_seq(SeqDeserializer::new(list.iter().map(FromValue)))
            }
            Value::Object(map) => {
                visitor.visit_map(MapDeserializer::new(map.iter().map(|(k, v)| (k, FromValue(v)))))
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        match self.0 {
            Value::Text(name) => visitor.visit_enum(Variant { name, value: &Value::Null }),
            Value::Object(map) => match map.iter().next() {
                Some((name, value)) => visitor.visit_enum(Variant { name, value }),
                None => Err(Mismatch("an empty map for a choice".into())),
            },
            _ => Err(Mismatch("no choice".into())),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

struct Variant<'a> {
    name: &'a str,
    value: &'a Value,
}

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = Mismatch;
    type Variant = FromValue<'de>;
    fn variant_seed<S: serde::de::DeserializeSeed<'de>>(
        self,
        seed: S,
    ) -> Result<(S::Value, Self::Variant), Mismatch> {
        let name: serde::de::value::StrDeserializer<'_, Mismatch> = self.name.into_deserializer();
        Ok((seed.deserialize(name)?, FromValue(self.value)))
    }
}

impl<'de> VariantAccess<'de> for FromValue<'de> {
    type Error = Mismatch;
    fn unit_variant(self) -> Result<(), Mismatch> {
        Ok(())
    }
    fn newtype_variant_seed<T: serde::de::DeserializeSeed<'de>>(
        self,
        seed: T,
    ) -> Result<T::Value, Mismatch> {
        seed.deserialize(self)
    }
    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_any(visitor)
    }
    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.deserialize_any(visitor)
    }
}
