//! What was worked out for a line and holds until the line or the shop changes. It is never kept
//! and never compared: it only saves doing the same thing again for the lines that did not change.

use super::LineTotals;
use crate::api::Profile;
use crate::store::Location;
use crate::value::Value;
use std::cell::{Cell, RefCell};
use std::sync::Arc;

/// A line's memo.
#[derive(Clone, Debug, Default)]
pub struct Memo {
    /// The revision of the shop at which the line's product was found fit for sale.
    pub(super) sellable_at: Cell<u64>,
    /// Its document, and what that was made from.
    document: RefCell<Option<(Shown, Value)>>,
    /// Its JSON in the cart's hash.
    stored: RefCell<Option<Stored>>,
}

/// A line's JSON in the cart's hash, and the quantity and figures that stand there.
#[derive(Clone, Debug)]
struct Stored {
    quantity: f64,
    totals: Option<LineTotals>,
    json: Arc<str>,
}

/// Two lines are the same whatever was remembered of them.
impl PartialEq for Memo {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// All that a line's document depends on beside the line's identity.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shown {
    pub(crate) revision: u64,
    pub(crate) profile: Profile,
    pub(crate) thumb: bool,
    pub(crate) quantity: f64,
    /// Subtotal, its tax, total, its tax.
    pub(crate) figures: [f64; 4],
    pub(crate) posted_price: Option<String>,
    pub(crate) custom_price: Option<f64>,
    pub(crate) on_sale: bool,
    /// Where the shown price is taxed, and whether the customer is exempt; where tax is on.
    pub(crate) taxed_at: Option<(Location, bool)>,
}

impl Memo {
    /// The line's JSON for these figures, or a new one that is remembered.
    pub(super) fn stored(
        &self,
        quantity: f64,
        totals: Option<&LineTotals>,
        build: impl FnOnce() -> String,
    ) -> Arc<str> {
        if let Ok(memo) = self.stored.try_borrow()
            && let Some(known) = memo.as_ref()
            && known.quantity.to_bits() == quantity.to_bits()
            && known.totals.as_ref() == totals
        {
            return Arc::clone(&known.json);
        }
        let json: Arc<str> = build().into();
        if let Ok(mut memo) = self.stored.try_borrow_mut() {
            *memo = Some(Stored { quantity, totals: totals.cloned(), json: Arc::clone(&json) });
        }
        json
    }

    /// The document made from this, or a new one that is remembered.
    pub(crate) fn document(&self, shown: Shown, build: impl FnOnce() -> Value) -> Value {
        if let Ok(memo) = self.document.try_borrow()
            && let Some((known, document)) = memo.as_ref()
            && *known == shown
        {
            return document.clone();
        }
        let document = build();
        if let Ok(mut memo) = self.document.try_borrow_mut() {
            *memo = Some((shown, document.clone()));
        }
        document
    }
}
