//! Coupons in the totals pass (4.4).

use super::items::Item;
use super::{Pass, sum_of};
use crate::cart::{Totals, Visit};
use crate::store::{Coupon, DiscountType, to_f64};
use crate::woo::{Direction, Generation, sort};

/// More rounds than the server's memory would last for: a coupon of absurd size must end.
const MOST_ROUNDS: u32 = 100_000;

/// One coupon's discounts, in cents by line.
struct Discount {
    code: String,
    by_line: Vec<f64>,
}

/// The state of the pass: what each line costs, and what coupons have taken so far.
struct Discounts<'p, 'a> {
    pass: &'p Pass<'a>,
    prices: Vec<f64>,
    quantities: Vec<f64>,
    /// What all coupons so far take off each line.
    taken: Vec<f64>,
    /// The coupon at work: what it takes off each line.
    current: Vec<f64>,
}

/// Applies the cart's coupons to its lines; an invalid one takes nothing and stays applied.
/// Whether there are any.
pub(super) fn apply(
    visit: &mut Visit<'_>,
    pass: &Pass<'_>,
    items: &mut [Item],
    displayed_subtotal: f64,
    totals: &mut Totals,
) -> bool {
    for coupon in &mut visit.cart.coupons {
        (coupon.amount, coupon.tax) = (0.0, 0.0);
    }
    if visit.cart.coupons.is_empty() {
        return false;
    }
    let lines = items.iter().map(|item| (item.price, item.quantity)).collect();
    let order = dearest_first(pass.generation, lines);
    let mut discounts = Discounts {
        pass,
        prices: items.iter().map(|item| item.price).collect(),
        quantities: items.iter().map(|item| item.quantity).collect(),
        taken: vec![0.0; items.len()],
        current: vec![0.0; items.len()],
    };
    let mut done: Vec<Discount> = Vec::new();
    for (code, coupon) in sorted_coupons(visit) {
        if visit.coupon_error(coupon, displayed_subtotal).is_some() {
            continue;
        }
        let for_cart = coupon.discount_type == DiscountType::FixedCart;
        let candidates: Vec<usize> = order
            .iter()
            .copied()
            .filter(|at| {
                for_cart
                    || items
                        .get(*at)
                        .is_some_and(|item| visit.coupon_fits_product(coupon, item.sold_id))
            })
            .collect();
        discounts.current = vec![0.0; items.len()];
        discounts.apply_coupon(coupon, &candidates);
        let by_line = std::mem::take(&mut discounts.current);
        for (taken, amount) in discounts.taken.iter_mut().zip(&by_line) {
            *taken += amount;
        }
        done.push(Discount { code, by_line });
    }
    settle(visit, pass, items, &order, &done, totals);
    true
}

/// Writes what was taken: per line, per coupon, and in all.
fn settle(
    visit: &mut Visit<'_>,
    pass: &Pass<'_>,
    items: &mut [Item],
    order: &[usize],
    done: &[Discount],
    totals: &mut Totals,
) {
    let mut all_taxes = 0.0;
    for discount in done {
        let of_line = |at: usize| discount.by_line.get(at).copied().unwrap_or(0.0);
        let mut amount: f64 = order.iter().map(|at| of_line(*at)).sum();
        let mut tax = 0.0;
        if pass.calculate_tax {
            for (at, item) in order.iter().filter_map(|at| Some((*at, items.get(*at)?))) {
                if item.taxable {
                    let of_line = sum_of(&pass.tax_of(of_line(at), &item.rates, item.includes_tax));
                    tax += of_line;
                    if item.includes_tax {
                        amount -= of_line;
                    }
                }
            }
        }
        all_taxes += tax;
        if let Some(coupon) = visit.cart.coupons.iter_mut().find(|c| c.code == discount.code) {
            coupon.amount = pass.remove(amount);
            coupon.tax = pass.remove(tax);
        }
    }
    let mut all = 0.0;
    for at in order {
        let of_line = done
            .iter()
            .fold(0.0, |sum, discount| sum + discount.by_line.get(*at).copied().unwrap_or(0.0));
        all += of_line;
        if let Some(item) = items.get_mut(*at) {
            item.discount = of_line;
        }
    }
    totals.discount_total =
        pass.remove(if pass.prices_include_tax { all - all_taxes } else { all });
    totals.discount_tax = pass.remove(all_taxes);
}

/// The applied coupons in the order WooCommerce takes them.
fn sorted_coupons<'a>(visit: &Visit<'a>) -> Vec<(String, &'a Coupon)> {
    let mut coupons: Vec<(String, &Coupon)> = visit
        .cart
        .coupons
        .iter()
        .filter_map(|applied| Some((applied.code.clone(), visit.shop.coupon(&applied.code)?)))
        .collect();
    let class = |coupon: &Coupon| match coupon.discount_type {
        DiscountType::FixedProduct => 1,
        DiscountType::Percent => 2,
        DiscountType::FixedCart => 3,
        DiscountType::Other(_) => 0,
    };
    sort::stable_sort(&mut coupons, |(_, a), (_, b)| {
        class(a)
            .cmp(&class(b))
            .then(a.limit_usage_to_x_items.cmp(&b.limit_usage_to_x_items))
            .then(a.amount.cmp(&b.amount))
            .then(b.id.cmp(&a.id))
    });
    coupons
}

/// The order in which lines of a price and a quantity meet coupons: dearest first, by the
/// generation's measure.
pub(in crate::cart) fn dearest_first(generation: Generation, lines: Vec<(f64, f64)>) -> Vec<usize> {
    let measure = |(price, quantity): (f64, f64)| {
        if !generation.coupon_items_by_unit_price {
            price * quantity
        } else if quantity > 1.0 {
            price / quantity
        } else {
            price
        }
    };
    // plus zero: -0 and 0 are one
    let measures = lines.into_iter().map(|line| measure(line) + 0.0);
    let mut order: Vec<(usize, f64)> = measures.enumerate().collect();
    sort::stable_sort(&mut order, |(_, a), (_, b)| b.total_cmp(a));
    order.into_iter().map(|(at, _)| at).collect()
}

impl Discounts<'_, '_> {
    fn price(&self, at: usize) -> f64 {
        self.prices.get(at).copied().unwrap_or(0.0)
    }

    fn quantity(&self, at: usize) -> f64 {
        self.quantities.get(at).copied().unwrap_or(0.0)
    }

    fn take(&mut self, at: usize, amount: f64) {
        if let Some(slot) = self.current.get_mut(at) {
            *slot += amount;
        }
    }

    /// What a line still costs, in whole cents.
    fn discounted_price(&self, at: usize) -> f64 {
        let so_far = |list: &[f64]| list.get(at).copied().unwrap_or(0.0);
        let left = self.price(at) - (so_far(&self.taken) + so_far(&self.current));
        self.pass.round(left, 0, Direction::Up).trunc().abs()
    }

    fn open(&self, candidates: &[usize]) -> Vec<usize> {
        let is_open = |at: &usize| self.discounted_price(*at) > 0.0 && self.quantity(*at) > 0.0;
        candidates.iter().copied().filter(is_open).collect()
    }

    fn apply_coupon(&mut self, coupon: &Coupon, candidates: &[usize]) {
        let amount = to_f64(coupon.amount);
        #[allow(clippy::cast_precision_loss)]
        let limit = coupon.limit_usage_to_x_items.unwrap_or(0) as f64;
        let open = self.open(candidates);
        match coupon.discount_type {
            DiscountType::Percent => self.percent(&open, amount, limit),
            DiscountType::FixedProduct => {
                let cents = self.pass.add(amount);
                self.fixed_product(&open, cents, limit);
            }
            DiscountType::FixedCart => {
                let cents = self.pass.add(amount);
                self.fixed_cart(&open, cents, limit);
            }
            DiscountType::Other(_) => {}
        }
    }

    /// How many units of a line the coupon may still discount.
    fn quantity_within(&self, at: usize, limit: f64, used: f64) -> f64 {
        let quantity = self.quantity(at);
        if limit > 0.0 && limit - used < quantity { (limit - used).max(0.0) } else { quantity }
    }

    fn percent(&mut self, open: &[usize], percent: f64, limit: f64) {
        let (mut used, mut total, mut base_total) = (0.0, 0.0, 0.0);
        for &at in open {
            let left = self.discounted_price(at);
            let whole = if self.pass.sequential {
                left
            } else {
                self.pass.round(self.price(at), 0, Direction::Up)
            };
            let quantity = self.quantity_within(at, limit, used);
            let base = (whole / self.quantity(at)) * quantity;
            let discount = (base * (percent / 100.0)).floor();
            let discount = self.pass.round(left.min(discount), 0, Direction::Down);
            used += quantity;
            total += discount;
            base_total += base;
            self.take(at, discount);
        }
        let wanted = self.pass.round(base_total * (percent / 100.0), 0, Direction::Down);
        if total < wanted {
            self.remainder(open, wanted - total);
        }
    }

    fn fixed_product(&mut self, open: &[usize], amount: f64, limit: f64) -> f64 {
        let (mut used, mut total) = (0.0, 0.0);
        for &at in open {
            let left = self.discounted_price(at);
            let quantity = self.quantity_within(at, limit, used);
            let discount = if limit > 0.0 {
                amount.min(self.price(at) / self.quantity(at)) * quantity
            } else {
                amount * quantity
            };
            let discount = left.min(discount);
            used += quantity;
            total += discount;
            self.take(at, discount);
        }
        total
    }

    fn fixed_cart(&mut self, candidates: &[usize], amount: f64, limit: f64) {
        let mut amount = amount;
        for _ in 0..MOST_ROUNDS {
            let open = self.open(candidates);
            let units: f64 = open.iter().map(|at| self.quantity(*at)).sum();
            if units == 0.0 {
                return;
            }
            let per_unit = (amount / units).trunc();
            if per_unit <= 0.0 {
                if amount > 0.0 {
                    self.remainder(&open, amount);
                }
                return;
            }
            let total = self.fixed_product(&open, per_unit, limit);
            if total <= 0.0 || total >= amount {
                return;
            }
            amount -= total;
        }
    }

    /// Spreads left-over cents: one per unit, line after line.
    fn remainder(&mut self, candidates: &[usize], amount: f64) {
        let mut total = 0.0;
        for &at in candidates {
            let most = self.quantity(at).ceil().min(self.discounted_price(at)).min(amount - total);
            if most > f64::from(MOST_ROUNDS) {
                // so many single cents are taken at once
                self.take(at, most.ceil());
                total += most.ceil();
                if total >= amount {
                    return;
                }
                continue;
            }
            for unit in 0..MOST_ROUNDS {
                if f64::from(unit) >= self.quantity(at) {
                    break;
                }
                let left = self.discounted_price(at);
                let discount = left.min(1.0);
                self.take(at, discount);
                total += discount;
                if total >= amount {
                    return;
                }
                if left <= 0.0 {
                    break;
                }
            }
        }
    }
}
