//! What was worked out and holds until the cart or the shop changes. It is never kept and never
//! compared: it only saves doing the same thing again for what did not change.

use super::customer::Customer;
use super::totals::Reckoning;
use crate::profile::Profile;
use crate::store::Location;
use crate::value::Value;
use std::sync::{Arc, Mutex, OnceLock};

/// Something that may be remembered. A copy remembers nothing, and all are equal.
#[derive(Debug)]
pub(crate) struct Remembered<T>(Mutex<Option<T>>);

impl<T> Remembered<T> {
    /// Takes it out.
    pub(crate) fn take(&self) -> Option<T> {
        self.0.lock().ok()?.take()
    }

    /// What can be read in it.
    pub(crate) fn read<R>(&self, read: impl FnOnce(&T) -> Option<R>) -> Option<R> {
        read(self.0.lock().ok()?.as_ref()?)
    }

    /// Remembers it.
    pub(crate) fn put(&self, value: T) {
        if let Ok(mut slot) = self.0.lock() {
            *slot = Some(value);
        }
    }
}

impl<K: PartialEq> Remembered<(K, Value)> {
    /// The document, if it holds for what it was made from.
    pub(crate) fn known(&self, holds: impl FnOnce(&K) -> bool) -> Option<Value> {
        self.read(|(from, document)| holds(from).then(|| document.clone()))
    }

    /// The document made from this, or a new one that is remembered.
    pub(crate) fn made_from(&self, from: K, build: impl FnOnce() -> Value) -> Value {
        let known = self.known(|known| *known == from);
        known.unwrap_or_else(|| {
            let document = build();
            self.put((from, document.clone()));
            document
        })
    }
}

impl<T> Default for Remembered<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T> Clone for Remembered<T> {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl<T> PartialEq for Remembered<T> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// A cart's memo.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CartMemo {
    /// At which moment of the lines, and revision of the shop, all were found fit for sale.
    pub(super) sellable_at: Remembered<(u64, u64)>,
    /// Where purchases were taxed last.
    pub(super) tax_location: Remembered<Arc<Location>>,
    /// What the lines come to.
    pub(super) reckoning: Remembered<Reckoning>,
    /// The documents of the lines, the newest first. Whoever was given the list before it has
    /// usually let go of that one, which can then be brought up to date without a copy.
    pub(crate) items: Remembered<Vec<ItemDocuments>>,
    /// The currency's document, and what it was made from: the shop's revision, the profile.
    pub(crate) currency: Remembered<((u64, Profile), Value)>,
    /// The customer's document, and what it was made from: the shop's revision, the profile, the
    /// customer.
    pub(crate) customer: Remembered<((u64, Profile, Customer), Value)>,
    /// What goes with the lines.
    pub(crate) cross_sells: Remembered<CrossSells>,
}

/// The products that the lines' products name, from a moment at which every line sold something.
#[derive(Debug)]
pub(crate) struct CrossSells {
    pub(crate) moment: u64,
    pub(crate) revision: u64,
    pub(crate) lines: usize,
    pub(crate) ids: Arc<[u64]>,
}

/// The documents of all lines at a moment, and what they were made from.
#[derive(Clone, Debug)]
pub(crate) struct ItemDocuments {
    pub(crate) moment: u64,
    pub(crate) shown: Arc<ShownLines>,
    /// The lines shown with a price of their own.
    pub(crate) priced: Vec<usize>,
    pub(crate) list: Arc<Vec<Value>>,
}

/// What the documents of all lines depend on beside the lines.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ShownLines {
    pub(crate) revision: u64,
    pub(crate) profile: Profile,
    pub(crate) thumb: bool,
    /// Whether they are shown among the removed ones.
    pub(crate) removed: bool,
    /// Where the shown price is taxed, and whether the customer is exempt; where tax is on.
    pub(crate) taxed_at: Option<(Arc<Location>, bool)>,
    /// The time, in Unix seconds, where the document tells what is on sale.
    pub(crate) now: Option<i64>,
}

/// Quantity; subtotal, its tax, total, its tax.
type Figures = (f64, [f64; 4]);

/// What a line's document depends on beside the line's identity and its figures.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ShownLine {
    pub(crate) all: Arc<ShownLines>,
    pub(crate) posted_price: Option<String>,
    pub(crate) custom_price: Option<f64>,
}

/// A line's memo.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Memo {
    /// The line's document.
    pub(crate) document: Remembered<(ShownLine, Figures, Value)>,
    /// At which revision of the shop its product was found to be the one that was added.
    pub(super) unmodified_at: Remembered<u64>,
    stored: Stored,
}

impl Memo {
    /// The line's JSON in the cart's hash, built once.
    pub(super) fn stored(&self, build: impl FnOnce() -> String) -> &str {
        self.stored.0.get_or_init(build)
    }

    /// The line changes, and its JSON with it.
    pub(super) fn forget_stored(&mut self) {
        self.stored = Stored::default();
    }
}

/// A text that holds as long as nothing changes; a copy is made to be changed.
#[derive(Debug, Default)]
struct Stored(OnceLock<String>);

impl Clone for Stored {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl PartialEq for Stored {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
