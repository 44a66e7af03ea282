//! The customer's addresses and what every request does to them
//! (`spec/woocommerce-cart.md` 5.2, `spec/cocart-v2.md` 3.14).

use super::{Account, Visit};
use crate::record;
use crate::store::{DefaultCustomerAddress, Location, Shop, TaxBasedOn};
use std::sync::Arc;

/// The customer of a cart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Customer {
    /// The billing address.
    pub billing: Address,
    /// The shipping address.
    pub shipping: Address,
    /// Whether the shopper has asked for shipping costs.
    pub has_calculated_shipping: bool,
    /// Whether no tax is taken.
    pub is_vat_exempt: bool,
}

/// Makes [`Address`] of the names of its fields, all texts.
macro_rules! address {
    ($($field:ident),* $(,)?) => {
        /// An address; fields are empty when unset.
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub struct Address {
            $(pub $field: String,)*
        }

        impl Address {
            /// The names of the fields.
            pub const FIELDS: [&'static str; [$(stringify!($field)),*].len()] =
                [$(stringify!($field)),*];

            /// The field of this name.
            pub fn get(&self, field: &str) -> Option<&str> {
                match field {
                    $(stringify!($field) => Some(&self.$field),)*
                    _ => None,
                }
            }

            /// The field of this name, to change it.
            pub fn get_mut(&mut self, field: &str) -> Option<&mut String> {
                match field {
                    $(stringify!($field) => Some(&mut self.$field),)*
                    _ => None,
                }
            }
        }

        record!(Address { $($field),* });
    };
}

address!(
    first_name, last_name, company, country, address_1, address_2, city, state, postcode, phone,
    email
);

impl Address {
    fn is_blank(&self) -> bool {
        Self::FIELDS.iter().all(|field| self.get(field).is_none_or(str::is_empty))
    }

    /// Country, state, postcode and city.
    pub(super) fn location_parts(&self) -> [&str; 4] {
        [&self.country, &self.state, &self.postcode, &self.city]
    }

    fn fill_from(&mut self, other: &Self) {
        for field in Self::FIELDS {
            let value = other.get(field).unwrap_or_default();
            if let Some(own) = self.get_mut(field).filter(|own| own.is_empty()) {
                value.clone_into(own);
            }
        }
    }
}

impl Customer {
    /// Completes the addresses as every load of the customer does, in the server's order.
    pub fn complete(&mut self, shop: &Shop, account: Option<&Account>) {
        if let Some(account) = account {
            self.billing.fill_from(&account.customer.billing);
            self.shipping.fill_from(&account.customer.shipping);
        }
        let settings = &shop.snapshot().settings;
        let base = &settings.base_address;
        let (country, state) = match settings.default_customer_address {
            DefaultCustomerAddress::None => ("", ""),
            DefaultCustomerAddress::Base | DefaultCustomerAddress::Geolocation => {
                (base.country.as_str(), base.state.as_str())
            }
        };
        let (country, state) = if settings.sells_to(country) { (country, state) } else { ("", "") };

        // judged once, before anything is filled in
        let shipping_is_blank = self.shipping.is_blank();
        if self.billing.country.is_empty() {
            country.clone_into(&mut self.billing.country);
        }
        if self.shipping.country.is_empty() && shipping_is_blank {
            self.shipping.country.clone_from(&self.billing.country);
        }
        if self.billing.state.is_empty() {
            state.clone_into(&mut self.billing.state);
        }
        if self.shipping.state.is_empty() && shipping_is_blank {
            self.shipping.state.clone_from(&self.billing.state);
        }
        if self.billing.email.is_empty()
            && let Some(account) = account
        {
            self.billing.email.clone_from(&account.email);
        }
    }
}

impl Visit<'_> {
    /// Where the customer's purchases are taxed.
    pub(super) fn tax_location(&self) -> Arc<Location> {
        let (parts, memo) = (self.tax_location_parts(), &self.cart.memo.tax_location);
        let known = memo.read(|known| (known.parts() == parts).then(|| Arc::clone(known)));
        known.unwrap_or_else(|| {
            let location = Arc::new(Location::of(parts));
            memo.put(Arc::clone(&location));
            location
        })
    }

    fn tax_location_parts(&self) -> [&str; 4] {
        let settings = &self.shop.snapshot().settings;
        let picks_up = self.cart.chosen_rate.as_deref().is_some_and(|rate| {
            matches!(rate.split(':').next(), Some("local_pickup" | "legacy_local_pickup"))
        });
        if picks_up || settings.tax_based_on == TaxBasedOn::Base {
            return self.shop.base_parts();
        }
        match settings.tax_based_on {
            TaxBasedOn::Billing => self.cart.customer.billing.location_parts(),
            _ => self.cart.customer.shipping.location_parts(),
        }
    }

    /// What shown prices depend on where tax is on: the place, and whether the customer is exempt.
    pub(crate) fn taxed_at(&self) -> Option<(Arc<Location>, bool)> {
        let taxed = self.settings().calc_taxes;
        taxed.then(|| (self.tax_location(), self.cart.customer.is_vat_exempt))
    }

    /// Whether the country and state of the tax address are the shop's own, or none.
    pub(crate) fn is_taxed_at_home(&self) -> bool {
        let [country, state, ..] = self.tax_location_parts();
        let [own_country, own_state, ..] = self.shop.base_parts();
        country.is_empty() || country == own_country && (own_state.is_empty() || state == own_state)
    }

    /// The country whose taxes are estimated.
    pub(crate) fn tax_country(&self) -> String {
        self.tax_location().country.clone()
    }

    /// Where the package goes.
    pub(super) fn destination(&self) -> Location {
        Location::of(self.cart.customer.shipping.location_parts())
    }
}

record!(Customer { billing, shipping, has_calculated_shipping, is_vat_exempt });
