//! From the schemas of older versions to today's, one step at a time. Samples of each schema are
//! kept in `tests/simulation/tests/samples` and opened by a test for ever.

use super::record::SCHEMA;
use crate::value::Value;

/// Takes a record of one schema to the next; told the record's key. `None` when it makes no sense.
type Step = fn(&str, Value) -> Option<Value>;

/// `STEPS[n]` takes schema `n + 1` to `n + 2`.
const STEPS: [Step; (SCHEMA - 1) as usize] = [];

/// Brings a record of an older schema up to date; `None` when it makes no sense there.
pub(super) fn to_current(schema: u32, key: &str, value: Value) -> Option<Value> {
    through(&STEPS, schema, key, value)
}

fn through(steps: &[Step], schema: u32, key: &str, value: Value) -> Option<Value> {
    let from = usize::try_from(schema.checked_sub(1)?).ok()?;
    steps.get(from..)?.iter().try_fold(value, |value, step| step(key, value))
}

#[cfg(test)]
mod tests {
    use super::{Step, through};
    use crate::value::Value;

    const STEPS: [Step; 3] = [
        |_, value| Some(Value::text(format!("{} 2", value.as_str()?))),
        |key, value| Some(Value::text(format!("{} 3({key})", value.as_str()?))),
        |_, value| value.as_str().filter(|text| !text.contains("bad")).map(Value::text),
    ];

    #[test]
    fn an_older_schema_is_migrated_step_by_step() {
        let from = |schema, text: &str| through(&STEPS, schema, "k", Value::text(text));
        assert_eq!(from(1, "1"), Some(Value::text("1 2 3(k)")));
        assert_eq!(from(3, "now"), Some(Value::text("now")));
        assert_eq!(from(4, "newest"), Some(Value::text("newest")));
    }

    #[test]
    fn what_makes_no_sense_is_not_migrated() {
        let from = |schema, text: &str| through(&STEPS, schema, "k", Value::text(text));
        assert_eq!(from(1, "bad"), None);
        assert_eq!(from(0, "schema 0 never was"), None);
        assert_eq!(through(&STEPS, 1, "k", Value::Null), None);
    }
}
