//! The rates that the covering zone's methods offer (10.5), with their taxes (5.4).

use super::{Rate, formula, zone};
use crate::cart::totals::{exclusive, precise, sum_of};
use crate::cart::{Line, TaxMap, Totals, Visit};
use crate::store::{
    FreeShippingRequires, MatchedRate, ShippingMethod, ShippingMethodKind, TaxStatus,
};
use crate::woo::rounding::inner_precision;
use crate::woo::{Direction, number, text};

impl Visit<'_> {
    /// The rates offered to the cart as its lines' figures and `totals` stand.
    pub(super) fn offered_rates(&self, totals: &Totals) -> Vec<Rate> {
        let to = self.destination();
        // to nowhere yet is not a wrong place
        if !to.country.is_empty() && !self.settings().ships_to(&to.country) {
            return Vec::new();
        }
        let Some(zone) = zone::covering(self.shop, &to) else { return Vec::new() };
        let lines = self.cart.lines.iter().map(AsRef::as_ref);
        let lines: Vec<&Line> = lines.filter(|line| self.is_shippable(line)).collect();
        let enabled = zone.methods.iter().filter(|method| method.enabled);
        let mut rates: Vec<Rate> =
            enabled.filter_map(|m| self.rate_of(m, &lines, totals)).collect();
        if self.settings().shipping_hide_rates_when_free
            && rates.iter().any(|rate| rate.method_id == "free_shipping")
        {
            rates.retain(|rate| matches!(rate.method_id, "free_shipping" | "local_pickup"));
        }
        rates
    }

    fn rate_of(&self, method: &ShippingMethod, lines: &[&Line], totals: &Totals) -> Option<Rate> {
        let (method_id, cost, taxable) = match &method.kind {
            ShippingMethodKind::FlatRate {
                taxable,
                cost,
                class_costs,
                no_class_cost,
                per_order,
            } => {
                let costs = FlatRate { cost, class_costs, no_class_cost, per_order: *per_order };
                ("flat_rate", self.flat_rate(&costs, lines)?, *taxable)
            }
            ShippingMethodKind::FreeShipping { requires, min_amount, ignore_discounts } => {
                let offered = self.is_free(
                    *requires,
                    number::float_of(min_amount),
                    *ignore_discounts,
                    totals,
                );
                ("free_shipping", offered.then_some(0.0)?, false)
            }
            ShippingMethodKind::LocalPickup { taxable, cost } => {
                let cost = number::clean_decimal(cost, &self.settings().decimal_separator);
                let cost = number::within_reason(number::float_of(&cost)).unwrap_or(0.0);
                ("local_pickup", cost, *taxable)
            }
            ShippingMethodKind::Unknown => return None,
        };
        let taxes = if taxable && cost > 0.0 { self.shipping_taxes(cost) } else { TaxMap::new() };
        let cost = if self.generation.precise_shipping_cost {
            number::cut(cost, inner_precision(self.settings().price_decimals.into()))
        } else {
            number::float_of(&self.money().decimal(cost))
        };
        Some(Rate {
            key: format!("{method_id}:{}", method.instance_id),
            method_id,
            instance_id: method.instance_id,
            label: method.title.clone(),
            cost,
            taxes,
        })
    }

    /// Cost by the formula for all goods, plus those of the shipping classes found. None where
    /// every formula is blank.
    fn flat_rate(&self, costs: &FlatRate<'_>, lines: &[&Line]) -> Option<f64> {
        let mut total = None;
        if !costs.cost.is_empty() {
            total = Some(self.evaluate(costs.cost, lines));
        }
        let classes = &self.shop.snapshot().shipping_classes;
        if classes.is_empty() {
            return total;
        }
        let class_of = |line: &Line| {
            self.shop.product(line.sold_id()).map_or("", |p| p.shipping_class.as_str())
        };
        let mut found: Vec<&str> = Vec::new();
        for line in lines {
            let class = class_of(line);
            if !found.contains(&class) {
                found.push(class);
            }
        }
        let mut highest = 0.0f64;
        for slug in found {
            let formula = match classes.iter().find(|class| class.slug == slug) {
                Some(class) => costs
                    .class_costs
                    .iter()
                    .find(|(id, _)| *id == class.id)
                    .map_or("", |(_, f)| f.as_str()),
                None => costs.no_class_cost,
            };
            if formula.is_empty() {
                continue;
            }
            let group: Vec<&Line> =
                lines.iter().copied().filter(|line| class_of(line) == slug).collect();
            let cost = self.evaluate(formula, &group);
            highest = highest.max(cost);
            total = Some(total.unwrap_or(0.0) + if costs.per_order { 0.0 } else { cost });
        }
        if costs.per_order { total.map(|total| total + highest) } else { total }
    }

    fn evaluate(&self, formula: &str, lines: &[&Line]) -> f64 {
        let quantity: f64 = lines.iter().map(|line| line.quantity).sum();
        let cost: f64 = lines.iter().filter_map(|line| line.totals.as_ref()).map(|t| t.total).sum();
        let settings = self.settings();
        let round_fee = |fee: f64| {
            let decimals = i32::from(settings.price_decimals);
            let rounding = self.generation.rounding;
            if self.generation.rounds_shipping_fee {
                rounding.php(fee, decimals, Direction::Up)
            } else {
                fee
            }
        };
        formula::evaluate(formula, quantity, cost, &settings.decimal_separator, round_fee)
            .unwrap_or(0.0)
    }

    fn is_free(
        &self,
        requires: FreeShippingRequires,
        least: f64,
        before_discounts: bool,
        totals: &Totals,
    ) -> bool {
        let displayed = self.displayed_subtotal(totals);
        let granted = self.cart.coupons.iter().any(|applied| {
            self.shop.coupon(&applied.code).is_some_and(|coupon| {
                coupon.free_shipping && self.coupon_error(coupon, displayed).is_none()
            })
        });
        let mut total = displayed;
        if !before_discounts {
            total -= totals.discount_total;
            if self.shows_cart_with_tax() {
                total -= totals.discount_tax;
            }
        }
        let decimals = i32::from(self.settings().price_decimals);
        let reached = self.generation.rounding.woo(total, decimals, Direction::Up) >= least;
        match requires {
            FreeShippingRequires::Nothing => true,
            FreeShippingRequires::Coupon => granted,
            FreeShippingRequires::MinAmount => reached,
            FreeShippingRequires::Either => granted || reached,
            FreeShippingRequires::Both => granted && reached,
        }
    }

    fn shipping_taxes(&self, cost: f64) -> TaxMap {
        if !self.settings().calc_taxes || self.cart.customer.is_vat_exempt {
            return TaxMap::new();
        }
        let taxes = exclusive(cost, &self.shipping_tax_rates());
        precise(self.generation.rounding, taxes, i32::from(self.settings().price_decimals))
    }

    /// The rates that tax shipping, by the shop's setting or inherited from the goods.
    fn shipping_tax_rates(&self) -> Vec<MatchedRate> {
        let setting = self.settings().shipping_tax_class.as_str();
        let class = if setting == "inherit" {
            match self.inherited_tax_class() {
                Some(class) => class,
                None => return Vec::new(),
            }
        } else {
            setting.to_owned()
        };
        let location = self.tax_location();
        let on_shipping = |class: &str| -> Vec<MatchedRate> {
            self.shop.tax_rates(class, &location).into_iter().filter(|rate| rate.shipping).collect()
        };
        let rates = on_shipping(&class);
        if rates.is_empty() && !self.generation.no_standard_shipping_tax {
            on_shipping("")
        } else {
            rates
        }
    }

    fn inherited_tax_class(&self) -> Option<String> {
        let products = self.cart.lines.iter().filter_map(|line| self.shop.product(line.sold_id()));
        let classes: Vec<&str> = products
            .filter(|p| {
                !p.is_virtual && matches!(p.tax_status, TaxStatus::Taxable | TaxStatus::Shipping)
            })
            .map(|p| p.tax_class.as_str())
            .collect();
        let first = classes.first()?;
        if classes.contains(&"") {
            return Some(String::new());
        }
        if classes.iter().all(|class| class == first) {
            return Some((*first).to_owned());
        }
        let known = self.shop.snapshot().tax_classes.iter().map(|class| class.slug.as_str());
        known.into_iter().find(|slug| classes.contains(slug)).map(str::to_owned)
    }

    /// A rate's label with its price, as CoCart prints it (10.5): no tags, and `&` for the `&amp;`
    /// that WooCommerce keeps a name with.
    pub(crate) fn rate_html(&self, rate: &Rate) -> String {
        let label = text::decode_entities(&text::strip_tags(&rate.label));
        let cost = rate.cost;
        if cost <= 0.0 {
            return label;
        }
        let (with_tax, settings) = (self.shows_cart_with_tax(), self.settings());
        let tax = sum_of(&rate.taxes);
        let price = self.money().price(if with_tax { cost + tax } else { cost });
        let entered_with_tax = settings.calc_taxes && settings.prices_include_tax;
        let name = crate::woo::countries::tax_name(&settings.base_address.country);
        let name = if name == "VAT" { name } else { "tax" };
        let suffix = match (tax > 0.0, with_tax, entered_with_tax) {
            (true, true, false) => format!(" (incl. {name})"),
            (true, false, true) => format!(" (ex. {name})"),
            _ => String::new(),
        };
        format!("{label}: {price}{suffix}")
    }
}

/// A flat rate's formulas.
struct FlatRate<'a> {
    cost: &'a str,
    class_costs: &'a [(u32, String)],
    no_class_cost: &'a str,
    per_order: bool,
}
