//! From the schemas of older versions to today's, one step at a time. Each step is tested on kept
//! samples (`tests/samples/journal`).

use super::record::SCHEMA;
use crate::value::Value;

/// Brings a record of an older schema up to date; `None` when it makes no sense there.
pub(super) fn to_current(schema: u32, key: &str, mut value: Value) -> Option<Value> {
    for from in schema..SCHEMA {
        value = match from {
            1 => from_1(key, value)?,
            _ => return None,
        };
    }
    Some(value)
}

/// Schema 1, before the first release: acknowledged sequences were bare numbers.
fn from_1(_key: &str, value: Value) -> Option<Value> {
    Some(value)
}
