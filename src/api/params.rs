//! A request's parameters, merged and validated as WordPress does before any CoCart code runs
//! (`spec/cocart-v2.md` 2.8).

use super::{Body, Request, Response};
use crate::map;
use crate::value::{Map, Value, json};
use crate::woo::{builtin, find, number};
use std::sync::Arc;

/// PHP's limit of query and of form parameters; what follows is not read.
const MAX_INPUT_VARS: usize = 1000;

/// What a parameter has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A text.
    Text,
    /// A text that PHP reads as a number.
    NumericText,
    /// A whole number, or a text that is one.
    Integer,
    /// A map; a list will do.
    Object,
    /// A truth value.
    Boolean,
    /// Anything.
    Any,
}

impl Kind {
    /// Its name in a JSON schema.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Integer => "integer",
            Self::Object => "object",
            Self::Boolean => "boolean",
            Self::Text | Self::NumericText | Self::Any => "string",
        }
    }
}

/// A declared parameter.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arg {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// Whether it is only type-checked at the very end.
    pub(super) late: bool,
    pub(super) required: bool,
}

pub(super) const fn arg(name: &'static str, kind: Kind) -> Arg {
    Arg { name, kind, late: false, required: false }
}

/// A parameter whose type WordPress looks at last.
pub(super) const fn late(name: &'static str, kind: Kind) -> Arg {
    Arg { name, kind, late: true, required: false }
}

impl Arg {
    pub(super) const fn required(self) -> Self {
        Self { required: true, ..self }
    }
}

/// The merged parameters of a request.
#[derive(Clone, Debug, Default)]
pub(super) struct Params {
    /// Name → value, the body's before the query's.
    pub(super) merged: Map,
    /// The names that the body calls `null` and the query does not: the query's value counts,
    /// until WordPress looks at the types of all.
    null_names: Vec<String>,
}

impl From<Map> for Params {
    fn from(merged: Map) -> Self {
        Self { merged, null_names: Vec::new() }
    }
}

impl Params {
    /// Merges query and body, the body winning; `Err` for a body that is no JSON.
    pub(super) fn read(request: &Request) -> Result<Self, Response> {
        let query = request.query.iter().take(MAX_INPUT_VARS);
        let mut merged = nested(query.map(|(k, v)| (k.as_str(), v.as_str())));
        let mut null_names = Vec::new();
        match &request.body {
            Body::MalformedJson(fault) => return Err(invalid_json(*fault)),
            Body::Json(Value::Object(map)) => {
                let mut map = map.as_ref().clone();
                if !merged.is_empty() {
                    let is_null = |(name, value): &(&str, &Value)| {
                        **value == Value::Null && merged.contains(name)
                    };
                    let nulls = map.iter().filter(is_null);
                    null_names = nulls.map(|(name, _)| name.to_owned()).collect();
                    for name in &null_names {
                        map.remove(name);
                        // what CoCart has cleaned is an empty text by then
                        if is_cleaned(name) {
                            map.insert(name.clone(), "");
                        }
                    }
                    map = overlaid(&merged, &map);
                }
                merged = map;
            }
            Body::Form(form) => {
                let pairs = builtin::form(form);
                let pairs = pairs.iter().take(MAX_INPUT_VARS);
                let form = nested(pairs.map(|(k, v)| (k.as_str(), v.as_str())));
                merged = overlaid(&merged, &form);
            }
            Body::Json(_) | Body::Empty => {}
        }
        Ok(Self { merged, null_names })
    }

    /// Checks the declared parameters in WordPress's three stages.
    pub(super) fn check(&self, args: &[Arg]) -> Result<(), Response> {
        let missing: Vec<&str> = args
            .iter()
            .filter(|arg| {
                arg.required && matches!(self.merged.get(arg.name), None | Some(Value::Null))
            })
            .map(|arg| arg.name)
            .collect();
        if !missing.is_empty() {
            return Err(missing_params(&missing));
        }
        let early = args.iter().filter_map(|arg| {
            let value = self.merged.get(arg.name).filter(|value| **value != Value::Null)?;
            if arg.kind == Kind::NumericText {
                return (!is_numeric(value)).then_some((arg.name, Fault::Invalid));
            }
            (!arg.late && !fits(value, arg.kind)).then(|| (arg.name, of_type(arg)))
        });
        let early: Vec<(&str, Fault)> = early.collect();
        if !early.is_empty() {
            return Err(invalid_params(early));
        }
        let late = self.merged.iter().filter_map(|(name, value)| {
            let arg = args.iter().find(|arg| arg.name == name)?;
            let fits =
                fits(value, arg.kind) && !self.null_names.iter().any(|null| null == arg.name);
            (!is_cleaned(arg.name) && !fits).then(|| (arg.name, of_type(arg)))
        });
        let late: Vec<(&str, Fault)> = late.collect();
        if late.is_empty() { Ok(()) } else { Err(invalid_params(late)) }
    }

    /// A text parameter; numbers count in their digits.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        text_of(self.merged.get(name)?)
    }

    /// A parameter as a truth value.
    pub(super) fn flag(&self, name: &str) -> bool {
        self.flag_or(name, false)
    }

    /// A parameter as a truth value, with its default.
    pub(super) fn flag_or(&self, name: &str, default: bool) -> bool {
        match self.merged.get(name) {
            Some(Value::Bool(b)) => *b,
            Some(Value::Int(i)) => *i != 0,
            Some(Value::Text(text)) => {
                !matches!(text.to_ascii_lowercase().as_str(), "" | "0" | "false")
            }
            _ => default,
        }
    }

    /// A parameter as a map; a list is keyed by position.
    pub(super) fn map(&self, name: &str) -> Option<Map> {
        match self.merged.get(name)? {
            Value::Object(map) => Some(map.as_ref().clone()),
            Value::Array(list) => {
                Some(list.iter().enumerate().map(|(at, v)| (at.to_string(), v.clone())).collect())
            }
            _ => None,
        }
    }

    /// A numeric text as PHP's float; none where a cart cannot hold so much.
    pub(super) fn number(&self, name: &str) -> Option<f64> {
        match self.merged.get(name)? {
            Value::Text(text) => Some(number::float_of(text)),
            other => other.as_f64(),
        }
        .and_then(number::within_reason)
    }

    /// A whole number without its sign.
    pub(super) fn id(&self, name: &str) -> Option<u64> {
        let number = number_of(self.merged.get(name)?)?.abs();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Some(number as u64)
    }
}

/// Whether a part of a path is what WordPress's patterns call `[\w]+`.
pub(super) fn is_word(part: &str) -> bool {
    part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// The words of a list: its elements, or what commas and white space part in a text.
pub(super) fn words(list: &Value) -> Vec<String> {
    let Some(text) = text_of(list) else {
        return list.elements().into_iter().filter_map(text_of).collect();
    };
    let words = text.split(|c: char| c == ',' || c.is_ascii_whitespace());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A scalar as text.
pub(super) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::Null | Value::Bool(_) => None,
        scalar => scalar.scalar_text(),
    }
}

fn is_numeric(value: &Value) -> bool {
    number_of(value).is_some()
}

fn number_of(value: &Value) -> Option<f64> {
    match value {
        Value::Text(text) => number::is_numeric(text).then(|| number::float_of(text)),
        other => other.as_f64(),
    }
}

fn fits(value: &Value, kind: Kind) -> bool {
    match kind {
        Kind::Any => true,
        Kind::Text | Kind::NumericText => value.as_str().is_some(),
        Kind::Integer => number_of(value).is_some_and(|number| number.fract() == 0.0),
        Kind::Object => {
            matches!(value, Value::Object(_) | Value::Array(_)) || value.as_str() == Some("")
        }
        Kind::Boolean => match value {
            Value::Bool(_) | Value::Int(0 | 1) => true,
            Value::Text(text) => {
                matches!(text.to_ascii_lowercase().as_str(), "true" | "false" | "0" | "1")
            }
            _ => false,
        },
    }
}

/// What is wrong with a parameter.
pub(super) enum Fault {
    /// A validator of CoCart's own said no.
    Invalid,
    /// What stands at a place is of another type than this.
    Type(String, &'static str),
    /// A code, and what it says.
    Value(&'static str, String),
}

fn of_type(arg: &Arg) -> Fault {
    Fault::Type(arg.name.to_owned(), arg.kind.name())
}

pub(super) fn invalid_params(faults: Vec<(&'static str, Fault)>) -> Response {
    let names: Vec<&str> = faults.iter().map(|(name, _)| *name).collect();
    let message = format!("Invalid parameter(s): {}", find::join(&names, ", "));
    let mut params = Map::new();
    let mut details = Map::new();
    for (name, fault) in faults {
        let (code, message, data) = match fault {
            Fault::Invalid => {
                params.insert(name, "Invalid parameter.");
                continue;
            }
            Fault::Type(place, kind) => {
                let message = format!("{place} is not of type {kind}.");
                ("rest_invalid_type", message, map! { "param": place }.into())
            }
            Fault::Value(code, message) => (code, message, Value::Null),
        };
        params.insert(name, message.as_str());
        details.insert(name, map! { "code": code, "message": message, "data": data });
    }
    let data = map! { "status": 400i64, "params": params, "details": details.or_empty_array() };
    refused("rest_invalid_param", message, data)
}

fn missing_params(names: &[&str]) -> Response {
    let list: Vec<Value> = names.iter().map(Value::text).collect();
    refused(
        "rest_missing_callback_param",
        format!("Missing parameter(s): {}", find::join(names, ", ")),
        map! { "status": 400i64, "params": list },
    )
}

fn invalid_json(fault: json::Fault) -> Response {
    let (code, reason) = match fault {
        json::Fault::Depth => (1i64, "Maximum stack depth exceeded"),
        json::Fault::Control => (3, "Control character error, possibly incorrectly encoded"),
        json::Fault::Syntax => (4, "Syntax error"),
    };
    refused(
        "rest_invalid_json",
        "Invalid JSON body passed.".to_owned(),
        map! { "status": 400i64, "json_error_code": code, "json_error_message": reason },
    )
}

fn refused(code: &str, message: String, data: Map) -> Response {
    let body = map! { "code": code, "message": message, "data": data };
    Response { status: 400, headers: Vec::new(), callback: None, body: Some(body.into()) }
}

/// Whether CoCart has a parameter cleaned instead of checked.
fn is_cleaned(name: &str) -> bool {
    matches!(name, "cart_key" | "fields" | "id" | "item_key" | "product_id")
}

/// Both maps, the second one's values winning.
fn overlaid(below: &Map, above: &Map) -> Map {
    let entries = below.iter().chain(above.iter());
    entries.map(|(key, value)| (key.to_owned(), value.clone())).collect()
}

/// PHP's reading of `a[b]=c` names: maps within maps, `[]` counting up.
pub(super) fn nested<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Map {
    let mut map = Map::new();
    for (name, value) in pairs {
        let (first, rest) = match name.split_once('[') {
            Some((first, rest)) if !first.is_empty() && find::has(rest, ']') => (first, rest),
            _ => {
                map.insert(name.to_owned(), value);
                continue;
            }
        };
        let steps: Vec<&str> =
            rest.split('[').map(|step| step.trim_end_matches(']')).take(16).collect();
        let slot = map.get(first).cloned();
        map.insert(first.to_owned(), with_step(slot, &steps, value));
    }
    map
}

fn with_step(slot: Option<Value>, steps: &[&str], value: &str) -> Value {
    let Some((step, rest)) = steps.split_first() else { return value.into() };
    let mut map = match slot {
        Some(Value::Object(map)) => Arc::unwrap_or_clone(map),
        _ => Map::new(),
    };
    let key = if step.is_empty() { map.len().to_string() } else { (*step).to_owned() };
    let inner = map.get(&key).cloned();
    map.insert(key, with_step(inner, rest, value));
    map.into()
}
