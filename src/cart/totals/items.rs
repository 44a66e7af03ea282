//! The cart's lines in the totals pass (4.3, 4.5).

use super::{Pass, exclusive, inclusive, sum_of};
use crate::cart::{LineTotals, TaxMap, Visit};
use crate::store::{MatchedRate, TaxStatus};
use crate::woo::Direction;
use std::rc::Rc;

/// A line in cents.
pub(super) struct Item {
    /// Price × quantity, tax-adjusted by [`subtotals`].
    pub(super) price: f64,
    pub(super) quantity: f64,
    pub(super) taxable: bool,
    pub(super) tax_class: String,
    /// Whether `price` holds tax.
    pub(super) includes_tax: bool,
    pub(super) rates: Rc<Vec<MatchedRate>>,
    pub(super) subtotal: f64,
    pub(super) subtotal_tax: f64,
    pub(super) subtotal_taxes: TaxMap,
    /// Sum of its discounts.
    pub(super) discount: f64,
    pub(super) total: f64,
    pub(super) tax: f64,
    pub(super) total_taxes: TaxMap,
    /// The product or variation sold.
    pub(super) sold_id: u64,
}

/// Reads the cart's lines.
pub(super) fn read(visit: &Visit<'_>, pass: &mut Pass<'_>) -> Vec<Item> {
    let lines = visit.cart.lines.iter();
    lines
        .map(|line| {
            let product = visit.shop.product(line.sold_id());
            let tax_class = product.map_or("", |p| p.tax_class.as_str());
            Item {
                price: pass.add(visit.unit_price(line) * line.quantity),
                quantity: line.quantity,
                taxable: product.is_some_and(|p| p.tax_status == TaxStatus::Taxable),
                tax_class: tax_class.to_owned(),
                includes_tax: pass.prices_include_tax,
                rates: pass.rates(tax_class),
                subtotal: 0.0,
                subtotal_tax: 0.0,
                subtotal_taxes: TaxMap::new(),
                discount: 0.0,
                total: 0.0,
                tax: 0.0,
                total_taxes: TaxMap::new(),
                sold_id: line.sold_id(),
            }
        })
        .collect()
}

/// Takes the base tax out where it does not hold for this customer, then the lines' subtotals.
pub(super) fn subtotals(pass: &mut Pass<'_>, items: &mut [Item]) {
    for item in items {
        if item.includes_tax && item.taxable {
            take_base_tax_out(pass, item);
        }
        item.subtotal = item.price;
        if pass.calculate_tax && item.taxable {
            item.subtotal_taxes = pass.tax_of(item.price, &item.rates, item.includes_tax);
            item.subtotal_tax = sum_of(&pass.rounded_taxes(&item.subtotal_taxes));
            if item.includes_tax {
                item.subtotal = item.price - sum_of(&item.subtotal_taxes);
            }
        }
    }
}

fn take_base_tax_out(pass: &mut Pass<'_>, item: &mut Item) {
    // where prices stay the same everywhere, the tax inside them is the customer's own
    let base_rates =
        if pass.adjusts_prices { pass.base_rates(&item.tax_class) } else { Rc::clone(&item.rates) };
    let precise = |taxes: TaxMap| -> TaxMap {
        taxes
            .into_iter()
            .map(|(id, t)| (id, pass.round(t, pass.precision(), Direction::Up)))
            .collect()
    };
    if pass.exempt {
        let taxes = precise(inclusive(item.price, &base_rates));
        item.price = pass.round(item.price - sum_of(&taxes), 0, Direction::Up);
        item.includes_tax = false;
    } else if *item.rates != *base_rates {
        // the gross price changes with the country: base tax off, the customer's tax on
        let base_tax = sum_of(&precise(inclusive(item.price, &base_rates)));
        let own_tax = sum_of(&precise(exclusive(item.price - base_tax, &item.rates)));
        item.price = item.price - base_tax + own_tax;
    }
}

/// The lines' totals after discounts.
pub(super) fn line_totals(pass: &mut Pass<'_>, items: &mut [Item]) {
    for item in items {
        item.total = item.price - item.discount;
        if pass.calculate_tax && item.taxable {
            item.total_taxes = pass.tax_of(item.total, &item.rates, item.includes_tax);
            item.tax = sum_of(&pass.rounded_taxes(&item.total_taxes));
            if item.includes_tax {
                item.total -= sum_of(&item.total_taxes);
            }
        }
    }
}

/// Stores the lines' figures in the cart, in major units.
pub(super) fn write_back(visit: &mut Visit<'_>, pass: &Pass<'_>, items: &[Item]) {
    for (line, item) in visit.cart.lines.iter_mut().zip(items) {
        line.totals = Some(LineTotals {
            subtotal: pass.remove(item.subtotal),
            subtotal_tax: pass.remove(item.subtotal_tax),
            total: pass.remove(item.total),
            tax: pass.remove(item.tax),
            subtotal_taxes: pass.remove_each(&item.subtotal_taxes),
            total_taxes: pass.remove_each(&item.total_taxes),
        });
    }
}
