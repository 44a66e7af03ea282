//! What sync needs to know of a cart document, whatever profile it is written in
//! (`spec/cocart-v2.md` 2.2, 2.4, 2.6): lists or keyed maps, `[]` for an empty map, quantities as
//! a map or as a bare number.

use crate::cart::AddItem;
use crate::value::{Map, Value};
use crate::woo::text::is_letter;
use crate::woo::{builtin, number};

/// A line as the server shows it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) key: String,
    /// Variation id, else product id.
    pub(super) id: i64,
    pub(super) quantity: f64,
    pub(super) name: String,
    pub(super) price: Value,
    /// What is shown of the item data: empty values are left out, plugins' data may be added.
    pub(super) item_data: Map,
    /// Labels → names.
    pub(super) variation: Map,
}

/// A whole cart as the server shows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Parsed {
    pub(super) cart_key: String,
    pub(super) lines: Vec<Line>,
    pub(super) removed: Vec<Line>,
    pub(super) coupons: Vec<String>,
    pub(super) fees: Vec<String>,
}

impl Line {
    /// Whether both are the same line, if a plugin changes keys.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.key == other.key
            || (self.id, &self.item_data, &self.variation)
                == (other.id, &other.item_data, &other.variation)
    }
}

impl Parsed {
    /// The quantity of a line, 0 where there is none.
    pub(super) fn quantity(&self, key: &str) -> f64 {
        self.line(key).map_or(0.0, |line| line.quantity)
    }

    /// The line with this key.
    pub(super) fn line(&self, key: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.key == key)
    }

    /// Whether nothing is in it.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

/// Reads a cart document; `None` when it is none (another document, half of one, an error).
pub(super) fn parse(document: &Value) -> Option<Parsed> {
    let map = document.as_object()?;
    // a line with quantity 0 is on its way out (`v2_update_cart_quantities#4`)
    let lines = lines(map.get("items")?)?.into_iter().filter(|line| line.quantity > 0.0).collect();
    let removed = map.get("removed_items").and_then(self::lines).unwrap_or_default();
    Some(Parsed {
        cart_key: map.get("cart_key").map(text).unwrap_or_default(),
        lines,
        removed,
        coupons: names(map.get("coupons"), "coupon"),
        fees: names(map.get("fees"), "name"),
    })
}

fn lines(items: &Value) -> Option<Vec<Line>> {
    match items {
        Value::Array(list) => list.iter().map(|item| line("", item)).collect(),
        Value::Object(map) => map.iter().map(|(key, item)| line(key, item)).collect(),
        _ => None,
    }
}

fn line(key: &str, item: &Value) -> Option<Line> {
    let own = item.get("item_key").and_then(Value::as_str).filter(|own| !own.is_empty());
    let quantity = item.get("quantity")?;
    let item_data = map_of(item.get("cart_item_data"));
    let variation = item.pointer("/meta/variation").or_else(|| item.get("variation"));
    let key = own.unwrap_or(key);
    (!key.is_empty()).then(|| Line {
        key: key.to_owned(),
        id: item.get("id").and_then(number).map_or(0, whole),
        quantity: number(quantity.get("value").unwrap_or(quantity)).unwrap_or(0.0),
        name: item.get("name").map(text).unwrap_or_default(),
        price: item.get("price").cloned().unwrap_or_default(),
        item_data,
        variation: map_of(variation),
    })
}

fn names(list: Option<&Value>, field: &str) -> Vec<String> {
    let entries: Vec<&Value> = match list {
        Some(Value::Array(list)) => list.iter().collect(),
        Some(Value::Object(map)) => map.values().collect(),
        _ => Vec::new(),
    };
    entries.into_iter().filter_map(|entry| entry.get(field)).map(text).collect()
}

fn map_of(value: Option<&Value>) -> Map {
    value.and_then(Value::as_object).cloned().unwrap_or_default()
}

/// A number, also when written as text.
pub(super) fn number(value: &Value) -> Option<f64> {
    let number = match value {
        Value::Text(text) => crate::woo::number::exact(text.trim())?,
        other => other.as_f64()?,
    };
    f64::is_finite(number).then_some(number)
}

#[allow(clippy::cast_possible_truncation)]
fn whole(number: f64) -> i64 {
    number as i64
}

/// A scalar as PHP would print it in a name.
fn text(value: &Value) -> String {
    match value {
        Value::Text(text) => text.to_string(),
        Value::Int(i) => i.to_string(),
        Value::Float(f) => number::text14(*f),
        Value::Bool(true) => "1".into(),
        _ => String::new(),
    }
}

/// Whether `line` can be what `add` made. Ids and item data must agree; values that PHP calls
/// empty are not shown, and plugins may have added data (`spec/cocart-v2.md` 2.6).
fn is_made_by(line: &Line, id: i64, add: &AddItem) -> bool {
    let shown = |key: &str, value: &Value| {
        is_empty(value) || line.item_data.get(key).is_some_and(|shown| same(shown, value))
    };
    line.id == id && add.item_data.iter().all(|(key, value)| shown(key, value))
}

/// The one of `lines` that `add` made: where ids and item data leave several, the shown
/// attributes decide.
pub(super) fn made_by<'a>(
    lines: impl Iterator<Item = &'a Line>,
    id: i64,
    add: &AddItem,
) -> Option<&'a Line> {
    let made: Vec<&Line> = lines.filter(|line| is_made_by(line, id, add)).collect();
    let agrees = |line: &&&Line| add.variation.iter().all(|(_, value)| value_agrees(line, value));
    made.iter().find(agrees).or_else(|| made.first()).copied()
}

/// A chosen attribute is shown by its term's name under a label we do not know; an agreeing one
/// has the same letters and digits. Lines that show none (own attributes only) agree with any.
fn value_agrees(line: &Line, value: &Value) -> bool {
    let plain = |value: &Value| -> String {
        let letters: String = text(value).chars().filter(|c| is_letter(*c)).collect();
        builtin::lower(&letters)
    };
    let wanted = plain(value);
    line.variation.is_empty()
        || wanted.is_empty()
        || line.variation.values().any(|shown| plain(shown) == wanted)
}

fn same(a: &Value, b: &Value) -> bool {
    a == b || (!matches!(a, Value::Array(_) | Value::Object(_)) && text(a) == text(b))
}

/// What PHP's `empty()` says of a JSON value.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) | Value::Int(0) => true,
        Value::Float(f) => *f == 0.0,
        Value::Text(text) => text.is_empty() || &**text == "0",
        Value::Array(list) => list.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::Bool(true) | Value::Int(_) => false,
    }
}

/// How a line the server showed could be added again when nobody remembers how it was added.
pub(super) fn recipe(line: &Line) -> AddItem {
    AddItem {
        id: line.id.to_string(),
        quantity: line.quantity,
        item_data: line.item_data.clone(),
        ..AddItem::default()
    }
}

/// The smallest document that says the same about the lines: for storage that is nearly full.
pub(super) fn compact(document: &Value) -> Value {
    let Some(parsed) = parse(document) else { return Value::Null };
    let small = |line: &Line| -> Value {
        crate::map! {
            "item_key": line.key.as_str(),
            "id": line.id,
            "name": line.name.as_str(),
            "price": line.price.clone(),
            "quantity": crate::map! { "value": line.quantity },
            "cart_item_data": line.item_data.clone(),
            "meta": crate::map! { "variation": line.variation.clone() },
        }
        .into()
    };
    let coupons: Vec<Value> =
        parsed.coupons.iter().map(|code| crate::map! { "coupon": code.as_str() }.into()).collect();
    crate::map! {
        "cart_key": parsed.cart_key.as_str(),
        "items": parsed.lines.iter().map(small).collect::<Vec<_>>(),
        "coupons": coupons,
        "compacted": true,
    }
    .into()
}

#[cfg(test)]
mod tests {
    use super::{Line, compact, made_by, parse, recipe};
    use crate::cart::AddItem;
    use crate::map;
    use crate::value::{Map, Value};

    fn made(key: &str, item_data: Map, variation: Map) -> Line {
        let item = map! {
            "item_key": key, "id": 9i64, "quantity": 2i64, "cart_item_data": item_data,
            "meta": map! { "variation": variation },
        };
        super::line("", &item.into()).unwrap()
    }

    #[test]
    fn a_cart_is_read_whether_its_parts_are_lists_or_maps() {
        let price = Value::text("1000");
        let line = map! { "id": 3i64, "quantity": 2i64, "name": 7i64, "price": price.clone() };
        let leaving = map! { "id": 4i64, "quantity": map! { "value": 0i64 } };
        let document = map! {
            "cart_key": 42i64,
            "items": map! { "a": line, "b": leaving },
            "coupons": map! { "x": map! { "coupon": "ten" } },
            "fees": map! { "y": map! { "name": 1.5 }, "z": map! { "name": true } },
        };
        let read = parse(&document.clone().into()).unwrap();
        let keys: Vec<&str> = read.lines.iter().map(|line| line.key.as_str()).collect();
        assert_eq!((read.cart_key.as_str(), keys), ("42", vec!["a"]));
        assert_eq!((read.lines[0].name.as_str(), &read.lines[0].price), ("7", &price));
        assert_eq!(
            (read.coupons.clone(), &read.fees),
            (vec!["ten".to_owned()], &vec!["1.5".into(), "1".to_owned()])
        );
        let small = parse(&compact(&document.into())).unwrap();
        assert_eq!((small.lines, small.coupons), (read.lines, read.coupons));
    }

    #[test]
    fn a_line_is_known_by_its_item_data_as_php_shows_it() {
        let is_made_by = |shown: Value, posted: Value| {
            let line = made("k", map! { "note": shown }, Map::new());
            let add = AddItem { item_data: map! { "note": posted }, ..AddItem::default() };
            made_by([&line].into_iter(), 9, &add).is_some()
        };
        let list = |number: i64| Value::from(vec![Value::from(number)]);
        assert!(is_made_by("5".into(), 5i64.into()) && is_made_by(list(1), list(1)));
        assert!(!is_made_by("x".into(), "y".into()) && !is_made_by(list(1), list(2)));
        // what PHP calls empty is not shown
        let nothing = [Value::Null, false.into(), 0i64.into(), 0.0.into(), "".into(), "0".into()];
        for empty in nothing.into_iter().chain([Value::empty_array(), Map::new().into()]) {
            assert!(is_made_by("other".into(), empty.clone()));
        }
        for full in [true.into(), 1i64.into(), 1.5.into(), "a".into(), list(0)] {
            assert!(!is_made_by("other".into(), Value::clone(&full)));
        }
    }

    #[test]
    fn where_ids_leave_several_lines_the_attributes_decide() {
        let colour = |name: &str| map! { "Colour": name };
        let lines = [
            made("green", Map::new(), colour("Green")),
            made("blue", Map::new(), colour("Royal Blue")),
            made("plain", Map::new(), Map::new()),
        ];
        let chosen = |from: &[Line], colour: &str| {
            let variation = map! { "attribute_pa_colour": colour };
            let add = AddItem { variation, ..AddItem::default() };
            made_by(from.iter(), 9, &add).map(|line| line.key.clone()).unwrap()
        };
        assert_eq!(chosen(&lines, "royal-blue"), "blue");
        assert_eq!(chosen(&lines, ""), "green");
        // a line that shows no attribute agrees with any
        assert_eq!(chosen(&lines, "red"), "plain");
        assert_eq!(chosen(&lines[..2], "red"), "green");
    }

    #[test]
    fn a_line_nobody_remembers_is_added_as_it_is_shown() {
        let data = map! { "engraving": "Ann" };
        let add = AddItem {
            id: "9".into(),
            quantity: 2.0,
            item_data: data.clone(),
            ..AddItem::default()
        };
        assert_eq!(recipe(&made("k", data, Map::new())), add);
    }
}
