//! How what records are made of is kept: texts, numbers, amounts, lists.

use super::record::{Fields, Record, Unfit, fresh};
use super::{Map, Value};
use crate::woo::number;
use rust_decimal::Decimal;
use std::sync::Arc;

impl Record for Value {
    fn fill(&mut self, value: &Value) -> Result<(), Unfit> {
        *self = value.clone();
        Ok(())
    }
    fn write(&self) -> Value {
        self.clone()
    }
}

/// Puts what was read into its place.
fn put<T>(slot: &mut T, read: Option<T>, expected: &'static str) -> Result<(), Unfit> {
    *slot = read.ok_or_else(|| Unfit::expected(expected))?;
    Ok(())
}

impl Record for Map {
    fn fill(&mut self, value: &Value) -> Result<(), Unfit> {
        *self = Fields::of(value)?.map.cloned().unwrap_or_default();
        Ok(())
    }
    fn write(&self) -> Value {
        self.clone().into()
    }
}

impl Record for String {
    fn fill(&mut self, value: &Value) -> Result<(), Unfit> {
        put(self, value.as_str().map(str::to_owned), "a text")
    }
    fn write(&self) -> Value {
        self.as_str().into()
    }
}

impl Record for Arc<str> {
    fn fill(&mut self, value: &Value) -> Result<(), Unfit> {
        let text = if let Value::Text(text) = value { Some(Self::clone(text)) } else { None };
        put(self, text, "a text")
    }
    fn write(&self) -> Value {
        Self::clone(self).into()
    }
}

impl Record for bool {
    fn fill(&mut self, value: &Value) -> Result<(), Unfit> {
        put(self, value.as_bool(), "true or false")
    }
    fn write(&self) -> Value {
        Value::Bool(*self)
    }
}

impl Record for f64 {
    fn fill(&mut self, value: &Value) -> Result<(), Unfit> {
        put(self, value.as_f64(), "a number")
    }
    fn write(&self) -> Value {
        Value::Float(*self)
    }
}

#[allow(clippy::cast_possible_truncation)]
fn whole_number(value: &Value) -> Option<i64> {
    match value {
        Value::Int(i) => Some(*i),
        Value::Float(f) if f.fract() == 0.0 && f.abs() < 9.1e15 => Some(*f as i64),
        _ => None,
    }
}

impl Record for i64 {
    fn fill(&mut self, value: &Value) -> Result<(), Unfit> {
        put(self, whole_number(value), "a whole number")
    }
    fn write(&self) -> Value {
        Value::Int(*self)
    }
}

macro_rules! unsigned {
    ($($type:ty),*) => {$(
        impl Record for $type {
            fn fill(&mut self, value: &Value) -> Result<(), Unfit> {
                let number = whole_number(value).and_then(|number| number.try_into().ok());
                put(self, number, "a whole number that is not so large")
            }
            fn write(&self) -> Value {
                i64::try_from(*self).map_or(Value::Null, Value::Int)
            }
        }
    )*};
}
unsigned!(u8, u16, u32, u64);

/// An amount as PHP and JavaScript write it, `1.5e-7` included; digits that a decimal has no room
/// for are cut off. The library's own readers of those forms bring its arithmetic along.
fn decimal(text: &str) -> Option<Decimal> {
    /// So many digits always fit.
    const MOST: usize = 28;
    if let Ok(amount) = Decimal::from_str_exact(text) {
        return Some(amount);
    }
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent: i8 = exponent.parse().ok().filter(|exponent| (-28..=28).contains(exponent))?;
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let places = usize::try_from(28 + exponent).ok()?.min(MOST.saturating_sub(whole.len()));
    let part = part.get(..places).unwrap_or(part);
    let (mut all, is_digit) = (digits.bytes(), |digit: u8| digit.is_ascii_digit());
    if !all.any(is_digit) || !part.bytes().all(is_digit) {
        return None;
    }
    let scale = i64::try_from(part.len()).ok()? - i64::from(exponent);
    let zeros = "0".repeat(usize::try_from(-scale).unwrap_or(0));
    let mut amount = Decimal::from_str_exact(&[whole, part, &zeros].concat()).ok()?;
    amount.set_scale(u32::try_from(scale).unwrap_or(0)).ok()?;
    Some(amount)
}

/// A decimal amount, kept as text; a number will do.
impl Record for Decimal {
    fn fill(&mut self, value: &Value) -> Result<(), Unfit> {
        let text = match value {
            Value::Text(text) => text.to_string(),
            Value::Int(i) => i.to_string(),
            Value::Float(f) => number::json(*f),
            _ => String::new(),
        };
        put(self, decimal(&text), "a decimal amount")
    }
    fn write(&self) -> Value {
        self.to_string().into()
    }
}

impl<T: Record + Default> Record for Option<T> {
    fn fill(&mut self, value: &Value) -> Result<(), Unfit> {
        *self = None;
        match value {
            Value::Null => Ok(()),
            given => self.insert(fresh()).fill(given),
        }
    }
    fn write(&self) -> Value {
        self.as_ref().map_or(Value::Null, Record::write)
    }
}

impl<T: Record + Default> Record for Vec<T> {
    fn fill(&mut self, value: &Value) -> Result<(), Unfit> {
        self.clear();
        fill_list(value, &mut |value| self.push_mut(fresh()).fill(value))
    }
    fn write(&self) -> Value {
        write_list(self.len(), &|at| self.get(at).map(Record::write))
    }
}

fn fill_list(value: &Value, add: &mut dyn FnMut(&Value) -> Result<(), Unfit>) -> Result<(), Unfit> {
    let list = value.as_array().ok_or_else(|| Unfit::expected("a list"))?;
    for (at, value) in list.iter().enumerate() {
        add(value).map_err(|unfit| unfit.inside(&at.to_string()))?;
    }
    Ok(())
}

/// Reads a map's entries one by one.
pub(crate) fn fill_map(
    value: &Value,
    add: &mut dyn FnMut(&str, &Value) -> Result<(), Unfit>,
) -> Result<(), Unfit> {
    let map = Fields::of(value)?.map;
    let mut entries = map.into_iter().flat_map(Map::iter);
    entries.try_for_each(|(name, value)| add(name, value).map_err(|unfit| unfit.inside(name)))
}

fn write_list(length: usize, entry: &dyn Fn(usize) -> Option<Value>) -> Value {
    let mut list = Vec::with_capacity(length);
    list.extend((0..length).filter_map(entry));
    list.into()
}

impl<A: Record, B: Record> Record for (A, B) {
    fn fill(&mut self, value: &Value) -> Result<(), Unfit> {
        match value.as_array() {
            Some([a, b]) => {
                self.0.fill(a)?;
                self.1.fill(b)
            }
            _ => Err(Unfit::expected("a pair")),
        }
    }
    fn write(&self) -> Value {
        vec![self.0.write(), self.1.write()].into()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Record;
    use rust_decimal::Decimal;

    #[test]
    fn amounts_may_have_an_exponent() {
        for (text, amount) in [
            ("1.5e-7", "0.00000015"),
            ("-2E3", "-2000"),
            ("1.25e1", "12.5"),
            ("1e28", "10000000000000000000000000000"),
            ("2.710505431213761e-20", "0.0000000000000000000271050543"),
            ("0.1428571428571428571428571428571", "0.142857142857142857142857142"),
        ] {
            let read = Decimal::read(&text.into()).map(|amount| amount.to_string());
            assert_eq!(read, Ok(amount.to_owned()));
        }
        for text in ["", "e5", "-e5", "1e", "1e99", "1e-29", "e", "1.5.5", "1.5.5e1", "1e1.5", "x"]
        {
            assert!(Decimal::read(&text.into()).is_err(), "{text}");
        }
    }
}
