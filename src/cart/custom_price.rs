//! Prices that a request brings along ("Name Your Price", `spec/cocart-v2.md` 3.1, 3.3): kept with the
//! cart as they were posted, in force from the next calculation to the end of the request. All are
//! unit prices in major units, in the shop's entry mode.

use super::{Line, NoticeKind, Visit};
use crate::store::to_f64;
use crate::woo::{number, sort, text};

impl Visit<'_> {
    /// An add decides the line's custom price anew; none, or an empty one, takes it away.
    pub(super) fn set_price_override(&mut self, key: &str, price: Option<&str>) {
        self.cart.price_overrides.retain(|(k, _)| k != key);
        self.knows_prices = true;
        let allowed = self.mirrors_oddities() || self.settings().allow_price_override;
        if let Some(price) = price.filter(|price| allowed && !text::is_empty(price)) {
            self.cart.price_overrides.push((key.to_owned(), price.to_owned()));
        }
    }

    /// Products take the custom prices of their lines and keep them until the request ends.
    pub(super) fn put_custom_prices_in_force(&mut self) {
        for (key, price) in &self.cart.price_overrides {
            match self.prices_in_force.iter_mut().find(|(k, _)| k == key) {
                Some((_, slot)) => slot.clone_from(price),
                None => self.prices_in_force.push((key.clone(), price.clone())),
            }
        }
    }

    /// The custom price a line's product has in this request; what is no price counts nothing.
    pub(crate) fn custom_price(&self, key: &str) -> Option<f64> {
        let posted = self.prices_in_force.iter().find(|(k, _)| k == key);
        posted.map(|(_, price)| self.read_price(price).unwrap_or(0.0))
    }

    /// A posted price as WooCommerce's products read it (`spec/woocommerce-cart.md` 6.3: `1e3` is
    /// 13); `None` where nothing of a number is left.
    fn read_price(&self, posted: &str) -> Option<f64> {
        let posted = text::strip_tags(posted);
        let cleaned = number::clean_decimal(&posted, &self.settings().decimal_separator);
        let price = (!cleaned.is_empty()).then(|| number::float_of(&cleaned));
        price.and_then(number::within_reason)
    }

    /// The unit price a line is calculated with, in major units and entry mode.
    pub(super) fn unit_price(&self, line: &Line) -> f64 {
        match self.custom_price(&line.key) {
            Some(price) => price,
            None => {
                let product = self.shop.product(line.sold_id());
                product.and_then(|p| p.price).map_or(0.0, to_f64)
            }
        }
    }

    /// The item keys that have a price of their own, in the cart or in this request.
    pub(crate) fn posted_prices(&self) -> impl Iterator<Item = &str> {
        self.cart.price_overrides.iter().chain(&self.prices_in_force).map(|(key, _)| key.as_str())
    }

    /// The keys of lines whose custom price is no number: 4.3.6 drops them while it lists the
    /// cart (`spec/cocart-v2.md` 3.1).
    pub(crate) fn lines_without_price(&self) -> Vec<String> {
        let drops = self.mirrors_oddities() && !self.generation.cocart_437;
        let lost =
            self.prices_in_force.iter().filter(|(_, p)| drops && self.read_price(p).is_none());
        let mut places: Vec<_> =
            lost.filter_map(|(key, _)| self.cart.lines.position(key)).collect();
        sort::in_order(&mut places);
        let lines = places.into_iter().filter_map(|at| self.cart.lines.get(at));
        lines.map(|line| line.key.clone()).collect()
    }

    /// Moves those lines to the removed ones, with a notice for the next answer.
    pub(crate) fn drop_lines_without_price(&mut self, keys: &[String]) {
        for key in keys {
            let place = self.cart.lines.position(key);
            let Some(line) = place.and_then(|at| self.cart.lines.remove(at)) else { continue };
            let name = self.shop.product(line.sold_id()).map_or("", |p| p.name.as_str());
            let text = format!(
                "{name} has been removed from your cart because it can no longer be purchased."
            );
            self.cart.add_notice(NoticeKind::Error, text);
            self.cart.keep_removed(line);
            // as with every line that goes; only an add still knows the prices of the others
            let is_add = self.knows_prices;
            self.cart.price_overrides.retain(|(k, _)| is_add && k != key);
            self.calculate();
        }
    }
}
