//! The cart as the server's session keeps it between requests (`spec/woocommerce-cart.md` 8).

use super::memo::{CartMemo, Memo};
use super::{Customer, Fee, Lines};
use crate::value::{Map, Record, Unfit, Value};
use crate::woo::number;
use crate::{record, words};
use std::sync::Arc;

/// A cart: lines, removed lines, coupons, customer, notices and the last totals.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cart {
    /// The cart key; a signed-in customer's is the user id.
    pub key: String,
    /// The account of a signed-in customer.
    pub account: Option<Account>,
    /// The lines in order.
    pub lines: Lines,
    /// Removed lines, in the order they were removed.
    pub removed: Vec<Line>,
    /// The applied coupons in order.
    pub coupons: Vec<AppliedCoupon>,
    /// The customer's addresses.
    pub customer: Customer,
    /// What the shopper has not been told yet.
    pub notices: Vec<Notice>,
    /// The chosen shipping rate's key.
    pub chosen_rate: Option<String>,
    /// The rates offered when a rate was last chosen; a changed list resets the choice.
    pub known_rates: Option<Vec<String>>,
    /// Custom unit prices as posted, by item key.
    pub price_overrides: Vec<(String, String)>,
    /// Fees added to this cart.
    pub fees: Vec<Fee>,
    /// The figures of the last calculation; `None` for an empty or never calculated cart.
    pub totals: Option<Totals>,
    /// What the server's document showed beside CoCart's own fields.
    pub extra: Map,
    /// Keys that the shop's plugins gave lines instead of the computed ones: computed, given.
    pub aliases: Vec<(String, String)>,
    /// What need not be worked out again.
    pub memo: CartMemo,
}

/// What a signed-in customer's account says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Account {
    /// The user id.
    pub id: u64,
    /// The account's e-mail address.
    pub email: String,
    /// The account's addresses.
    pub customer: Customer,
    /// Whether the user may edit the shop's products, and so buy private ones.
    pub can_edit_products: bool,
}

/// A line of the cart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// The item key.
    pub key: String,
    /// The product; a variation's parent.
    pub product_id: u64,
    /// The variation, or 0.
    pub variation_id: u64,
    /// The chosen attributes, in the parent's order.
    pub variation: Vec<(String, String)>,
    /// How many.
    pub quantity: f64,
    /// Whether the quantity was set and is PHP's float; only what is sold one by one comes into
    /// the cart with PHP's whole 1, which is no float's equal.
    pub is_set: bool,
    /// Free data, part of the line's identity.
    pub item_data: Map,
    /// Notices that the product changed under the cart.
    pub data_hash: String,
    /// The figures of the last calculation.
    pub totals: Option<LineTotals>,
    /// What the server's document showed of it beside CoCart's own fields.
    pub extra: Map,
    /// What need not be worked out again.
    pub memo: Memo,
}

impl Line {
    /// The product or variation that is sold.
    pub fn sold_id(&self) -> u64 {
        if self.variation_id == 0 { self.product_id } else { self.variation_id }
    }
}

/// Amounts by tax rate id, in the order of the rates.
pub type TaxMap = Vec<(u64, f64)>;

/// A line's figures in major units, unrounded doubles as the server keeps them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LineTotals {
    /// Before discounts, without tax.
    pub subtotal: f64,
    /// Its tax.
    pub subtotal_tax: f64,
    /// After discounts, without tax.
    pub total: f64,
    /// Its tax.
    pub tax: f64,
    /// Tax before discounts by rate, unrounded.
    pub subtotal_taxes: TaxMap,
    /// Tax after discounts by rate, unrounded.
    pub total_taxes: TaxMap,
}

/// A coupon on the cart and what it saves, in major units.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AppliedCoupon {
    /// Its code in lower case.
    pub code: String,
    /// What it takes off, without tax.
    pub amount: f64,
    /// The tax on that.
    pub tax: f64,
}

/// An amount in major units that WooCommerce keeps as a text of a few decimals: the double that the
/// text reads as.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Amount(f64);

impl Amount {
    /// Cuts an amount to so many decimals.
    pub fn cut(amount: f64, places: i32) -> Self {
        // PHP prints -0 of what only rounds to nothing, never of nothing
        Self(number::cut(amount + 0.0, places))
    }

    /// The amount.
    pub const fn value(self) -> f64 {
        self.0
    }

    /// The text that is kept.
    pub fn text(self) -> String {
        /// From here on doubles are further apart than a millionth, and the server's text shows it.
        const COARSE: f64 = 8_589_934_592.0;
        if self.0.abs() < COARSE {
            return number::plain(self.0);
        }
        let text = number::fixed(self.0, 6);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

impl Record for Amount {
    fn fill(&mut self, value: &Value) -> Result<(), Unfit> {
        *self = Self(number::float_of(&String::read(value)?));
        Ok(())
    }
    fn write(&self) -> Value {
        self.text().into()
    }
}

/// The cart's figures in major units, typed as WooCommerce keeps them (4.9): amounts cut to the
/// inner precision, floats unrounded, the total as it is shown.
#[derive(Clone, Debug, Default, PartialEq)]
#[allow(missing_docs)]
pub struct Totals {
    pub subtotal: Amount,
    pub subtotal_tax: f64,
    pub shipping_total: Amount,
    pub shipping_tax: f64,
    pub shipping_taxes: TaxMap,
    pub discount_total: f64,
    pub discount_tax: f64,
    pub cart_contents_total: Amount,
    pub cart_contents_tax: f64,
    pub cart_contents_taxes: TaxMap,
    pub fee_total: Amount,
    pub fee_tax: f64,
    pub fee_taxes: TaxMap,
    pub total: String,
    pub total_tax: f64,
}

/// Something to tell the shopper, once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notice {
    /// How it is meant.
    pub kind: NoticeKind,
    /// The text, entities not yet decoded.
    pub text: String,
}

/// How a notice is meant; documents list them in this order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum NoticeKind {
    #[default]
    Error,
    Success,
    Notice,
    Info,
}

impl Cart {
    /// An empty guest cart under a key.
    pub fn new(key: impl Into<String>) -> Self {
        Self { key: key.into(), ..Self::default() }
    }

    /// An empty cart of a signed-in customer.
    pub fn of_account(account: Account) -> Self {
        Self { key: account.id.to_string(), account: Some(account), ..Self::default() }
    }

    /// The line with this item key.
    pub fn line(&self, key: &str) -> Option<&Line> {
        self.lines.get(self.lines.position(key)?).map(Arc::as_ref)
    }

    /// The removed line with this item key.
    pub fn removed_line(&self, key: &str) -> Option<&Line> {
        self.removed.iter().find(|line| line.key == key)
    }

    /// Keeps a line among the removed ones: where it was, if it is there from before.
    pub(super) fn keep_removed(&mut self, line: Line) {
        match self.removed.iter_mut().find(|known| known.key == line.key) {
            Some(slot) => *slot = line,
            None => self.removed.push(line),
        }
    }

    /// Sum of quantities; a cart without any is empty.
    pub fn item_count(&self) -> f64 {
        // from +0: an empty sum would be -0
        self.lines.iter().fold(0.0, |sum, line| sum + line.quantity)
    }

    /// Whether neither lines nor removed ones hold anything: for CoCart such a cart is empty, be
    /// there lines or not.
    pub(crate) fn is_without_goods(&self) -> bool {
        self.lines.iter().map(AsRef::as_ref).chain(&self.removed).all(|line| line.quantity == 0.0)
    }

    /// Whether a document lists no lines.
    pub(crate) fn lists_nothing(&self) -> bool {
        self.lines.is_empty() || self.is_without_goods()
    }

    /// Queues a notice.
    pub fn add_notice(&mut self, kind: NoticeKind, text: impl Into<String>) {
        self.notices.push(Notice { kind, text: text.into() });
    }

    /// Whether an error waits to be told.
    pub fn has_error_notice(&self) -> bool {
        self.notices.iter().any(|notice| notice.kind == NoticeKind::Error)
    }
}

record!(Cart {
    key,
    account,
    lines,
    removed,
    coupons,
    customer,
    notices,
    chosen_rate,
    known_rates,
    price_overrides,
    fees,
    totals
});
record!(Account { id, email, customer, can_edit_products });
record!(Line {
    key,
    product_id,
    variation_id,
    variation,
    quantity,
    is_set,
    item_data,
    data_hash,
    totals
});
record!(LineTotals { subtotal, subtotal_tax, total, tax, subtotal_taxes, total_taxes });
record!(AppliedCoupon { code, amount, tax });
record!(Totals {
    subtotal,
    subtotal_tax,
    shipping_total,
    shipping_tax,
    shipping_taxes,
    discount_total,
    discount_tax,
    cart_contents_total,
    cart_contents_tax,
    cart_contents_taxes,
    fee_total,
    fee_tax,
    fee_taxes,
    total,
    total_tax
});
record!(Notice { kind, text });
words!(NoticeKind { Error = "error", Success = "success", Notice = "notice", Info = "info" });

#[cfg(test)]
mod tests {
    use super::Amount;
    use proptest::prelude::*;

    /// C's `%.6f`, trailing zeros cut.
    fn as_the_server(amount: f64) -> String {
        let text = format!("{:.6}", amount + 0.0);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }

    proptest! {
        #[test]
        fn an_amount_is_kept_in_the_server_s_words(
            cents in -1_000_000_000_i64..1_000_000_000, any in -1e5..1e5, large in -1e17..1e17,
        ) {
            #[allow(clippy::cast_precision_loss)]
            for amount in [cents as f64 / 100.0, any, large, large.trunc(), any * 1e-12, 0.0, -0.0] {
                prop_assert_eq!(Amount::cut(amount, 6).text(), as_the_server(amount));
            }
        }
    }
}
