//! The unit price as shoppers see it (`spec/woocommerce-cart.md` 4.12). In major units, and by
//! another route than the totals: do not derive one from the other (trap T37).

use super::totals::{exclusive, inclusive, precise, sum_of};
use super::{TaxMap, Visit};
use crate::profile::Profile;
use crate::store::{MatchedRate, Product, TaxDisplay, TaxStatus};
use crate::woo::Direction;

impl Visit<'_> {
    /// The shown price of one, from its raw price.
    pub(crate) fn displayed_price(&self, product: &Product, raw: f64) -> f64 {
        let settings = self.settings();
        // 4.3.6 goes by the shop's option, later versions by the cart's
        let display = match self.profile {
            Profile::V43 => settings.tax_display_shop,
            _ => settings.tax_display_cart,
        };
        self.price_shown_as(display, product, raw)
    }

    /// A price as the catalogue shows it.
    pub(crate) fn shop_price(&self, product: &Product, raw: f64) -> f64 {
        self.price_shown_as(self.settings().tax_display_shop, product, raw)
    }

    fn price_shown_as(&self, display: TaxDisplay, product: &Product, raw: f64) -> f64 {
        let settings = self.settings();
        if !settings.calc_taxes || product.tax_status != TaxStatus::Taxable {
            return raw;
        }
        match (display, settings.prices_include_tax) {
            (TaxDisplay::Incl, false) => self.with_tax_added(product, raw),
            (TaxDisplay::Incl, true) => self.with_local_tax(product, raw),
            (TaxDisplay::Excl, true) => raw - sum_of(&self.taxes_inside(product, raw)),
            (TaxDisplay::Excl, false) => raw,
        }
    }

    fn decimals(&self) -> i32 {
        i32::from(self.settings().price_decimals)
    }

    fn precise(&self, taxes: TaxMap) -> TaxMap {
        precise(self.generation.rounding, taxes, self.decimals())
    }

    fn sum_of_rounded(&self, taxes: &TaxMap) -> f64 {
        let settings = self.settings();
        if settings.tax_round_at_subtotal {
            return sum_of(taxes);
        }
        let direction = if settings.prices_include_tax { Direction::Down } else { Direction::Up };
        let rounding = self.generation.rounding;
        taxes.iter().fold(0.0, |sum, (_, tax)| sum + rounding.woo(*tax, self.decimals(), direction))
    }

    /// The rates inside the prices: the shop's own, or the customer's where prices stay the same
    /// everywhere.
    fn rates_inside(&self, product: &Product) -> Vec<MatchedRate> {
        if self.settings().adjust_non_base_location_prices {
            self.shop.tax_rates(&product.tax_class, &self.shop.base_location())
        } else {
            self.shop.tax_rates(&product.tax_class, &self.tax_location())
        }
    }

    fn taxes_inside(&self, product: &Product, raw: f64) -> TaxMap {
        self.precise(inclusive(raw, &self.rates_inside(product)))
    }

    fn with_tax_added(&self, product: &Product, raw: f64) -> f64 {
        if self.cart.customer.is_vat_exempt {
            return self.rounded(raw);
        }
        let rates = self.shop.tax_rates(&product.tax_class, &self.tax_location());
        self.rounded(raw + self.sum_of_rounded(&self.precise(exclusive(raw, &rates))))
    }

    fn with_local_tax(&self, product: &Product, raw: f64) -> f64 {
        let rates = self.shop.tax_rates(&product.tax_class, &self.tax_location());
        let taxes_inside = self.taxes_inside(product, raw);
        if self.cart.customer.is_vat_exempt {
            self.rounded(raw - self.sum_of_rounded(&taxes_inside))
        } else if rates == self.rates_inside(product) {
            raw
        } else {
            let own = self.precise(exclusive(raw - sum_of(&taxes_inside), &rates));
            self.rounded(raw - self.sum_of_rounded(&taxes_inside) + self.sum_of_rounded(&own))
        }
    }

    fn rounded(&self, price: f64) -> f64 {
        self.generation.rounding.woo(price, self.decimals(), Direction::Up)
    }
}
