//! The cart's lines in the totals pass (4.3, 4.5).

use super::{Pass, add_to, exclusive, inclusive, sum_of};
use crate::cart::{Line, LineTotals, TaxMap, Visit};
use crate::store::{MatchedRate, TaxStatus};
use crate::woo::Direction;
use std::sync::Arc;

/// A line in cents.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Item {
    /// Price × quantity, adjusted to where it is taxed.
    pub(super) price: f64,
    pub(super) quantity: f64,
    pub(super) taxable: bool,
    pub(super) tax_class: String,
    /// Whether `price` holds tax.
    pub(super) includes_tax: bool,
    pub(super) rates: Arc<Vec<MatchedRate>>,
    pub(super) subtotal: f64,
    pub(super) subtotal_tax: f64,
    pub(super) subtotal_taxes: TaxMap,
    /// What it adds to the cart's subtotal, and to its taxes.
    pub(super) adds: Added,
    /// Sum of its discounts.
    pub(super) discount: f64,
    pub(super) total: f64,
    pub(super) tax: f64,
    pub(super) total_taxes: TaxMap,
    /// The product or variation sold.
    pub(super) sold_id: u64,
    /// What one weighs; 0 for what is not sent.
    pub(super) weight: f64,
}

/// What a line adds to the cart, rounded where the shop rounds by line.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Added {
    pub(super) amount: f64,
    pub(super) taxes: TaxMap,
}

impl Added {
    /// Whether it is whole cents, so few that sums of them are exact. Nothing negative: a sum
    /// tells -0 from 0.
    pub(super) fn is_whole(&self) -> bool {
        let mut figures = self.taxes.iter().map(|(_, tax)| *tax).chain([self.amount]);
        figures.all(|cents| cents.fract() == 0.0 && cents.is_sign_positive() && cents < 1e12)
    }

    /// This sum of whole cents with `new` in the place of `old`; `None` where it has to be added
    /// up again.
    pub(super) fn exchanged(mut self, old: &Self, new: &Self) -> Option<Self> {
        let pairs = || old.taxes.iter().zip(&new.taxes);
        let same_rates = old.taxes.len() == new.taxes.len() && pairs().all(|(a, b)| a.0 == b.0);
        if !same_rates || !new.is_whole() {
            return None;
        }
        self.amount += new.amount - old.amount;
        pairs().for_each(|(old, new)| add_to(&mut self.taxes, new.0, new.1 - old.1));
        Some(self)
    }
}

/// A line before discounts.
pub(super) fn read(visit: &Visit<'_>, pass: &mut Pass<'_>, line: &Line) -> Item {
    let product = visit.shop.product(line.sold_id());
    let tax_class = product.map_or("", |p| p.tax_class.as_str());
    let mut item = Item {
        price: pass.add(visit.unit_price(line) * line.quantity),
        quantity: line.quantity,
        taxable: product.is_some_and(|p| p.tax_status == TaxStatus::Taxable),
        tax_class: tax_class.to_owned(),
        includes_tax: pass.prices_include_tax,
        rates: pass.rates(tax_class),
        subtotal: 0.0,
        subtotal_tax: 0.0,
        subtotal_taxes: TaxMap::new(),
        adds: Added::default(),
        discount: 0.0,
        total: 0.0,
        tax: 0.0,
        total_taxes: TaxMap::new(),
        sold_id: line.sold_id(),
        weight: visit.weight_of_one(line),
    };
    if item.includes_tax && item.taxable {
        take_base_tax_out(pass, &mut item);
    }
    item.subtotal = item.price;
    if pass.calculate_tax && item.taxable {
        item.subtotal_taxes = pass.tax_of(item.price, &item.rates, item.includes_tax);
        item.adds.taxes = pass.rounded_taxes(&item.subtotal_taxes);
        item.subtotal_tax = sum_of(&item.adds.taxes);
        if item.includes_tax {
            item.subtotal = item.price - sum_of(&item.subtotal_taxes);
        }
    }
    item.adds.amount = pass.round_amount(item.subtotal);
    item.take_discount_off(pass);
    item
}

fn take_base_tax_out(pass: &mut Pass<'_>, item: &mut Item) {
    // where prices stay the same everywhere, the tax inside them is the customer's own
    let base_rates = if pass.adjusts_prices {
        pass.base_rates(&item.tax_class)
    } else {
        Arc::clone(&item.rates)
    };
    if pass.exempt {
        let taxes = pass.precise(inclusive(item.price, &base_rates));
        item.price = pass.round(item.price - sum_of(&taxes), 0, Direction::Up);
        item.includes_tax = false;
    } else if *item.rates != *base_rates {
        // the gross price changes with the country: base tax off, the customer's tax on
        let base_tax = sum_of(&pass.precise(inclusive(item.price, &base_rates)));
        let own_tax = sum_of(&pass.precise(exclusive(item.price - base_tax, &item.rates)));
        item.price = item.price - base_tax + own_tax;
    }
}

impl Item {
    /// Whether both are the same before discounts: all else follows from this.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let bits = |item: &Self| (item.price.to_bits(), item.quantity.to_bits(), item.sold_id);
        bits(self) == bits(other)
    }

    /// Its total, from its price and what coupons take off.
    pub(super) fn take_discount_off(&mut self, pass: &Pass<'_>) {
        self.total = self.price - self.discount;
        if pass.calculate_tax && self.taxable {
            self.total_taxes = pass.tax_of(self.total, &self.rates, self.includes_tax);
            self.tax = sum_of(&pass.rounded_taxes(&self.total_taxes));
            if self.includes_tax {
                self.total -= sum_of(&self.total_taxes);
            }
        }
    }

    /// Its figures in major units.
    pub(super) fn figures(&self, pass: &Pass<'_>) -> LineTotals {
        LineTotals {
            subtotal: pass.remove(self.subtotal),
            subtotal_tax: pass.remove(self.subtotal_tax),
            total: pass.remove(self.total),
            tax: pass.remove(self.tax),
            subtotal_taxes: pass.remove_each(&self.subtotal_taxes),
            total_taxes: pass.remove_each(&self.total_taxes),
        }
    }
}
