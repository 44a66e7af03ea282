//! Values as frozen JavaScript objects. What did not change since the last answer is the very
//! same object as before, so a user interface compares with `===` and redraws one line.

use super::answered::HashReader;
use super::codec::leaf;
use super::driver::Driver;
use super::glue::{Bag, PROTO, assign, freeze, new_array, new_object, splice_in, splice_out};
use super::names::Names;
use crate::cart::CartHash;
use crate::value::index::{Index, hash_text};
use crate::value::{Map, Value};
use js_sys::Function;
use std::rc::Weak;
use std::sync::Arc;
use wasm_bindgen::JsValue;

/// How many documents are remembered beside the cart.
const MAX_KEPT: usize = 8;

/// How many properties may go from their places for the others to be copied.
const MAX_MOVED: usize = 8;

/// How many properties `Object.assign` copies faster than a loop does.
const MAX_ASSIGNED: usize = 64;

/// The documents handed out last, by what they are.
pub(super) struct Documents {
    kept: Vec<(String, Kept)>,
    maker: Maker,
}

impl Documents {
    /// None yet. `copy` is called with an object in the making, the one that it shall be like, the
    /// names of what it shall not have, and for a cart its [`HashReader`].
    pub(super) fn new(copy: Function) -> Self {
        Self { kept: Vec::new(), maker: Maker { names: Names::default(), copy } }
    }

    /// The JavaScript form of `value`, sharing every branch it can with the last one handed out
    /// under `slot`.
    pub(super) fn hand_out(
        &mut self,
        slot: &str,
        value: &Value,
        open: Option<&OpenHash<'_>>,
    ) -> JsValue {
        if let Some(at) = self.kept.iter().position(|(name, _)| name == slot)
            && let Some((_, kept)) = self.kept.get_mut(at)
        {
            kept.update(value, &mut self.maker, open);
            return kept.js(&mut self.maker);
        }
        if self.kept.len() >= MAX_KEPT {
            self.kept.remove(0);
        }
        let kept = Kept::new(value, &mut self.maker, open);
        let js = kept.js(&mut self.maker);
        self.kept.push((slot.to_owned(), kept));
        js
    }
}

/// A `cart_hash` that is worked out when it is read.
pub(super) struct OpenHash<'a> {
    pub(super) hash: &'a CartHash,
    pub(super) driver: Weak<Driver>,
}

/// What objects are made with.
struct Maker {
    names: Names,
    copy: Function,
}

impl Maker {
    /// Calls `copy`, as [`Documents::new`] has it.
    fn copy(&self, to: &Bag, from: &JsValue, without: &JsValue, open: Option<&OpenHash<'_>>) {
        let reader = open.map_or(JsValue::UNDEFINED, |open| {
            HashReader::new(Weak::clone(&open.driver), open.hash.clone()).into()
        });
        drop(self.copy.call4(&JsValue::UNDEFINED, to, from, without, &reader));
    }
}

/// What was handed out. A branch keeps its object, a leaf is cheaper to make again.
enum Kept {
    Leaf(Value),
    List(Box<List>),
    Entries(Box<Entries>),
}

struct List {
    value: Arc<Vec<Value>>,
    js: JsValue,
    /// The same elements, never handed out: copying an unfrozen array is a memory copy.
    backing: Bag,
    children: Vec<Kept>,
}

struct Entries {
    value: Value,
    js: JsValue,
    children: Vec<Kept>,
    /// The `cart_hash` that reads itself.
    hash: Option<CartHash>,
}

impl Kept {
    fn new(value: &Value, maker: &mut Maker, open: Option<&OpenHash<'_>>) -> Self {
        match value {
            Value::Array(list) => {
                let backing = new_array();
                let mut children = Vec::with_capacity(list.len());
                for (at, element) in (0_u32..).zip(list.iter()) {
                    let child = Self::new(element, maker, None);
                    backing.put(at, &child.js(maker));
                    children.push(child);
                }
                let js = freeze(&backing.slice());
                Self::List(Box::new(List { value: Arc::clone(list), js, backing, children }))
            }
            Value::Object(map) => {
                let children: Vec<_> = map.values().map(|v| Self::new(v, maker, None)).collect();
                let js = object(map, &children, maker, open);
                let hash = open.map(|open| open.hash.clone());
                Self::Entries(Box::new(Entries { value: value.clone(), js, children, hash }))
            }
            leaf => Self::Leaf(leaf.clone()),
        }
    }

    fn js(&self, maker: &mut Maker) -> JsValue {
        match self {
            Self::Leaf(Value::Text(text)) if text.len() <= 8 => maker.names.get(text).clone(),
            Self::Leaf(value) => leaf(value),
            Self::List(list) => list.js.clone(),
            Self::Entries(entries) => entries.js.clone(),
        }
    }

    /// Brings this up to `value`; true when the JavaScript form is another than before.
    fn update(&mut self, value: &Value, maker: &mut Maker, open: Option<&OpenHash<'_>>) -> bool {
        match (&mut *self, value) {
            (Self::List(list), Value::Array(new)) => list.update(new, maker),
            (Self::Entries(entries), Value::Object(new)) => {
                let same_hash = entries.hash.as_ref() == open.map(|open| open.hash);
                if entries.value.is_same_branch(value) && same_hash {
                    return false;
                }
                let changed = entries.update(new, maker, open);
                entries.value = value.clone();
                changed
            }
            (Self::Leaf(old), new) if equal(old, new) => false,
            _ => {
                *self = Self::new(value, maker, open);
                true
            }
        }
    }
}

impl List {
    /// Elements that only moved are found from both ends, so that taking one line out of a
    /// thousand touches one.
    fn update(&mut self, new: &Arc<Vec<Value>>, maker: &mut Maker) -> bool {
        let before = std::mem::replace(&mut self.value, Arc::clone(new));
        let old = before.len();
        let head = before.iter().zip(new.iter()).take_while(|(a, b)| equal(a, b)).count();
        let tail = (before.iter().skip(head).rev())
            .zip(new.iter().skip(head).rev())
            .take_while(|(a, b)| equal(a, b))
            .count();
        if head + tail == old && old == new.len() {
            return false;
        }
        let both = (old - head - tail).min(new.len() - head - tail);
        let mut changed = old != new.len();
        let middle = self.children.iter_mut().zip(new.iter()).enumerate().skip(head).take(both);
        for (at, (kept, value)) in middle {
            if kept.update(value, maker, None) {
                changed = true;
                self.backing.put(index(at), &kept.js(maker));
            }
        }
        let from = head + both;
        if old > new.len() {
            self.children.drain(from..from + (old - new.len()));
            splice_out(&self.backing, index(from), index(old - new.len()));
        }
        for at in from..from + new.len().saturating_sub(old) {
            if let Some(value) = new.get(at) {
                let kept = Kept::new(value, maker, None);
                splice_in(&self.backing, index(at), &kept.js(maker));
                self.children.insert(at, kept);
            }
        }
        if changed {
            self.js = freeze(&self.backing.slice());
        }
        changed
    }
}

impl Entries {
    fn update(&mut self, new: &Map, maker: &mut Maker, open: Option<&OpenHash<'_>>) -> bool {
        let hash = open.map(|open| open.hash.clone());
        let same_hash = self.hash == hash;
        let had_hash = std::mem::replace(&mut self.hash, hash).is_some();
        let Some(old) = self.value.as_object() else { return false };
        let before = old.keys().zip(std::mem::take(&mut self.children));
        let Renewed { children, set, moved } = Renewed::of(before, new, maker);
        self.children = children;
        if set.is_empty() && moved.is_empty() && same_hash {
            return false;
        }
        // copying would read a hash that is not put in anew
        if had_hash != open.is_some() || moved.len() > MAX_MOVED || new.contains(PROTO) {
            self.js = object(new, &self.children, maker, open);
            return true;
        }
        let copy = new_object();
        if moved.is_empty() && new.len() <= MAX_ASSIGNED && open.is_none() {
            assign(&copy, &self.js);
        } else {
            let without = new_array();
            for (at, (name, _)) in (0_u32..).zip(&moved) {
                without.put(at, maker.names.get(name));
            }
            maker.copy(&copy, &self.js, &without, open);
        }
        for (name, value) in set {
            copy.set(maker.names.get(name), &value);
        }
        self.js = freeze(&copy);
        true
    }
}

/// An object's properties brought up to date, and how its copy becomes the new one.
struct Renewed<'v> {
    children: Vec<Kept>,
    /// What is set in the copy: what changed in its place, and what comes behind all that stayed.
    set: Vec<(&'v str, JsValue)>,
    /// What is not copied: it is gone, or comes later than it did.
    moved: Vec<(&'v str, Option<Kept>)>,
}

impl<'v> Renewed<'v> {
    fn of(before: impl Iterator<Item = (&'v str, Kept)>, new: &'v Map, maker: &mut Maker) -> Self {
        let mut children = Vec::with_capacity(new.len());
        let (mut set, mut moved) = (Vec::new(), Vec::new());
        let mut places = Index::default();
        let mut coming = new.iter().peekable();
        for (name, mut kept) in before {
            if let Some((_, value)) = coming.next_if(|(next, _)| *next == name) {
                if kept.update(value, maker, None) {
                    set.push((name, kept.js(maker)));
                }
                children.push(kept);
            } else {
                places.add(hash_text(name.as_bytes()), moved.len());
                moved.push((name, Some(kept)));
            }
        }
        for (name, value) in coming {
            let is = |at: usize| moved.get(at).is_some_and(|(known, _)| *known == name);
            let place = places.find(hash_text(name.as_bytes()), &is);
            let kept = match place.and_then(|at| moved.get_mut(at)?.1.take()) {
                Some(mut kept) => {
                    kept.update(value, maker, None);
                    kept
                }
                None => Kept::new(value, maker, None),
            };
            set.push((name, kept.js(maker)));
            children.push(kept);
        }
        Self { children, set, moved }
    }
}

/// A frozen object of its own properties only.
fn object(map: &Map, children: &[Kept], maker: &mut Maker, open: Option<&OpenHash<'_>>) -> JsValue {
    let object = new_object();
    for (name, kept) in map.keys().zip(children) {
        match open {
            Some(open) if name == "cart_hash" => {
                // of no object: the hash alone
                maker.copy(&object, &JsValue::UNDEFINED, &JsValue::UNDEFINED, Some(open));
            }
            _ if name == PROTO => object.own(name, &kept.js(maker)),
            _ => {
                let value = kept.js(maker);
                object.set(maker.names.get(name), &value);
            }
        }
    }
    freeze(&object)
}

/// Equality that stops at shared branches, and does not tell `1` from `1.0`, which JavaScript
/// cannot either.
fn equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Array(x), Value::Array(y)) => {
            a.is_same_branch(b)
                || x.len() == y.len() && x.iter().zip(y.iter()).all(|(x, y)| equal(x, y))
        }
        (Value::Object(x), Value::Object(y)) => {
            a.is_same_branch(b)
                || x.len() == y.len()
                    && x.iter().zip(y.iter()).all(|((n, v), (m, w))| n == m && equal(v, w))
        }
        (Value::Int(_) | Value::Float(_), Value::Int(_) | Value::Float(_)) => {
            a.as_f64() == b.as_f64()
        }
        _ => a == b,
    }
}

fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
