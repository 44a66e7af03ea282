//! How a profile prints money.

use crate::api::Profile;
use crate::cart::Visit;
use crate::value::Value;
use crate::woo::price::MoneyFormat;

/// The money of one document.
pub(in crate::api) struct Money<'a> {
    /// How the shop writes money.
    pub(super) format: MoneyFormat<'a>,
    pub(super) profile: Profile,
}

/// Minor units leave as text; most figures of a cart are nothing, and share one.
fn text(minor: i64) -> Value {
    if minor == 0 { Value::nothing() } else { minor.to_string().into() }
}

impl<'a> Money<'a> {
    /// The money of the shop that is visited, as the visit's profile prints it.
    pub(in crate::api) fn of(visit: &Visit<'a>) -> Self {
        Self { format: visit.money(), profile: visit.profile }
    }

    /// A unit price, major units in.
    pub(in crate::api) fn price(&self, amount: f64) -> Value {
        match self.profile {
            Profile::V43 | Profile::V49 | Profile::V5 => text(self.format.minor_units(amount)),
            Profile::Reference | Profile::V5Formatted => self.format.price(amount).into(),
        }
    }

    /// A unit price that was posted as text.
    pub(super) fn posted_price(&self, amount: &str) -> Value {
        match self.profile {
            Profile::V43 | Profile::V49 | Profile::V5 => {
                text(self.format.minor_units_of_text(amount))
            }
            Profile::Reference | Profile::V5Formatted => {
                self.format.price(crate::woo::number::float_of(amount)).into()
            }
        }
    }

    /// A line's subtotal.
    pub(super) fn line_subtotal(&self, amount: f64) -> Value {
        match self.profile {
            Profile::Reference => amount.into(),
            _ => self.price(amount),
        }
    }

    /// A line's other figures: raw doubles in major units on the recorded server.
    pub(super) fn line_amount(&self, amount: f64) -> Value {
        match self.profile {
            Profile::V43 | Profile::Reference => amount.into(),
            _ => self.price(amount),
        }
    }

    /// A figure of `totals`.
    pub(super) fn total(&self, amount: f64) -> Value {
        match self.profile {
            Profile::Reference => self.format.decimal(amount).into(),
            _ => self.price(amount),
        }
    }

    /// `totals.total` and `fees[].fee`, which 4.3.6 reads back from the formatted price.
    pub(super) fn total_of_price(&self, amount: f64) -> Value {
        match self.profile {
            Profile::V43 => text(self.format.minor_units_of_price(amount)),
            _ => self.total(amount),
        }
    }

    /// A figure in minor units as a number.
    pub(super) fn minor_number(&self, amount: f64) -> Value {
        self.format.minor_units(amount).into()
    }
}
