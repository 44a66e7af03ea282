//! How records stand in storage: `cw<schema> <checksum> <json>`. The checksum is the first half of
//! an MD5 (the crate is in the package anyway, for item keys), over schema and JSON text.

use super::migrate;
use crate::value::{Value, json};
use md5::{Digest, Md5};

/// The schema this version writes. Older ones are migrated when read, newer ones are left alone.
pub const SCHEMA: u32 = 1;

/// A record as it was found.
#[derive(Clone, Debug, PartialEq)]
pub enum Stored {
    /// A whole record, migrated to [`SCHEMA`].
    Whole(Value),
    /// Not a record of ours, or not a whole one.
    Corrupt,
    /// Written by a newer version of this package.
    Newer,
}

/// Writes a record.
pub fn seal(value: &Value) -> String {
    let text = json::write(value);
    format!("cw{SCHEMA} {} {text}", checksum(SCHEMA, &text))
}

/// Reads a record. Whatever is not exactly what [`seal`] wrote, now or in an older schema, is
/// [`Stored::Corrupt`].
pub fn unseal(key: &str, raw: &str) -> Stored {
    let Some((schema, sum, text)) = parts(raw) else { return Stored::Corrupt };
    if checksum(schema, text) != sum {
        return Stored::Corrupt;
    }
    if schema > SCHEMA {
        return Stored::Newer;
    }
    json::read(text)
        .and_then(|value| migrate::to_current(schema, key, value))
        .map_or(Stored::Corrupt, Stored::Whole)
}

/// Whether JSON carries it whole: it has no name for numbers beyond all bounds.
pub(super) fn reads_as_written(value: &Value) -> bool {
    match value {
        Value::Float(number) => number.is_finite(),
        Value::Array(list) => list.iter().all(reads_as_written),
        Value::Object(map) => map.values().all(reads_as_written),
        _ => true,
    }
}

fn parts(raw: &str) -> Option<(u32, &str, &str)> {
    let (schema, rest) = raw.strip_prefix("cw")?.split_once(' ')?;
    let (sum, text) = rest.split_once(' ')?;
    Some((schema.parse().ok()?, sum, text))
}

fn checksum(schema: u32, text: &str) -> String {
    let mut digest = Md5::new();
    digest.update(schema.to_le_bytes());
    digest.update(text.as_bytes());
    super::random::hex(&digest.finalize(), 16)
}
