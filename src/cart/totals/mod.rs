//! WooCommerce's totals pass, on doubles and in its own order of operations
//! (`spec/woocommerce-cart.md` 4): items, discounts, shipping, fees, grand total.
//!
//! "Cents" below are major units × 10^decimals kept as `f64`; they are not whole numbers.

mod discounts;
mod fees;
mod items;
mod reckoning;
mod tax;

use super::{Amount, TaxMap, Totals, Visit};
use crate::store::{Location, MatchedRate, Shop};
use crate::woo::rounding::{inner_precision, power_of_ten};
use crate::woo::{Direction, Generation};
use items::{Added, Item};
use std::sync::Arc;

pub(super) use discounts::dearest_first;
pub(crate) use reckoning::Reckoning;
pub(crate) use tax::{add_all, add_to, by_rate, exclusive, rounded_tax, sum_of};
pub(super) use tax::{inclusive, precise};

/// Rates that were looked up; a cart knows a handful of classes.
type RatesByClass = Vec<(String, Arc<Vec<MatchedRate>>)>;

fn remembered(
    known: &mut RatesByClass,
    class: &str,
    look_up: impl FnOnce() -> Vec<MatchedRate>,
) -> Arc<Vec<MatchedRate>> {
    if let Some((_, rates)) = known.iter().find(|(own, _)| own == class) {
        return Arc::clone(rates);
    }
    let rates = Arc::new(look_up());
    known.push((class.to_owned(), Arc::clone(&rates)));
    rates
}

/// The constants of one calculation.
pub(super) struct Pass<'a> {
    shop: &'a Shop,
    generation: Generation,
    decimals: i32,
    /// 10^decimals
    factor: f64,
    round_at_subtotal: bool,
    prices_include_tax: bool,
    /// Prices that hold the base tax change where another tax is taken.
    adjusts_prices: bool,
    /// Tax is on and the customer is not exempt.
    calculate_tax: bool,
    exempt: bool,
    calc_taxes: bool,
    sequential: bool,
    /// Where a half cent of tax goes.
    tax_direction: Direction,
    location: Arc<Location>,
    rates: RatesByClass,
    base_rates: RatesByClass,
}

impl<'a> Pass<'a> {
    pub(super) fn new(visit: &Visit<'a>) -> Self {
        let settings = visit.settings();
        let exempt = visit.cart.customer.is_vat_exempt;
        let prices_include_tax = settings.calc_taxes && settings.prices_include_tax;
        Self {
            shop: visit.shop,
            generation: visit.generation,
            decimals: i32::from(settings.price_decimals),
            factor: power_of_ten(i32::from(settings.price_decimals)),
            round_at_subtotal: settings.tax_round_at_subtotal,
            prices_include_tax,
            adjusts_prices: settings.adjust_non_base_location_prices,
            calculate_tax: settings.calc_taxes && !exempt,
            exempt,
            calc_taxes: settings.calc_taxes,
            sequential: settings.calc_discounts_sequentially,
            tax_direction: if prices_include_tax { Direction::Down } else { Direction::Up },
            location: visit.tax_location(),
            rates: Vec::new(),
            base_rates: Vec::new(),
        }
    }

    fn precision(&self) -> i32 {
        inner_precision(self.decimals)
    }

    fn round(&self, value: f64, places: i32, direction: Direction) -> f64 {
        self.generation.rounding.woo(value, places, direction)
    }

    /// Cents of an amount, cleaned of binary noise.
    pub(super) fn add(&self, value: f64) -> f64 {
        if value == 0.0 {
            return 0.0;
        }
        self.round(value * self.factor, self.precision() - self.decimals, Direction::Up)
    }

    /// Cents of an amount that keeps its fractions.
    fn add_unrounded(&self, value: f64) -> f64 {
        if value == 0.0 {
            0.0
        } else if self.generation.rounds_extra_precision {
            self.round(value * self.factor, self.precision(), Direction::Up)
        } else {
            value * self.factor
        }
    }

    /// Major units of cents.
    pub(super) fn remove(&self, cents: f64) -> f64 {
        if cents == 0.0 { 0.0 } else { cents / self.factor }
    }

    fn remove_each(&self, taxes: &TaxMap) -> TaxMap {
        taxes.iter().map(|(id, tax)| (*id, self.remove(*tax))).collect()
    }

    /// A line's tax in cents, rounded unless the shop rounds on sums.
    fn round_tax(&self, cents: f64) -> f64 {
        if self.round_at_subtotal { cents } else { self.round(cents, 0, self.tax_direction) }
    }

    /// A line's amount in cents; halves go up whatever the entry mode.
    fn round_amount(&self, cents: f64) -> f64 {
        if self.round_at_subtotal { cents } else { self.round(cents, 0, Direction::Up) }
    }

    fn rounded_taxes(&self, taxes: &TaxMap) -> TaxMap {
        taxes.iter().map(|(id, tax)| (*id, self.round_tax(*tax))).collect()
    }

    /// A total as WooCommerce keeps it.
    fn kept(&self, cents: f64) -> Amount {
        Amount::cut(self.remove(cents), self.precision())
    }

    /// The rates of a class where the customer is taxed; none when tax is off.
    pub(super) fn rates(&mut self, class: &str) -> Arc<Vec<MatchedRate>> {
        if !self.calc_taxes {
            return Arc::default();
        }
        remembered(&mut self.rates, class, || self.shop.tax_rates(class, &self.location))
    }

    /// The rates of a class where the shop is.
    fn base_rates(&mut self, class: &str) -> Arc<Vec<MatchedRate>> {
        remembered(&mut self.base_rates, class, || {
            self.shop.tax_rates(class, &self.shop.base_location())
        })
    }

    fn tax_of(&self, price: f64, rates: &[MatchedRate], includes_tax: bool) -> TaxMap {
        let taxes = if includes_tax { inclusive(price, rates) } else { exclusive(price, rates) };
        self.precise(taxes)
    }

    /// Taxes rounded to the inner precision.
    fn precise(&self, taxes: TaxMap) -> TaxMap {
        precise(self.generation.rounding, taxes, self.decimals)
    }
}

impl Visit<'_> {
    /// WooCommerce's `calculate_totals`.
    pub(crate) fn calculate(&mut self) {
        self.put_custom_prices_in_force();
        self.fees.clear();
        if self.cart.lines.is_empty() {
            self.cart.totals = None;
            self.forget_rate_without_shippable_line();
            return;
        }
        let mut pass = Pass::new(self);
        let mut reckoning = Reckoning::of(self, &mut pass);
        let nothing_else = self.totals_are_of_lines_alone();
        if nothing_else && reckoning.is_in_totals() {
            reckoning.keep(self, pass);
            self.forget_rate_without_shippable_line();
            return;
        }
        reckoning.totalled = nothing_else;
        let mut totals = Totals::default();

        // items
        let undiscounted = reckoning.undiscounted();
        totals.subtotal = pass.kept(undiscounted.amount);
        totals.subtotal_tax = pass.remove(sum_of(&undiscounted.taxes));

        // discounts
        let displayed = self.displayed_subtotal(&totals);
        let items = &mut reckoning.items;
        let discounted = discounts::apply(self, &pass, items, displayed, &mut totals);

        // line totals
        let items = reckoning.total(&pass, discounted);
        totals.cart_contents_total = pass.kept(items.amount);
        totals.cart_contents_taxes = pass.remove_each(&items.taxes);
        totals.cart_contents_tax = sum_of(&totals.cart_contents_taxes);
        reckoning.write_back(self, &pass);

        let shipping = self.total_shipping(&pass, &mut totals);
        // the chosen rate may have moved the tax location
        let items_pass = std::mem::replace(&mut pass, Pass::new(self));
        let lines = &reckoning.items;
        let fees = self.total_fees(&mut pass, lines, items.amount, shipping.amount, &mut totals);
        reckoning.keep(self, items_pass);
        self.grand_total(&pass, &items, &fees, &shipping, &mut totals);
        self.cart.totals = Some(totals);
        self.forget_rate_without_shippable_line();
    }

    /// The chosen rate's cost and taxes, in cents.
    fn total_shipping(&mut self, pass: &Pass<'_>, totals: &mut Totals) -> Added {
        let mut shipping = Added::default();
        if self.needs_shipping() && self.shows_shipping() {
            self.calculate_shipping(totals);
            if let Some(rate) = self.package.as_ref().and_then(|package| package.chosen_rate()) {
                shipping.amount = pass.add(rate.cost);
                for (id, tax) in &rate.taxes {
                    let cents = pass.add_unrounded(*tax);
                    add_to(&mut shipping.taxes, *id, pass.round_amount(cents));
                }
            }
        }
        totals.shipping_total = pass.kept(shipping.amount);
        totals.shipping_tax = pass.remove(sum_of(&shipping.taxes));
        totals.shipping_taxes = pass.remove_each(&shipping.taxes);
        shipping
    }

    /// The fees together in cents, their taxes as they are rounded by line.
    fn total_fees(
        &mut self,
        pass: &mut Pass<'_>,
        lines: &[Item],
        items_total: f64,
        shipping_total: f64,
        totals: &mut Totals,
    ) -> Added {
        let fees = fees::calculate(self, pass, lines, items_total, shipping_total);
        let mut sum = Added::default();
        let mut unrounded = TaxMap::new();
        for fee in &fees {
            sum.amount += fee.total;
            add_all(&mut unrounded, &fee.taxes);
            add_all(&mut sum.taxes, &pass.rounded_taxes(&fee.taxes));
        }
        totals.fee_total = pass.kept(sum.amount);
        totals.fee_tax = pass.remove(fees.iter().map(|fee| fee.total_tax).sum());
        totals.fee_taxes = pass.remove_each(&unrounded);
        self.fees = fees::in_shown_order(pass, fees);
        sum
    }

    /// What all of it comes to, and the tax in it (4.8).
    fn grand_total(
        &self,
        pass: &Pass<'_>,
        items: &Added,
        fees: &Added,
        shipping: &Added,
        totals: &mut Totals,
    ) {
        let mut taxes = items.taxes.clone();
        add_all(&mut taxes, &fees.taxes);
        add_all(&mut taxes, &shipping.taxes);
        let all = items.amount + fees.amount + shipping.amount + sum_of(&taxes);
        let cents = pass.round(all, 0, Direction::Up);
        totals.total = self.money().decimal(pass.remove(cents).max(0.0));
        let mut beside_items = fees.taxes.clone();
        add_all(&mut beside_items, &shipping.taxes);
        let item_tax = sum_of(&pass.remove_each(&items.taxes));
        let other_tax = sum_of(&pass.remove_each(&beside_items));
        totals.total_tax = pass.round(
            item_tax + pass.round(other_tax, pass.decimals, Direction::Up),
            pass.decimals,
            pass.tax_direction,
        );
    }

    /// Whether neither coupons nor posted prices, fees or shipping enter the totals.
    fn totals_are_of_lines_alone(&self) -> bool {
        self.cart.coupons.is_empty()
            && self.prices_in_force.is_empty()
            && self.shop.snapshot().fees.is_empty()
            && self.cart.fees.is_empty()
            && !self.needs_shipping()
    }

    /// CoCart's own `calculate_totals`: a first shipping run on the line totals of the previous
    /// calculation, then the totals.
    pub(crate) fn calculate_with_shipping_first(&mut self) {
        if !self.cart.lines.is_empty() && self.needs_shipping() {
            let hidden = self.generation.hidden_costs_without_package && !self.shows_shipping();
            if !hidden {
                let totals = self.cart.totals.clone().unwrap_or_default();
                self.calculate_shipping(&totals);
            }
        }
        self.calculate();
    }

    /// What the shopper sees as subtotal: with tax if the cart shows prices so (4.11).
    pub(super) fn displayed_subtotal(&self, totals: &Totals) -> f64 {
        let subtotal = totals.subtotal.value();
        if self.shows_cart_with_tax() { subtotal + totals.subtotal_tax } else { subtotal }
    }

    /// Whether the cart shows prices with tax; never to exempt customers.
    pub(crate) fn shows_cart_with_tax(&self) -> bool {
        self.settings().tax_display_cart == crate::store::TaxDisplay::Incl
            && !self.cart.customer.is_vat_exempt
    }
}
