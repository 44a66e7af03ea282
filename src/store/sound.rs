//! What no shop can mean is taken out of a snapshot before anything is computed with it.

use super::Snapshot;
use crate::woo::number;
use rust_decimal::Decimal;

/// More decimals than this, and the doubles that WooCommerce computes with run out of digits.
const MOST_DECIMALS: u8 = 8;

/// Takes out what cannot be computed with: too many decimals, taxes below zero, fees beyond
/// reason. Returns whether there was none, so that amounts are exact.
pub(super) fn make_sound(snapshot: &mut Snapshot) -> bool {
    let Snapshot { settings, tax_rates, fees, .. } = snapshot;
    let before = (settings.price_decimals, tax_rates.len(), fees.len());
    settings.price_decimals = settings.price_decimals.min(MOST_DECIMALS);
    tax_rates.retain(|rate| rate.rate >= Decimal::ZERO);
    fees.retain(|fee| number::within_reason(fee.amount).is_some());
    before == (settings.price_decimals, tax_rates.len(), fees.len())
}
