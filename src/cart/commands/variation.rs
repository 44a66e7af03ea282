//! Finding a variation and settling its attributes (`spec/woocommerce-cart.md` 2.2, 2.3).

use crate::cart::{CartError, Code, Visit};
use crate::store::{Product, ProductStatus};
use crate::value::{Map, Value};
use crate::woo::{find, text};

/// The posted attributes as texts. What is none, a number included, is no variation's value.
pub(crate) fn posted_attributes(variation: &Map) -> Vec<(String, String)> {
    let posted = variation.iter().filter(|(_, value)| **value != Value::Null);
    posted.map(|(key, value)| (key.to_owned(), value.as_str().unwrap_or("\0").to_owned())).collect()
}

fn value_of<'a>(attributes: &'a [(String, String)], key: &str) -> Option<&'a str> {
    attributes.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str())
}

impl Visit<'_> {
    /// The first published variation that the posted attributes match.
    pub(crate) fn matching_variation(
        &self,
        parent: &Product,
        posted: &[(String, String)],
    ) -> Option<u64> {
        let variations = self.shop.variations(parent.id);
        let mut published = variations.iter().filter(|v| v.status == ProductStatus::Publish);
        published
            .find(|v| {
                v.variation.iter().all(|(key, stored)| {
                    stored.is_empty() || value_of(posted, key) == Some(stored.as_str())
                })
            })
            .map(|v| v.id)
    }

    /// Whether CoCart's own validation lets it be added: no password, and no attributes of a
    /// variation that nobody can buy.
    pub(crate) fn passes_rules(&self, product: &Product, attributes: &[(String, String)]) -> bool {
        let parent = self.shop.parent(product);
        let named = self.matching_variation(parent, attributes).filter(|_| !attributes.is_empty());
        let named = named.and_then(|id| self.shop.product(id));
        !parent.password_protected && named.is_none_or(|named| self.is_purchasable(named))
    }

    /// The attributes of the line, in the parent's order: stored values overlaid by posted ones.
    pub(crate) fn settle_attributes(
        &self,
        variation: &Product,
        posted: &[(String, String)],
    ) -> Result<Vec<(String, String)>, CartError> {
        settled(self.shop.parent(variation), &variation.variation, posted)
    }
}

/// Attributes as [`Visit::settle_attributes`] has them, by the `stored` ones of a variation or none.
pub(crate) fn settled(
    parent: &Product,
    stored: &[(String, String)],
    posted: &[(String, String)],
) -> Result<Vec<(String, String)>, CartError> {
    let mut settled = Vec::new();
    let mut missing = Vec::new();
    for attribute in parent.attributes.iter().filter(|a| a.variation) {
        let key = attribute.key();
        let valid = value_of(stored, &key).unwrap_or("");
        match value_of(posted, &key) {
            None if valid.is_empty() => missing.push(attribute.name.clone()),
            None => settled.push((key, valid.to_owned())),
            // nothing for an "any" passes here; WooCommerce refuses it
            Some(value)
                if value == valid
                    || valid.is_empty() && attribute.options.iter().any(|o| o.value == value) =>
            {
                settled.push((key, value.to_owned()));
            }
            Some(_) => {
                let allowed: Vec<&str> =
                    attribute.options.iter().map(|o| o.value.as_str()).collect();
                return Err(CartError::new(
                    Code::InvalidVariationData,
                    format!(
                        "Invalid value posted for {}. Allowed values: {}",
                        attribute.name,
                        find::join(&allowed, ", ")
                    ),
                ));
            }
        }
    }
    if missing.is_empty() {
        return Ok(settled);
    }
    let message =
        format!("Missing variation data for variable product. {}.", are_required(&missing));
    Err(CartError::new(Code::MissingVariationData, message))
}

/// That these attributes need a value.
pub(super) fn are_required(labels: &[String]) -> String {
    let verb = if labels.len() == 1 { "is a required field" } else { "are required fields" };
    format!("{} {verb}", text::list_of_items(labels))
}
