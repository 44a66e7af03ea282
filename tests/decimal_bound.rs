//! A second totals pass in exact decimals, written from `spec/woocommerce-cart.md` 4 with the
//! same rounding steps, bounds the engine's doubles: on random carts no figure is more than one
//! minor unit away, and a line's no more than one for each coupon. A mistake cannot hide in binary
//! noise.
//!
//! The two are not equal to the bit and must not be (0.1 of the specification): the noise of
//! divisions decides a floor now and then, and then one cent.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may panic")]

mod common;

#[path = "decimal_bound/reference.rs"]
mod reference;

use cocart_wasm::store::{Coupon, DiscountType, TaxRate};
use common::till::{ALL, Till, rate};
use proptest::prelude::*;
use reference::{Pass, to_decimal};
use rust_decimal::Decimal;

/// A random cart, in the terms of the specification.
#[derive(Clone, Debug)]
struct Case {
    generation: (&'static str, &'static str),
    decimals: u8,
    includes_tax: bool,
    sequential: bool,
    rates: Vec<TaxRate>,
    lines: Vec<(Decimal, u32)>,
    coupons: Vec<Coupon>,
    fees: Vec<(Decimal, bool)>,
    shipping: Option<Decimal>,
}

impl Case {
    fn till(&self) -> Till {
        let rates = self.rates.clone();
        let till = if self.includes_tax { Till::incl(rates) } else { Till::excl(rates) };
        let mut till = till.set(|settings| {
            settings.price_decimals = self.decimals;
            settings.calc_discounts_sequentially = self.sequential;
        });
        for (price, quantity) in &self.lines {
            till = till.line(&price.to_string(), f64::from(*quantity));
        }
        for (amount, taxable) in &self.fees {
            till = till.fee(amount.to_string().parse().unwrap(), *taxable);
        }
        for coupon in &self.coupons {
            till = till.coupon_of(coupon.clone());
        }
        match self.shipping {
            Some(cost) => till.shipping(&cost.to_string()),
            None => till,
        }
    }
}

/// An amount with this many decimals.
fn amounts(range: std::ops::Range<i64>, decimals: u32) -> impl Strategy<Value = Decimal> {
    range.prop_map(move |n| Decimal::new(n, decimals))
}

fn rates() -> impl Strategy<Value = Vec<TaxRate>> {
    let percents = ["5", "7", "7.25", "8.875", "9.975", "19", "20", "21"];
    let percent = prop::sample::select(percents.to_vec());
    prop::collection::vec((percent, any::<bool>()), 1..=2).prop_map(|rates| {
        let rates = rates.into_iter().zip(1..);
        rates.map(|((percent, compound), id)| TaxRate { compound, ..rate(id, percent) }).collect()
    })
}

fn coupons(decimals: u8) -> impl Strategy<Value = Vec<Coupon>> {
    let kinds = [DiscountType::Percent, DiscountType::FixedCart, DiscountType::FixedProduct];
    let coupon =
        (prop::sample::select(kinds.to_vec()), 1i64..3000, prop::option::weighted(0.3, 1u64..6))
            .prop_map(move |(discount_type, n, limit_usage_to_x_items)| {
                let amount = if discount_type == DiscountType::Percent {
                    Decimal::new(n % 1000 * 10 + n % 7, 2)
                } else {
                    Decimal::new(n, u32::from(decimals))
                };
                Coupon { discount_type, amount, limit_usage_to_x_items, ..Coupon::default() }
            });
    prop::collection::vec(coupon, 0..=3)
}

fn cases() -> impl Strategy<Value = Case> {
    let decimals = prop::sample::select(vec![0u8, 2, 2, 2, 3]);
    let switches = (prop::sample::select(ALL.to_vec()), any::<bool>(), any::<bool>());
    (decimals, switches).prop_flat_map(|(decimals, (generation, includes_tax, sequential))| {
        let places = u32::from(decimals);
        (
            rates(),
            prop::collection::vec((amounts(1..20_000, places), 1u32..8), 1..=5),
            coupons(decimals),
            prop::collection::vec((amounts(-3000..3000, places), any::<bool>()), 0..=2),
            prop::option::of(amounts(0..2000, places)),
        )
            .prop_map(move |(rates, lines, coupons, fees, shipping)| Case {
                generation,
                decimals,
                includes_tax,
                sequential,
                rates,
                lines,
                coupons,
                fees,
                shipping,
            })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn exact_decimals_bound_the_doubles(case in cases()) {
        let receipt = case.till().ring(case.generation);
        let exact = Pass::new(&case).totals();
        let unit = Decimal::new(1, u32::from(case.decimals));
        let within = |bound: Decimal, what: &str, double: f64, decimal: Decimal| {
            let apart = (to_decimal(double) - decimal).abs();
            prop_assert!(apart <= bound, "{what}: {double} against {decimal} of {case:?}");
            Ok(())
        };
        // each coupon may move a cent from line to line
        let of_lines = unit * Decimal::from(case.coupons.len().max(1));
        for (at, ([subtotal, subtotal_tax, total, tax], exact)) in
            receipt.lines().into_iter().zip(&exact.lines).enumerate()
        {
            within(unit, &format!("subtotal of line {at}"), subtotal, exact.subtotal)?;
            within(unit, &format!("subtotal tax of line {at}"), subtotal_tax, exact.subtotal_tax)?;
            within(of_lines, &format!("total of line {at}"), total, exact.total)?;
            within(of_lines, &format!("tax of line {at}"), tax, exact.tax)?;
        }
        let near = |what: &str, double: f64, decimal: Decimal| within(unit, what, double, decimal);
        let totals = receipt.totals();
        near("subtotal", totals.subtotal.value(), exact.subtotal)?;
        near("subtotal tax", totals.subtotal_tax, exact.subtotal_tax)?;
        near("discount", totals.discount_total, exact.discount)?;
        near("discount tax", totals.discount_tax, exact.discount_tax)?;
        near("contents", totals.cart_contents_total.value(), exact.contents)?;
        near("contents tax", totals.cart_contents_tax, exact.contents_tax)?;
        near("shipping", totals.shipping_total.value(), exact.shipping)?;
        near("shipping tax", totals.shipping_tax, exact.shipping_tax)?;
        near("fees", totals.fee_total.value(), exact.fees)?;
        near("fee tax", totals.fee_tax, exact.fee_tax)?;
        near("total", totals.total.parse().unwrap(), exact.total)?;
        near("total tax", totals.total_tax, exact.total_tax)?;
    }
}
