//! Shipping: the package, its rates and the chosen one (`spec/woocommerce-cart.md` 10).

mod formula;
mod rates;
mod zone;

use super::{Cart, Line, TaxMap, Totals, Visit};
use crate::store::{Location, ShippingMethodKind, Shop};
use crate::woo::countries::{self, AddressLines};
use crate::woo::{find, number, text};

/// What is sent in one go. CoCart's free plugin has one package at most.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Package {
    /// The rates offered, in order.
    pub(crate) rates: Vec<Rate>,
    /// The chosen rate's key; empty when none is.
    pub(crate) chosen: String,
    /// Where it goes, on one line.
    pub(crate) destination: String,
    /// `NAME × QTY` of every line, joined.
    pub(crate) contents: String,
}

/// A shipping rate.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rate {
    /// `flat_rate:1`
    pub(crate) key: String,
    pub(crate) method_id: &'static str,
    pub(crate) instance_id: u32,
    pub(crate) label: String,
    /// Major units without tax, as WooCommerce keeps it.
    pub(crate) cost: f64,
    /// Tax on the cost in major units, unrounded.
    pub(crate) taxes: TaxMap,
}

/// Whether the cart's zone has a method of a plugin, whose rates only the server knows.
pub(super) fn has_unknown_method(shop: &Shop, cart: &Cart) -> bool {
    let ships =
        cart.lines.iter().any(|line| shop.product(line.sold_id()).is_none_or(|p| !p.is_virtual));
    let to = Location::of(cart.customer.shipping.location_parts());
    let methods = zone::covering(shop, &to).map_or(&[][..], |zone| zone.methods.as_slice());
    ships
        && methods.iter().any(|method| method.enabled && method.kind == ShippingMethodKind::Unknown)
}

impl Package {
    /// The chosen rate.
    pub(crate) fn chosen_rate(&self) -> Option<&Rate> {
        self.rates.iter().find(|rate| rate.key == self.chosen)
    }
}

impl Visit<'_> {
    /// Whether any line has to be shipped.
    pub(crate) fn needs_shipping(&self) -> bool {
        self.ships_at_all() && self.cart.lines.iter().any(|line| self.is_shippable(line))
    }

    /// Whether the shop ships anything by any method.
    pub(crate) fn ships_at_all(&self) -> bool {
        let zones = &self.shop.snapshot().shipping_zones;
        self.settings().shipping_enabled && zones.iter().any(|zone| !zone.methods.is_empty())
    }

    /// Whether a line has to be sent.
    fn is_shippable(&self, line: &Line) -> bool {
        self.shop.product(line.sold_id()).is_some_and(|product| !product.is_virtual)
    }

    /// Whether shipping is charged: the address may have to be complete first (10.1).
    pub(super) fn shows_shipping(&self) -> bool {
        self.ships_at_all()
            && !self.cart.lines.is_empty()
            && (!self.settings().shipping_cost_requires_address || self.has_complete_destination())
    }

    fn has_complete_destination(&self) -> bool {
        let Location { country, state, postcode, .. } = self.destination();
        let state_needed = countries::requires_state(&country);
        let postcode_needed = countries::requires_postcode(&country);
        !country.is_empty()
            && (!state_needed || !state.is_empty())
            && (!postcode_needed || !postcode.is_empty())
    }

    /// Lists the rates for the package as the lines' figures stand, and settles the choice.
    pub(super) fn calculate_shipping(&mut self, totals: &Totals) {
        let rates = self.offered_rates(totals);
        let chosen = self.choose_rate(&rates);
        let address = &self.cart.customer.shipping;
        // WooCommerce escapes it for a page
        let destination = text::escape_html(&countries::one_line(
            AddressLines {
                country: &address.country,
                state: &address.state,
                postcode: &address.postcode,
                city: &address.city,
                address_1: &address.address_1,
                address_2: &address.address_2,
            },
            &self.settings().base_address.country,
        ));
        let contents: Vec<String> = self
            .cart
            .lines
            .iter()
            .filter(|line| self.is_shippable(line))
            .filter_map(|line| {
                let product = self.shop.product(line.sold_id())?;
                let name = text::decode_entities(&text::strip_tags(&product.name));
                Some(format!("{name} × {}", number::text14(line.quantity)))
            })
            .collect();
        self.package =
            Some(Package { rates, chosen, destination, contents: find::join(&contents, ", ") });
    }

    /// Keeps the customer's choice while the list of rates stays the same, else takes the
    /// default (10.4).
    fn choose_rate(&mut self, rates: &[Rate]) -> String {
        let keys: Vec<String> = rates.iter().map(|rate| rate.key.clone()).collect();
        let unchanged = self.cart.known_rates.as_ref() == Some(&keys);
        if let Some(chosen) = &self.cart.chosen_rate
            && unchanged
            && keys.contains(chosen)
        {
            return chosen.clone();
        }
        let chosen = self.default_rate(&keys).unwrap_or_default();
        self.cart.chosen_rate = Some(chosen.clone()).filter(|chosen| !chosen.is_empty());
        self.cart.known_rates = Some(keys);
        chosen
    }

    /// The first rate, or with a coupon that grants it the first free one.
    fn default_rate(&self, keys: &[String]) -> Option<String> {
        let grants = self.cart.coupons.iter().any(|applied| {
            self.shop.coupon(&applied.code).is_some_and(|coupon| coupon.free_shipping)
        });
        let free = keys.iter().find(|key| grants && key.starts_with("free_shipping"));
        free.or(keys.first()).cloned()
    }

    /// From WooCommerce 10.3 on the choice goes with the last line that needs shipping.
    pub(super) fn forget_rate_without_shippable_line(&mut self) {
        if self.generation.forgets_chosen_rate && !self.needs_shipping() {
            self.cart.chosen_rate = None;
            self.cart.known_rates = None;
            if let Some(package) = &mut self.package {
                package.chosen.clear();
            }
        }
    }
}
