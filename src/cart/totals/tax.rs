//! Tax on an amount, in the order WooCommerce multiplies and adds (4.2).

use crate::cart::TaxMap;
use crate::store::MatchedRate;
use crate::value::{Map, Value};
use crate::woo::rounding::inner_precision;
use crate::woo::{Direction, Rounding};

/// Sum of a tax map, left to right.
pub(crate) fn sum_of(taxes: &TaxMap) -> f64 {
    taxes.iter().fold(0.0, |sum, (_, tax)| sum + tax)
}

/// The taxes under the ids of their rates, as PHP prints them.
pub(crate) fn by_rate(taxes: &TaxMap) -> Value {
    let taxes: Map = taxes.iter().map(|(id, tax)| (id.to_string(), *tax)).collect();
    taxes.or_empty_array()
}

/// Adds a rate's tax to a map; new rates go to its end.
pub(crate) fn add_to(map: &mut TaxMap, id: u64, tax: f64) {
    match map.iter_mut().find(|(own, _)| *own == id) {
        Some((_, sum)) => *sum += tax,
        None => map.push((id, tax)),
    }
}

/// Adds taxes to a map, rate by rate.
pub(crate) fn add_all(map: &mut TaxMap, taxes: &TaxMap) {
    taxes.iter().for_each(|(id, tax)| add_to(map, *id, *tax));
}

/// Taxes rounded to the inner precision.
pub(in crate::cart) fn precise(rounding: Rounding, mut taxes: TaxMap, decimals: i32) -> TaxMap {
    for (_, tax) in &mut taxes {
        *tax = rounding.woo(*tax, inner_precision(decimals), Direction::Up);
    }
    taxes
}

/// A tax rounded for display, to the shop's decimals.
pub(crate) fn rounded_tax(
    rounding: Rounding,
    tax: f64,
    decimals: i32,
    prices_include_tax: bool,
) -> f64 {
    let direction = if prices_include_tax { Direction::Down } else { Direction::Up };
    rounding.woo(tax, decimals, direction)
}

/// Tax on top of a price: regular rates on the price, compound rates on price and what came
/// before.
pub(crate) fn exclusive(price: f64, rates: &[MatchedRate]) -> TaxMap {
    let mut taxes = TaxMap::new();
    for rate in rates.iter().filter(|rate| !rate.compound) {
        add_to(&mut taxes, rate.id, price * (rate.percent / 100.0));
    }
    let mut before = sum_of(&taxes);
    for rate in rates.iter().filter(|rate| rate.compound) {
        add_to(&mut taxes, rate.id, (price + before) * (rate.percent / 100.0));
        before = sum_of(&taxes);
    }
    taxes
}

/// Tax inside a price: compound rates are taken off from the last to the first, the regular
/// ones share what is left.
pub(in crate::cart) fn inclusive(price: f64, rates: &[MatchedRate]) -> TaxMap {
    let mut taxes: TaxMap = rates.iter().map(|rate| (rate.id, 0.0)).collect();
    let mut rest = price;
    for rate in rates.iter().rev().filter(|rate| rate.compound) {
        let tax = rest - rest / (1.0 + rate.percent / 100.0);
        add_to(&mut taxes, rate.id, tax);
        rest -= tax;
    }
    let regular: f64 = rates.iter().filter(|rate| !rate.compound).map(|rate| rate.percent).sum();
    let divisor = 1.0 + regular / 100.0;
    for rate in rates.iter().filter(|rate| !rate.compound) {
        let share = (rate.percent / 100.0) / divisor;
        let net = price - share * rest;
        add_to(&mut taxes, rate.id, price - net);
    }
    taxes
}
