//! JSON documents with the server's own distinctions: maps keep their order, integers are not
//! floats, and unchanged branches are shared instead of copied.

pub mod index;
pub mod json;
mod names;
mod plain;
mod record;
mod serial;

pub use names::{Names, NamesIter, lengths};
pub(crate) use plain::fill_map;
pub use record::{
    Entry, Fields, Record, Slot, Unfit, fill_fields, fresh, place_of_word, write_fields,
};

use crate::woo::{find, number, text};
use index::{Index, hash_text};
use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

/// A JSON value. Cloning is cheap: containers and texts are shared.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A whole number that PHP holds as `int`.
    Int(i64),
    /// A number that PHP holds as `float`; prints without a point when integral.
    Float(f64),
    /// A text.
    Text(Arc<str>),
    /// A list.
    Array(Arc<Vec<Value>>),
    /// A map in insertion order.
    Object(Arc<Map>),
}

/// What documents hold again and again.
static SHARED: LazyLock<(Arc<Vec<Value>>, Arc<str>)> =
    LazyLock::new(|| (Arc::default(), Arc::from("0")));

/// The name of a map entry; names known at compile time cost nothing.
pub type Key = Cow<'static, str>;

/// Whether a key is this text; most are one and the same text in the program, or of other lengths.
fn is_name(key: &Key, text: &str) -> bool {
    let key: &str = key;
    key.len() == text.len() && (std::ptr::eq(key, text) || key == text)
}

/// A map in insertion order, as PHP's arrays are.
#[derive(Clone, Debug, Default)]
pub struct Map(Vec<(Key, Value)>);

impl Map {
    /// An empty map.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// An empty map with room for `n` entries.
    pub fn with_capacity(n: usize) -> Self {
        Self(Vec::with_capacity(n))
    }

    /// The value under `key`.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.iter().find(|(k, _)| is_name(k, key)).map(|(_, v)| v)
    }

    /// Whether `key` is there.
    pub fn contains(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Puts `value` under `key`; an existing entry keeps its place.
    pub fn insert(&mut self, key: impl Into<Key>, value: impl Into<Value>) {
        self.put(key.into(), value.into());
    }

    fn put(&mut self, key: Key, value: Value) {
        match self.0.iter_mut().find(|(k, _)| is_name(k, &key)) {
            Some((_, slot)) => *slot = value,
            None => self.0.push((key, value)),
        }
    }

    /// Appends an entry whose key the caller knows to be new (no look-up).
    pub fn push(&mut self, key: impl Into<Key>, value: impl Into<Value>) {
        self.0.push((key.into(), value.into()));
    }

    /// Appends another map's entries, whose keys the caller knows to be new.
    pub fn extend(&mut self, other: Option<&Self>) {
        self.0.extend_from_slice(other.map_or(&[], |other| &other.0));
    }

    /// Takes the entry under `key` out; the others keep their order.
    pub fn remove(&mut self, key: &str) -> Option<Value> {
        let at = self.0.iter().position(|(k, _)| k == key)?;
        Some(self.0.remove(at).1)
    }

    /// Keeps the entries that `keep` accepts.
    pub fn retain(&mut self, mut keep: impl FnMut(&str, &Value) -> bool) {
        self.0.retain(|(k, v)| keep(k, v));
    }

    /// The entries in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &Value)> + ExactSizeIterator {
        self.0.iter().map(|(k, v)| (k.as_ref(), v))
    }

    /// The keys in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(k, _)| k.as_ref())
    }

    /// The values in order.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        self.0.iter().map(|(_, v)| v)
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The map as PHP prints it: its empty arrays are lists.
    pub fn or_empty_array(self) -> Value {
        if self.is_empty() { Value::empty_array() } else { self.into() }
    }
}

/// Two maps are equal when they hold the same entries in the same order.
impl PartialEq for Map {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<K: Into<Key>, V: Into<Value>> FromIterator<(K, V)> for Map {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut list = Vec::new();
        for (key, value) in entries {
            list.push((key.into(), value.into()));
        }
        Self::of(list)
    }
}

impl Map {
    /// The entries in order; of one key, the last value at the first place.
    fn of(entries: Vec<(Key, Value)>) -> Self {
        /// From here on looking through all keys takes longer than an index.
        const MANY: usize = 64;
        let stood_before = |(at, (key, _)): (usize, &(Key, Value))| {
            entries.iter().take(at).any(|(known, _)| known == key)
        };
        if entries.len() <= MANY && !entries.iter().enumerate().any(stood_before) {
            return Self(entries);
        }
        let mut map = Self::with_capacity(entries.len());
        let mut index = Index::default();
        for (key, value) in entries {
            let hash = hash_text(key.as_bytes());
            let is = |place: usize| map.0.get(place).is_some_and(|(known, _)| *known == key);
            match index.find(hash, &is).and_then(|place| map.0.get_mut(place)) {
                Some((_, slot)) => *slot = value,
                None => {
                    index.add(hash, map.len());
                    map.push(key, value);
                }
            }
        }
        map
    }
}

impl Value {
    /// An empty list; also how PHP prints an empty map.
    pub fn empty_array() -> Self {
        Self::Array(Arc::clone(&SHARED.0))
    }

    /// The text `0`.
    pub fn nothing() -> Self {
        Self::Text(Arc::clone(&SHARED.1))
    }

    /// A text.
    #[inline(never)]
    pub fn text(text: impl AsRef<str>) -> Self {
        Self::Text(Arc::from(text.as_ref()))
    }

    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The entries, if it is a map.
    pub fn as_object(&self) -> Option<&Map> {
        match self {
            Self::Object(map) => Some(map),
            _ => None,
        }
    }

    /// The elements, if it is a list.
    pub fn as_array(&self) -> Option<&[Value]> {
        match self {
            Self::Array(list) => Some(list),
            _ => None,
        }
    }

    /// What a list or a map holds: PHP's arrays are either.
    pub fn elements(&self) -> Vec<&Self> {
        match self {
            Self::Array(list) => list.iter().collect(),
            Self::Object(map) => map.values().collect(),
            _ => Vec::new(),
        }
    }

    /// What the list or map under `key` holds.
    pub fn elements_of(&self, key: &str) -> Vec<&Self> {
        self.get(key).map(Self::elements).unwrap_or_default()
    }

    /// The number, if it is one.
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            #[allow(clippy::cast_precision_loss)]
            Self::Int(i) => Some(*i as f64),
            Self::Float(f) => Some(*f),
            _ => None,
        }
    }

    /// The truth value, if it is one.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(b) => Some(*b),
            _ => None,
        }
    }

    /// The value under `key`, if this is a map that has it.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.as_object()?.get(key)
    }

    /// The value at a JSON pointer (RFC 6901).
    pub fn pointer(&self, pointer: &str) -> Option<&Value> {
        pointer.split('/').skip(1).try_fold(self, |at, step| {
            let step = find::replace(&find::replace(step, "~1", "/"), "~0", "~");
            match at {
                Self::Object(map) => map.get(&step),
                Self::Array(list) => list.get(step.parse::<usize>().ok()?),
                _ => None,
            }
        })
    }

    /// A scalar as PHP casts it to text; maps and lists have none.
    pub fn scalar_text(&self) -> Option<String> {
        Some(match self {
            Self::Null | Self::Bool(false) => String::new(),
            Self::Bool(true) => "1".to_owned(),
            Self::Int(whole) => whole.to_string(),
            Self::Float(float) => number::text14(*float),
            Self::Text(text) => text.to_string(),
            Self::Array(_) | Self::Object(_) => return None,
        })
    }

    /// Whether PHP calls it empty.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Bool(truth) => !truth,
            Self::Int(whole) => *whole == 0,
            Self::Float(float) => *float == 0.0,
            Self::Text(text) => text::is_empty(text),
            Self::Array(list) => list.is_empty(),
            Self::Object(map) => map.is_empty(),
        }
    }

    /// Whether both are the same shared branch, so that nothing below needs comparing.
    pub fn is_same_branch(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Array(a), Self::Array(b)) => Arc::ptr_eq(a, b),
            (Self::Object(a), Self::Object(b)) => Arc::ptr_eq(a, b),
            _ => false,
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}
impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}
impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Float(value)
    }
}
impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::text(value)
    }
}
impl From<String> for Value {
    #[inline(never)]
    fn from(value: String) -> Self {
        Self::Text(Arc::from(value))
    }
}
impl From<Arc<str>> for Value {
    fn from(value: Arc<str>) -> Self {
        Self::Text(value)
    }
}
impl From<Map> for Value {
    #[inline(never)]
    fn from(value: Map) -> Self {
        Self::Object(Arc::new(value))
    }
}
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
impl From<Vec<Value>> for Value {
    #[inline(never)]
    fn from(value: Vec<Value>) -> Self {
        if value.is_empty() { Self::empty_array() } else { Self::Array(Arc::new(value)) }
    }
}

/// Builds a [`Map`] from literal keys, in order.
#[macro_export]
macro_rules! map {
    ($($key:literal : $value:expr),* $(,)?) => {{
        #[allow(unused_mut)]
        let mut map = $crate::value::Map::with_capacity(<[&str]>::len(&[$($key),*]));
        $(map.push($key, $value);)*
        map
    }};
}
