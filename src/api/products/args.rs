//! The parameters that lists take, checked as WordPress does (`spec/cocart-v2.md` 2.8).

use crate::api::params::{Arg, Fault, Kind, arg};
use crate::api::{Response, params};
use crate::value::{Map, Value};
use crate::woo::{find, number};

/// What a parameter has to be.
#[derive(Clone, Copy, Debug)]
pub(super) enum Rule {
    Text,
    Boolean,
    /// A whole number.
    Whole,
    /// A whole number from 1 on.
    Count,
    /// A whole number from 1 to 100.
    Size,
    /// A date with its time.
    Moment,
    /// One of the texts that `|` parts.
    OneOf(&'static str),
    /// Ids, as a list or with commas between them; nothing is refused.
    Ids,
    /// Whole numbers, as a list or with commas between them.
    Numbers,
    /// A list of [`FILTER`]s.
    Filters,
    /// One [`FILTER`].
    Filter,
}

/// A declared parameter.
#[derive(Clone, Copy, Debug)]
pub(super) struct Declared {
    pub(super) name: &'static str,
    rule: Rule,
    /// Whether no validator of its own looks at it before the types of the others are checked.
    late: bool,
}

/// The parameters that a route declares: a table that it shares, without some of them.
#[derive(Clone, Copy)]
pub(super) struct Declaration {
    pub(super) table: &'static [Declared],
    pub(super) without: &'static [&'static str],
}

impl Declaration {
    pub(super) const NONE: Self = Self { table: &[], without: &[] };

    fn has(self, arg: &Declared) -> bool {
        !self.without.contains(&arg.name)
    }

    /// The parameter of a name.
    pub(super) fn named(self, name: &str) -> Option<&'static Declared> {
        self.table.iter().find(|arg| arg.name == name && self.has(arg))
    }
}

const fn early(name: &'static str, rule: Rule) -> Declared {
    Declared { name, rule, late: false }
}

const fn late(name: &'static str, rule: Rule) -> Declared {
    Declared { name, rule, late: true }
}

const ORDERS: &str = "date|id|menu_order|include|title|slug|name|popularity|alphabetical|\
    reverse_alpha|by_stock|review_count|on_sale_first|featured_first|price_asc|price_desc|sales|\
    rating";

const OPERATORS: &str = "in|not in|and";

/// The parameters of products and variations, in the server's order.
pub(super) const PRODUCTS: &[Declared] = &[
    early("context", Rule::OneOf("view")),
    early("page", Rule::Count),
    early("per_page", Rule::Size),
    early("search", Rule::Text),
    early("slug", Rule::Text),
    early("after", Rule::Moment),
    early("before", Rule::Moment),
    early("type", Rule::OneOf("simple|grouped|external|variable|variation")),
    early("sku", Rule::Text),
    early("hide_free", Rule::Boolean),
    early("featured", Rule::Boolean),
    early("category", Rule::Text),
    early("category_operator", Rule::OneOf(OPERATORS)),
    early("tag", Rule::Text),
    early("tag_operator", Rule::OneOf(OPERATORS)),
    early("stock_status", Rule::OneOf("instock|outofstock|onbackorder")),
    early("on_sale", Rule::Boolean),
    early("min_price", Rule::Text),
    early("max_price", Rule::Text),
    early("show_reviews", Rule::Boolean),
    early("return_variations", Rule::Boolean),
    late("attributes", Rule::Filters),
    early("attribute_relation", Rule::OneOf("in|and")),
    early("catalog_visibility", Rule::OneOf("any|visible|catalog|search|hidden")),
    late("rating", Rule::Ids),
    late("offset", Rule::Whole),
    early("orderby", Rule::OneOf(ORDERS)),
    late("exclude", Rule::Ids),
    late("include", Rule::Ids),
    late("parent", Rule::Ids),
    late("parent_exclude", Rule::Ids),
];

/// What a filter by an attribute may say.
const FILTER: &[Declared] = &[
    early("attribute", Rule::Text),
    early("term_id", Rule::Numbers),
    early("operator", Rule::OneOf(OPERATORS)),
];

/// The parameters of categories, tags and attributes' terms.
pub(super) const TERMS: &[Declared] = &[
    early("context", Rule::OneOf("view")),
    early("page", Rule::Count),
    early("per_page", Rule::Size),
    early("search", Rule::Text),
    late("exclude", Rule::Ids),
    late("include", Rule::Ids),
    early("offset", Rule::Whole),
    early("order", Rule::OneOf("asc|desc")),
    early("orderby", Rule::OneOf("id|include|name|slug|term_group|description|count")),
    early("hide_empty", Rule::Boolean),
    early("parent", Rule::Whole),
    early("product", Rule::Whole),
    early("slug", Rule::Text),
];

/// The parameters of a single document.
pub(super) const ONE: &[Declared] = &[early("context", Rule::OneOf("view"))];

const REVIEW_CONTEXT: Declared = early("context", Rule::OneOf("view|edit"));

/// The parameters of a single review.
pub(super) const REVIEW: &[Declared] = &[REVIEW_CONTEXT];

/// The parameters of reviews, in the server's order.
pub(super) const REVIEWS: &[Declared] = &[
    late("product_id", Rule::Whole),
    late("id", Rule::Whole),
    REVIEW_CONTEXT,
    early("page", Rule::Count),
    early("per_page", Rule::Size),
    early("search", Rule::Text),
    late("after", Rule::Moment),
    late("before", Rule::Moment),
    late("exclude", Rule::Numbers),
    late("include", Rule::Numbers),
    late("offset", Rule::Whole),
    late("order", Rule::OneOf("asc|desc")),
    late("orderby", Rule::OneOf("date|date_gmt|id|include|product")),
    late("reviewer", Rule::Numbers),
    late("reviewer_exclude", Rule::Numbers),
    late("product", Rule::Numbers),
];

/// What a review has to have.
pub(super) const NEW_REVIEW: &[Arg] = &[
    arg("product_id", Kind::Integer).required(),
    arg("reviewer", Kind::Text).required(),
    arg("reviewer_email", Kind::Text).required(),
    arg("review", Kind::Text).required(),
    arg("rating", Kind::Integer),
];

/// Checks the posted parameters: the validators first, then the types of the rest, as they were
/// posted.
pub(super) fn check(posted: &Map, declared: Declaration) -> Result<(), Response> {
    let judged = |arg: &Declared, value: &Value| {
        let value = Some(value).filter(|value| **value != Value::Null)?;
        Some((arg.name, fault(arg.name, arg.rule, value)?))
    };
    let early = declared.table.iter().filter(|arg| !arg.late && declared.has(arg));
    let early: Vec<_> = early.filter_map(|arg| judged(arg, posted.get(arg.name)?)).collect();
    if !early.is_empty() {
        return Err(params::invalid_params(early));
    }
    let late = posted
        .iter()
        .filter_map(|(name, value)| judged(declared.named(name).filter(|arg| arg.late)?, value));
    let late: Vec<_> = late.collect();
    if late.is_empty() { Ok(()) } else { Err(params::invalid_params(late)) }
}

fn fault(name: &str, rule: Rule, value: &Value) -> Option<Fault> {
    let text = params::text_of(value);
    let wrong = match (rule, text.as_deref()) {
        (Rule::Text | Rule::Moment | Rule::OneOf(_), None) => of_type(name, "string"),
        (Rule::Moment, Some(text)) if !is_moment(text) => {
            Fault::Value("rest_invalid_date", "Invalid date.".to_owned())
        }
        (Rule::OneOf(allowed), Some(text)) if !allowed.split('|').any(|one| one == text) => {
            Fault::Value("rest_not_in_enum", not_in_enum(name, allowed))
        }
        (Rule::Boolean, text) => {
            let lower = text.map(str::to_ascii_lowercase);
            match (value, lower.as_deref()) {
                (Value::Bool(_), _)
                | (Value::Int(_), Some("0" | "1"))
                | (Value::Text(_), Some("true" | "false" | "0" | "1")) => return None,
                _ => of_type(name, "boolean"),
            }
        }
        (Rule::Whole | Rule::Count | Rule::Size, _) => match (whole(value), rule) {
            (None, _) => of_type(name, "integer"),
            (Some(number), Rule::Size) if !(LEAST..=MOST).contains(&number) => {
                let message =
                    format!("{name} must be between {LEAST} (inclusive) and {MOST} (inclusive)");
                Fault::Value(OUT_OF_BOUNDS, message)
            }
            (Some(..LEAST), Rule::Count) => {
                let message = format!("{name} must be greater than or equal to {LEAST}");
                Fault::Value(OUT_OF_BOUNDS, message)
            }
            _ => return None,
        },
        (Rule::Numbers, _) => return list_fault(name, Rule::Whole, value),
        (Rule::Filters, _) => return list_fault(name, Rule::Filter, value),
        (Rule::Filter, text) => match value {
            Value::Object(map) => {
                return map.iter().find_map(|(key, value)| {
                    let arg = FILTER.iter().find(|arg| arg.name == key)?;
                    fault(&format!("{name}[{key}]"), arg.rule, value)
                });
            }
            Value::Array(_) => return None,
            _ if text == Some("") => return None,
            _ => of_type(name, "object"),
        },
        _ => return None,
    };
    Some(wrong)
}

/// The first fault in a list; a text counts as a list with commas.
fn list_fault(name: &str, rule: Rule, value: &Value) -> Option<Fault> {
    let words: Vec<Value>;
    let elements = match value {
        Value::Object(map) if map.keys().any(|key| key.parse::<i64>().is_err()) => {
            return Some(of_type(name, "array"));
        }
        Value::Object(_) | Value::Array(_) => value.elements(),
        scalar => {
            words = params::words(scalar).iter().map(Value::text).collect();
            words.iter().collect()
        }
    };
    let mut elements = elements.into_iter().enumerate();
    elements.find_map(|(at, element)| fault(&format!("{name}[{at}]"), rule, element))
}

const OUT_OF_BOUNDS: &str = "rest_out_of_bounds";
/// The bounds of [`Rule::Count`] and [`Rule::Size`], as messages name them.
const LEAST: i64 = 1;
const MOST: i64 = 100;

fn of_type(place: &str, kind: &'static str) -> Fault {
    Fault::Type(place.to_owned(), kind)
}

fn not_in_enum(name: &str, allowed: &str) -> String {
    let allowed: Vec<&str> = allowed.split('|').collect();
    match allowed.as_slice() {
        [only] => format!("{name} is not {only}."),
        [first, second] => format!("{name} is not one of {first} and {second}."),
        [first @ .., last] => {
            format!("{name} is not one of {}, and {last}.", find::join(first, ", "))
        }
        [] => String::new(),
    }
}

/// A whole number, as PHP reads one.
pub(super) fn whole(value: &Value) -> Option<i64> {
    let number = match value {
        Value::Int(i) => return Some(*i),
        Value::Float(f) => *f,
        Value::Text(text) if number::is_numeric(text) => number::float_of(text),
        _ => return None,
    };
    #[allow(clippy::cast_possible_truncation)]
    let whole = number as i64;
    (number.fract() == 0.0).then_some(whole)
}

/// Ids, given as a list, a map or with commas or spaces between them; each of them once.
pub(super) fn ids(value: &Value) -> Vec<u64> {
    let mut ids = Vec::new();
    for word in params::words(value) {
        let id = number::int_of(&word).unsigned_abs();
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// `2024-06-01T00:00:00`, with a zone or without; the month and the rest have to be possible.
fn is_moment(text: &str) -> bool {
    let fits = |text: &str, shape: &str| {
        let is_as_wanted = |(got, want): (u8, u8)| match want {
            b'd' => got.is_ascii_digit(),
            b'T' => matches!(got, b'T' | b't' | b' '),
            b'+' => matches!(got, b'+' | b'-'),
            other => got == other,
        };
        text.len() == shape.len() && text.bytes().zip(shape.bytes()).all(is_as_wanted)
    };
    let Some((moment, zone)) = text.split_at_checked(19) else { return false };
    let zone = match zone.strip_prefix('.') {
        Some(fraction) => fraction.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => zone,
    };
    let is_within = |at: usize, most: u8| {
        moment.get(at..at + 2).and_then(|part| part.parse::<u8>().ok()).is_some_and(|n| n <= most)
    };
    fits(moment, "dddd-dd-ddTdd:dd:dd")
        && [(5, 12), (8, 31), (11, 24), (14, 59), (17, 60)]
            .iter()
            .all(|(at, most)| is_within(*at, *most))
        && ["", "Z", "+dd", "+dd:dd"].iter().any(|shape| fits(zone, shape))
}

/// A declared parameter as WordPress hands it on, for the links between pages.
pub(super) fn cleaned(name: &str, value: &Value, declared: Declaration) -> Option<Value> {
    Some(match declared.named(name).map(|arg| arg.rule) {
        Some(Rule::Boolean) => {
            let text = params::text_of(value).unwrap_or_default().to_ascii_lowercase();
            // PHP's `false` is left out of an address
            if !(matches!(text.as_str(), "true" | "1") || *value == Value::Bool(true)) {
                return None;
            }
            "1".into()
        }
        Some(Rule::Whole) => Value::Int(whole(value)?),
        Some(Rule::Count | Rule::Size) => Value::Int(whole(value)?.abs()),
        Some(Rule::Ids | Rule::Numbers) => {
            let ids = ids(value).into_iter().map(|id| Value::Int(i64::try_from(id).unwrap_or(0)));
            ids.collect::<Vec<_>>().into()
        }
        _ => value.clone(),
    })
}
