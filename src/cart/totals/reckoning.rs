//! What the lines come to, kept from one calculation to the next: what did not change is not worked
//! out again (ARCHITECTURE.md, "Cost follows the change").

use super::items::{self, Added, Item};
use super::{Pass, RatesByClass, add_all};
use crate::cart::{Line, Visit};
use crate::store::Location;
use crate::woo::{number, sort};
use std::sync::Arc;

/// The lines in cents, and their sums.
#[derive(Debug)]
pub(crate) struct Reckoning {
    basis: Basis,
    /// The moment of the lines that it holds for.
    moment: u64,
    pub(super) items: Vec<Item>,
    /// The lines whose figures the cart may not have yet.
    changed: Vec<usize>,
    /// The lines reckoned with a price that only this request knows.
    priced: Vec<usize>,
    /// The rates of the classes met so far, there and at the shop's own address.
    rates: RatesByClass,
    base_rates: RatesByClass,
    /// Whether a coupon takes something off.
    discounted: bool,
    /// Whether the cart's totals were made of these lines and nothing else.
    pub(super) totalled: bool,
    undiscounted: Option<Added>,
    /// Whether every line adds whole cents: their sum is then the same in any order.
    whole: bool,
    goods: Option<Goods>,
}

/// What every line's figures depend on beside the line: what is known of the shop, where the
/// customer is taxed, and whether at all.
#[derive(Debug, PartialEq)]
struct Basis {
    revision: u64,
    location: Arc<Location>,
    exempt: bool,
}

/// How many things the lines are, and what they weigh.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Goods {
    pub(crate) count: f64,
    pub(crate) weight: f64,
}

impl Goods {
    /// Sums up lines: how many of each, and what one of it weighs.
    fn of(lines: impl Iterator<Item = (f64, f64)>) -> Self {
        lines.fold(Self::default(), |goods, (quantity, weight)| Self {
            count: goods.count + quantity,
            weight: goods.weight + weight * quantity,
        })
    }
}

impl Reckoning {
    /// The lines as they stand.
    pub(super) fn of(visit: &Visit<'_>, pass: &mut Pass<'_>) -> Self {
        let lines = &visit.cart.lines;
        let basis = Basis {
            revision: visit.shop.revision(),
            location: Arc::clone(&pass.location),
            exempt: pass.exempt,
        };
        let known = visit.cart.memo.reckoning.take().filter(|known| known.basis == basis);
        let (mut reckoning, mut stale) = known
            .and_then(|mut known| {
                let changed = lines.changed_since(known.moment)?;
                if changed.moved() {
                    // their places are others now, which only this request knows
                    if !known.priced.is_empty() || !known.changed.is_empty() {
                        return None;
                    }
                    changed.take_out(&mut known.items);
                    (known.undiscounted, known.goods) = (None, None);
                    known.totalled = false;
                }
                Some((known, changed.touched.to_vec()))
            })
            .unwrap_or_else(|| (Self::new(basis, lines.len()), (0..lines.len()).collect()));
        std::mem::swap(&mut pass.rates, &mut reckoning.rates);
        std::mem::swap(&mut pass.base_rates, &mut reckoning.base_rates);
        stale.append(&mut reckoning.priced);
        let posted = visit.prices_in_force.iter();
        reckoning.priced = posted.filter_map(|(key, _)| lines.position(key)).collect();
        stale.extend(&reckoning.priced);
        sort::in_order(&mut stale);
        for at in stale {
            reckoning.read(visit, pass, at);
        }
        reckoning.moment = lines.moment();
        reckoning
    }

    fn new(basis: Basis, lines: usize) -> Self {
        Self {
            basis,
            moment: 0,
            items: Vec::with_capacity(lines),
            changed: Vec::new(),
            priced: Vec::new(),
            rates: Vec::new(),
            base_rates: Vec::new(),
            discounted: false,
            totalled: false,
            undiscounted: None,
            whole: false,
            goods: None,
        }
    }

    /// Reads a line, the next one after those that were read or one of them.
    fn read(&mut self, visit: &Visit<'_>, pass: &mut Pass<'_>, at: usize) {
        let Some(line) = visit.cart.lines.get(at) else { return };
        // the line may be another that costs the same, and have other figures
        self.changed.push(at);
        let item = items::read(visit, pass, line);
        match self.items.get_mut(at) {
            Some(known) if known.is_like(&item) => return,
            Some(known) => {
                let sum = self.undiscounted.take().filter(|_| self.whole);
                self.undiscounted = sum.and_then(|sum| sum.exchanged(&known.adds, &item.adds));
                *known = item;
            }
            None => {
                self.items.push(item);
                self.undiscounted = None;
            }
        }
        self.goods = None;
    }

    /// Whether the cart's totals are what the lines come to and nothing else.
    pub(super) const fn is_in_totals(&self) -> bool {
        self.totalled && self.changed.is_empty()
    }

    /// The lines together before discounts.
    pub(super) fn undiscounted(&mut self) -> Added {
        if let Some(sum) = &self.undiscounted {
            return sum.clone();
        }
        // an empty sum is PHP's 0, not -0
        let mut sum = Added::default();
        for item in &self.items {
            sum.amount += item.adds.amount;
            add_all(&mut sum.taxes, &item.adds.taxes);
        }
        self.whole = self.items.iter().all(|item| item.adds.is_whole());
        self.undiscounted.insert(sum).clone()
    }

    /// The lines together after discounts; `discounted` says whether there are any.
    pub(super) fn total(&mut self, pass: &Pass<'_>, discounted: bool) -> Added {
        if discounted || self.discounted {
            for item in &mut self.items {
                if !discounted {
                    item.discount = 0.0;
                }
                item.take_discount_off(pass);
            }
            self.changed = (0..self.items.len()).collect();
        }
        self.discounted = discounted;
        if discounted {
            let mut sum = Added::default();
            for item in &self.items {
                sum.amount += pass.round_amount(item.total);
                add_all(&mut sum.taxes, &pass.rounded_taxes(&item.total_taxes));
            }
            sum
        } else {
            self.undiscounted()
        }
    }

    /// Gives the cart's lines the figures that they do not have.
    pub(super) fn write_back(&mut self, visit: &mut Visit<'_>, pass: &Pass<'_>) {
        for at in std::mem::take(&mut self.changed) {
            let Some(item) = self.items.get(at) else { continue };
            let figures = Some(item.figures(pass));
            let has_them = visit.cart.lines.get(at).is_none_or(|line| line.totals == figures);
            if !has_them {
                visit.cart.lines.set_totals(at, figures);
            }
        }
        self.moment = visit.cart.lines.moment();
    }

    /// Keeps it for the next calculation.
    pub(super) fn keep(mut self, visit: &Visit<'_>, pass: Pass<'_>) {
        self.goods.get_or_insert_with(|| {
            Goods::of(self.items.iter().map(|item| (item.quantity, item.weight)))
        });
        (self.rates, self.base_rates) = (pass.rates, pass.base_rates);
        visit.cart.memo.reckoning.put(self);
    }
}

impl Visit<'_> {
    /// How many things the lines are, and what they weigh.
    pub(crate) fn goods(&self) -> Goods {
        let known = self.cart.memo.reckoning.read(|known| {
            let holds = known.moment == self.cart.lines.moment()
                && known.basis.revision == self.shop.revision();
            known.goods.filter(|_| holds)
        });
        if let Some(goods) = known {
            return goods;
        }
        Goods::of(self.cart.lines.iter().map(|line| (line.quantity, self.weight_of_one(line))))
    }

    /// What one of a line weighs; 0 for what is not sent.
    pub(super) fn weight_of_one(&self, line: &Line) -> f64 {
        let product =
            self.shop.product(line.sold_id()).filter(|p| !p.is_virtual && p.weight != "0");
        product.map_or(0.0, |p| number::float_of(&p.weight))
    }
}
