//! The totals of section 4 in exact decimals. One tax class, taxable goods, home customer.

use super::Case;
use crate::common::till::RECORDED;
use cocart_wasm::store::{Coupon, DiscountType};
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

/// Where a half goes.
const UP: RoundingStrategy = RoundingStrategy::MidpointAwayFromZero;
const DOWN: RoundingStrategy = RoundingStrategy::MidpointTowardZero;

/// The decimal that a double prints as.
pub(crate) fn to_decimal(double: f64) -> Decimal {
    double.to_string().parse().unwrap()
}

/// A line's figures in major units.
#[derive(Clone, Default)]
pub(crate) struct Line {
    pub(crate) subtotal: Decimal,
    pub(crate) subtotal_tax: Decimal,
    pub(crate) total: Decimal,
    pub(crate) tax: Decimal,
}

/// The cart's figures in major units.
#[derive(Default)]
pub(crate) struct Totals {
    pub(crate) lines: Vec<Line>,
    pub(crate) subtotal: Decimal,
    pub(crate) subtotal_tax: Decimal,
    pub(crate) discount: Decimal,
    pub(crate) discount_tax: Decimal,
    pub(crate) contents: Decimal,
    pub(crate) contents_tax: Decimal,
    pub(crate) shipping: Decimal,
    pub(crate) shipping_tax: Decimal,
    pub(crate) fees: Decimal,
    pub(crate) fee_tax: Decimal,
    pub(crate) total: Decimal,
    pub(crate) total_tax: Decimal,
}

/// One calculation, in minor units with fractions.
pub(crate) struct Pass<'c> {
    case: &'c Case,
    decimals: u32,
    /// Minor units of one.
    factor: Decimal,
    /// Line prices and quantities.
    prices: Vec<Decimal>,
    quantities: Vec<Decimal>,
    /// What the coupons before have taken off each line.
    taken: Vec<Decimal>,
    /// What the coupon at work takes off each line.
    current: Vec<Decimal>,
}

impl<'c> Pass<'c> {
    pub(crate) fn new(case: &'c Case) -> Self {
        let decimals = u32::from(case.decimals);
        let factor = Decimal::from(10u64.pow(decimals));
        let quantities: Vec<Decimal> = case.lines.iter().map(|(_, q)| Decimal::from(*q)).collect();
        let prices: Vec<Decimal> =
            case.lines.iter().map(|(price, q)| *price * Decimal::from(*q) * factor).collect();
        let none = vec![Decimal::ZERO; prices.len()];
        Self { case, decimals, factor, prices, quantities, taken: none.clone(), current: none }
    }

    /// WooCommerce's inner precision.
    fn precise(&self, value: Decimal) -> Decimal {
        self.round(value, (self.decimals + 2).max(6), UP)
    }

    fn round(&self, value: Decimal, places: u32, how: RoundingStrategy) -> Decimal {
        let two_passes = self.case.generation != RECORDED;
        let value = if two_passes { value.round_dp_with_strategy(6, UP) } else { value };
        value.round_dp_with_strategy(places, how)
    }

    fn whole(&self, value: Decimal) -> Decimal {
        self.round(value, 0, UP)
    }

    fn whole_tax(&self, tax: Decimal) -> Decimal {
        self.round(tax, 0, if self.case.includes_tax { DOWN } else { UP })
    }

    /// Tax by rate, on top of an amount or inside it.
    fn taxes(&self, amount: Decimal, inside: bool) -> Vec<Decimal> {
        let hundred = Decimal::ONE_HUNDRED;
        let share = |at: usize| self.case.rates[at].rate / hundred;
        let all = 0..self.case.rates.len();
        let (compound, regular): (Vec<usize>, Vec<usize>) =
            all.partition(|at| self.case.rates[*at].compound);
        let mut taxes = vec![Decimal::ZERO; self.case.rates.len()];
        if inside {
            let mut rest = amount;
            for at in compound.into_iter().rev() {
                taxes[at] = rest - rest / (Decimal::ONE + share(at));
                rest -= taxes[at];
            }
            let divisor: Decimal =
                Decimal::ONE + regular.iter().map(|at| share(*at)).sum::<Decimal>();
            for at in regular {
                taxes[at] = rest * share(at) / divisor;
            }
        } else {
            for at in regular {
                taxes[at] = amount * share(at);
            }
            for at in compound {
                taxes[at] = (amount + taxes.iter().sum::<Decimal>()) * share(at);
            }
        }
        taxes.into_iter().map(|tax| self.precise(tax)).collect()
    }

    pub(crate) fn totals(mut self) -> Totals {
        let includes_tax = self.case.includes_tax;
        let sum = |list: &[Decimal]| list.iter().sum::<Decimal>();
        let mut totals = Totals::default();
        let mut by_rate = vec![Decimal::ZERO; self.case.rates.len()];

        for price in self.prices.clone() {
            let taxes = self.taxes(price, includes_tax);
            let net = if includes_tax { price - sum(&taxes) } else { price };
            let tax: Decimal = taxes.iter().map(|tax| self.whole_tax(*tax)).sum();
            totals.subtotal += self.whole(net);
            totals.subtotal_tax += tax;
            totals.lines.push(Line { subtotal: net, subtotal_tax: tax, ..Line::default() });
        }

        for coupon in self.coupons() {
            self.apply(&coupon);
            let by_line =
                std::mem::replace(&mut self.current, vec![Decimal::ZERO; self.prices.len()]);
            let tax: Decimal = by_line.iter().map(|off| sum(&self.taxes(*off, includes_tax))).sum();
            totals.discount += sum(&by_line) - if includes_tax { tax } else { Decimal::ZERO };
            totals.discount_tax += tax;
            self.taken.iter_mut().zip(&by_line).for_each(|(taken, off)| *taken += off);
        }

        for at in 0..self.prices.len() {
            let price = self.prices[at] - self.taken[at];
            let taxes = self.taxes(price, includes_tax);
            let net = if includes_tax { price - sum(&taxes) } else { price };
            let whole: Vec<Decimal> = taxes.iter().map(|tax| self.whole_tax(*tax)).collect();
            totals.contents += self.whole(net);
            by_rate.iter_mut().zip(&whole).for_each(|(all, tax)| *all += tax);
            totals.lines[at].total = net;
            totals.lines[at].tax = sum(&whole);
        }
        totals.contents_tax = sum(&by_rate);

        if let Some(cost) = self.case.shipping {
            totals.shipping = cost * self.factor;
            // the rate's tax was rounded in major units
            let taxes = self.taxes(cost, false).into_iter().map(|tax| tax * self.factor);
            totals.shipping_tax = taxes.map(|tax| self.whole(tax)).sum();
        }
        self.add_fees(&mut totals);

        let grand = self.whole(
            totals.contents
                + totals.fees
                + totals.shipping
                + totals.contents_tax
                + totals.shipping_tax
                + totals.fee_tax,
        );
        totals.total = grand.max(Decimal::ZERO);
        totals.total_tax = totals.contents_tax + totals.shipping_tax + totals.fee_tax;
        self.in_major_units(totals)
    }

    /// Fees, largest first; equal ones end as the last added (trap T18). A negative one stops
    /// where the cart is free, and is taxed.
    fn add_fees(&self, totals: &mut Totals) {
        let mut fees = self.case.fees.clone();
        fees.reverse();
        fees.sort_by(|(a, _), (b, _)| b.cmp(a));
        for (amount, taxable) in fees {
            let mut fee = amount * self.factor;
            let floor = -self.whole(totals.contents + totals.fees + totals.shipping);
            if fee < Decimal::ZERO {
                fee = fee.max(floor);
            }
            if fee < Decimal::ZERO {
                totals.fee_tax += self.tax_of_negative(fee, totals);
            } else if taxable {
                totals.fee_tax += self
                    .taxes(fee, false)
                    .into_iter()
                    .map(|tax| self.whole_tax(tax))
                    .sum::<Decimal>();
            }
            totals.fees += fee;
        }
    }

    /// The taxable share of what the fee is taken from.
    fn tax_of_negative(&self, fee: Decimal, totals: &Totals) -> Decimal {
        // goods and shipping are taxable, and of the fees so far what is not negative
        let goods: Decimal = totals.lines.iter().map(|line| line.total.max(Decimal::ZERO)).sum();
        let mut fees = self.case.fees.clone();
        fees.retain(|(amount, _)| *amount >= Decimal::ZERO);
        let of = |wanted: bool| -> Decimal {
            fees.iter().filter(|(_, t)| *t == wanted).map(|(a, _)| *a * self.factor).sum()
        };
        let taxable = goods + totals.shipping + of(true);
        let all = taxable + of(false);
        if taxable.is_zero() {
            return Decimal::ZERO;
        }
        self.taxes(fee * (taxable / all), false).into_iter().map(|tax| self.whole_tax(tax)).sum()
    }

    fn in_major_units(&self, totals: Totals) -> Totals {
        let major = |cents: Decimal| cents / self.factor;
        Totals {
            lines: totals
                .lines
                .into_iter()
                .map(|line| Line {
                    subtotal: major(line.subtotal),
                    subtotal_tax: major(line.subtotal_tax),
                    total: major(line.total),
                    tax: major(line.tax),
                })
                .collect(),
            subtotal: major(totals.subtotal),
            subtotal_tax: major(totals.subtotal_tax),
            discount: major(totals.discount),
            discount_tax: major(totals.discount_tax),
            contents: major(totals.contents),
            contents_tax: major(totals.contents_tax),
            shipping: major(totals.shipping),
            shipping_tax: major(totals.shipping_tax),
            fees: major(totals.fees),
            fee_tax: major(totals.fee_tax),
            total: major(totals.total),
            total_tax: major(totals.total_tax),
        }
    }

    /// The coupons in WooCommerce's order; ids go up in the order they were applied.
    fn coupons(&self) -> Vec<Coupon> {
        let class = |coupon: &Coupon| match coupon.discount_type {
            DiscountType::FixedProduct => 1,
            DiscountType::Percent => 2,
            _ => 3,
        };
        let mut coupons: Vec<Coupon> = self.case.coupons.iter().rev().cloned().collect();
        coupons.sort_by_key(|c| (class(c), c.limit_usage_to_x_items, c.amount));
        coupons
    }

    /// Lines that still cost something, dearest first by the generation's measure.
    fn open(&self) -> Vec<usize> {
        let measure = |at: usize| {
            let (price, quantity) = (self.prices[at], self.quantities[at]);
            if self.case.generation == RECORDED { price * quantity } else { price / quantity }
        };
        let mut order: Vec<usize> = (0..self.prices.len()).collect();
        order.sort_by_key(|at| std::cmp::Reverse(measure(*at)));
        order.retain(|at| self.left(*at) > Decimal::ZERO);
        order
    }

    fn left(&self, at: usize) -> Decimal {
        self.whole(self.prices[at] - self.taken[at] - self.current[at]).trunc().abs()
    }

    fn apply(&mut self, coupon: &Coupon) {
        let limit = coupon.limit_usage_to_x_items.map(Decimal::from);
        match coupon.discount_type {
            DiscountType::Percent => self.percent(coupon.amount, limit),
            DiscountType::FixedProduct => {
                self.each(coupon.amount * self.factor, limit);
            }
            _ => self.whole_cart(coupon.amount * self.factor, limit),
        }
    }

    /// How many of a line a coupon may still discount.
    fn within(&self, at: usize, limit: Option<Decimal>, used: &mut Decimal) -> Decimal {
        let quantity = self.quantities[at];
        let quantity =
            limit.map_or(quantity, |limit| quantity.min((limit - *used).max(Decimal::ZERO)));
        *used += quantity;
        quantity
    }

    fn percent(&mut self, percent: Decimal, limit: Option<Decimal>) {
        let share = percent / Decimal::ONE_HUNDRED;
        let (mut used, mut total, mut base) = (Decimal::ZERO, Decimal::ZERO, Decimal::ZERO);
        let open = self.open();
        for at in &open {
            let left = self.left(*at);
            let whole = if self.case.sequential { left } else { self.whole(self.prices[*at]) };
            let part = whole / self.quantities[*at] * self.within(*at, limit, &mut used);
            let off = (part * share).floor().min(left);
            base += part;
            total += off;
            self.current[*at] += off;
        }
        let wanted = self.round(base * share, 0, DOWN);
        if total < wanted {
            self.spread(&open, wanted - total);
        }
    }

    fn each(&mut self, amount: Decimal, limit: Option<Decimal>) -> Decimal {
        let (mut used, mut total) = (Decimal::ZERO, Decimal::ZERO);
        for at in self.open() {
            let left = self.left(at);
            // the full price, whether discounts are sequential or not
            let unit = match limit {
                Some(_) => amount.min(self.prices[at] / self.quantities[at]),
                None => amount,
            };
            let off = (unit * self.within(at, limit, &mut used)).min(left);
            total += off;
            self.current[at] += off;
        }
        total
    }

    fn whole_cart(&mut self, mut amount: Decimal, limit: Option<Decimal>) {
        loop {
            let open = self.open();
            let units: Decimal = open.iter().map(|at| self.quantities[*at]).sum();
            if units.is_zero() {
                return;
            }
            let each = (amount / units).trunc();
            if each.is_zero() {
                return self.spread(&open, amount);
            }
            let total = self.each(each, limit);
            if total <= Decimal::ZERO || total >= amount {
                return;
            }
            amount -= total;
        }
    }

    /// One minor unit off each piece, line after line, until the amount is reached.
    fn spread(&mut self, open: &[usize], amount: Decimal) {
        let mut total = Decimal::ZERO;
        for at in open {
            for _ in 0..self.quantities[*at].to_u32().unwrap() {
                if total >= amount {
                    return;
                }
                let off = self.left(*at).min(Decimal::ONE);
                self.current[*at] += off;
                total += off;
            }
        }
    }
}
