//! `POST cart/update` with namespace `update-customer` (`spec/cocart-v2.md` 3.14), and the full
//! address that WooCommerce's own setters take.

use super::contact::is_email;
use crate::cart::{CartError, NoticeKind, Visit};
use crate::value::{Map, Value};
use crate::woo::text::{self, clean};
use crate::woo::{countries, find, postcode};

const BILLING: [&str; 11] = [
    "first_name",
    "last_name",
    "email",
    "phone",
    "company",
    "address_1",
    "address_2",
    "city",
    "state",
    "country",
    "postcode",
];

impl Visit<'_> {
    /// Stores the posted fields.
    pub(super) fn update_customer(&mut self, fields: &Map) -> Result<(), CartError> {
        self.check_not_empty()?;
        let valid = self.validated(fields);
        if valid.is_empty() && (self.mirrors_oddities() || !has_shipping_field(fields)) {
            return Ok(());
        }
        for (name, value) in fields.iter() {
            if matches!(name, "cart_key" | "fields" | "thumb" | "default" | "namespace" | "data") {
                continue;
            }
            if self.mirrors_oddities() {
                self.write_as_recorded(name, &valid);
            } else {
                self.write_as_documented(name, value, &valid);
            }
        }
        let shipping = &self.cart.customer.shipping;
        if shipping.country.is_empty()
            || (shipping.state.is_empty() && shipping.postcode.is_empty())
        {
            self.cart.customer.has_calculated_shipping = true;
        }
        self.finish_update();
        Ok(())
    }

    /// The billing fields that are posted and not empty, with invalid ones put back to what the
    /// customer has.
    fn validated(&mut self, fields: &Map) -> Vec<(&'static str, String)> {
        let mut valid = Vec::new();
        for name in BILLING {
            let Some(posted) =
                fields.get(name).and_then(text_of).filter(|text| !text::is_empty(text))
            else {
                continue;
            };
            let current = self.cart.customer.billing.get(name).unwrap_or_default().to_owned();
            let value = match name {
                "email" if !is_email(&posted) => current,
                "phone" => posted.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect(),
                "country" => self.valid_country(&posted, current),
                "postcode" => {
                    let country = fields.get("country").and_then(text_of);
                    let country = country.filter(|country| !text::is_empty(country));
                    let own = self.cart.customer.billing.country.clone();
                    // a country that is not posted formats nothing before the check
                    let formatted = match &country {
                        None if self.mirrors_oddities() => "",
                        None => &own,
                        Some(country) => country,
                    };
                    let formatted = postcode::format(&posted, formatted);
                    let checked_by = country.as_deref().unwrap_or(&own);
                    let kept_by = country.as_deref().filter(|country| countries::exists(country));
                    match self.checks_postcode(&formatted, checked_by, "Billing") {
                        true => postcode::format(&posted, kept_by.unwrap_or(&own)),
                        false => current,
                    }
                }
                _ => posted,
            };
            valid.push((name, value));
        }
        valid
    }

    fn valid_country(&mut self, posted: &str, current: String) -> String {
        if !countries::exists(posted) {
            let text = format!("'{posted}' is not a valid country code.");
            self.cart.add_notice(NoticeKind::Error, text);
            return current;
        }
        if !self.settings().ships_to(posted) {
            let text = format!("'{}' is not allowed for 'Billing'.", countries::name(posted));
            self.cart.add_notice(NoticeKind::Error, text);
            return current;
        }
        posted.to_owned()
    }

    /// Whether a formatted postcode is one of a country; says it where not.
    fn checks_postcode(&mut self, formatted: &str, country: &str, address: &str) -> bool {
        let is_valid = text::is_empty(formatted) || postcode::is_valid(formatted, country);
        if !is_valid {
            let text = format!("{address} postcode is not a valid postcode / ZIP.");
            self.cart.add_notice(NoticeKind::Error, text);
        }
        is_valid
    }

    /// 4.3.6: every posted name is written with the validated value, or with nothing; shipping
    /// fields never have one, and so are erased.
    fn write_as_recorded(&mut self, name: &str, valid: &[(&str, String)]) {
        let is_guest = self.cart.account.is_none();
        // the server replaces every `s_` of such a name: `s_address_1` is spared by accident
        let target = if name.starts_with("s_") {
            find::replace(name, "s_", "shipping_")
        } else {
            name.to_owned()
        };
        let value = valid.iter().find(|(n, _)| *n == name).map(|(_, v)| v.clone());
        // a signed-in customer's field keeps its value where nothing is written
        let Some(value) = value.or_else(|| is_guest.then(String::new)) else { return };
        let (address, field) = match target.strip_prefix("shipping_") {
            Some(field) => (&mut self.cart.customer.shipping, field),
            None => (
                &mut self.cart.customer.billing,
                target.strip_prefix("billing_").unwrap_or(&target),
            ),
        };
        if let Some(slot) = address.get_mut(field) {
            *slot = value;
        }
    }

    /// As the reference documents it: shipping fields are stored too.
    fn write_as_documented(&mut self, name: &str, value: &Value, valid: &[(&str, String)]) {
        let shipping = name.strip_prefix("s_").or_else(|| name.strip_prefix("shipping_"));
        let Some(posted) = text_of(value) else { return };
        let (address, field, value) = if let Some(field) = shipping {
            let value = match field {
                "postcode" => {
                    let shipping = &self.cart.customer.shipping;
                    let (country, current) = (shipping.country.clone(), shipping.postcode.clone());
                    let formatted = postcode::format(&posted, &country);
                    let is_valid = self.checks_postcode(&formatted, &country, "Shipping");
                    if is_valid { formatted } else { current }
                }
                _ => posted,
            };
            (&mut self.cart.customer.shipping, field, value)
        } else {
            let field = name.strip_prefix("billing_").unwrap_or(name);
            let value = valid.iter().find(|(n, _)| *n == field).map_or(posted, |(_, v)| v.clone());
            (&mut self.cart.customer.billing, field, value)
        };
        if let Some(slot) = address.get_mut(field) {
            *slot = value;
        }
    }

    /// Sets a full address, billing and shipping alike.
    pub(super) fn set_address(&mut self, fields: &Map) {
        for (name, value) in fields.iter() {
            let Some(value) = text_of(value) else { continue };
            for address in [&mut self.cart.customer.billing, &mut self.cart.customer.shipping] {
                if let Some(slot) = address.get_mut(name) {
                    slot.clone_from(&value);
                }
            }
        }
        self.cart.customer.has_calculated_shipping = true;
        self.calculate_with_shipping_first();
    }
}

fn has_shipping_field(fields: &Map) -> bool {
    fields.keys().any(|name| {
        name.starts_with("s_") || name.starts_with("shipping_") || name.starts_with("billing_")
    })
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(clean(text)),
        Value::Int(i) => Some(i.to_string()),
        Value::Float(f) => Some(crate::woo::number::text14(*f)),
        Value::Bool(true) => Some("1".to_owned()),
        _ => None,
    }
}
