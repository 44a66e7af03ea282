//! Finding a variation and settling its attributes (`spec/woocommerce-cart.md` 2.2, 2.3).

use super::{CartError, Code, Visit};
use crate::store::{Product, ProductAttribute, ProductStatus};
use crate::value::{Map, Value};
use crate::woo::text;

/// The posted attributes as texts.
pub(crate) fn posted_attributes(variation: &Map) -> Vec<(String, String)> {
    let texts = variation.iter().filter_map(|(key, value)| match value {
        Value::Text(text) => Some((key.to_owned(), text.to_string())),
        Value::Int(i) => Some((key.to_owned(), i.to_string())),
        Value::Float(f) => Some((key.to_owned(), crate::woo::number::text14(*f))),
        _ => None,
    });
    texts.collect()
}

fn value_of<'a>(attributes: &'a [(String, String)], key: &str) -> Option<&'a str> {
    attributes.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str())
}

/// The key under which requests and lines name an attribute.
pub(crate) fn attribute_key(attribute: &ProductAttribute) -> String {
    format!("attribute_{}", attribute.slug)
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

    /// The attributes of the line, in the parent's order: stored values overlaid by posted ones.
    pub(crate) fn settle_attributes(
        &self,
        variation: &Product,
        posted: &[(String, String)],
    ) -> Result<Vec<(String, String)>, CartError> {
        let parent = self.shop.parent(variation);
        let mut settled = Vec::new();
        let mut missing = Vec::new();
        for attribute in parent.attributes.iter().filter(|a| a.variation) {
            let key = attribute_key(attribute);
            let valid = value_of(&variation.variation, &key).unwrap_or("");
            let posted = value_of(posted, &key).map(|value| clean(attribute, value));
            let given = posted.or_else(|| (!valid.is_empty()).then(|| valid.to_owned()));
            match given {
                None => missing.push(attribute.name.clone()),
                Some(value) if value == valid && !valid.is_empty() => settled.push((key, value)),
                Some(value)
                    if valid.is_empty() && attribute.options.iter().any(|o| o.value == value) =>
                {
                    settled.push((key, value));
                }
                Some(_) => {
                    let allowed: Vec<&str> =
                        attribute.options.iter().map(|o| o.value.as_str()).collect();
                    return Err(CartError::new(
                        Code::InvalidVariationData,
                        format!(
                            "Invalid value posted for {}. Allowed values: {}",
                            attribute.name,
                            allowed.join(", ")
                        ),
                    ));
                }
            }
        }
        if missing.is_empty() {
            return Ok(settled);
        }
        let verb = if missing.len() == 1 { "is a required field." } else { "are required fields." };
        Err(CartError::new(
            Code::MissingVariationData,
            format!(
                "Missing variation data for variable product. {} {verb}",
                text::list_of_items(&missing)
            ),
        ))
    }
}

/// A posted value as WooCommerce reads it: a slug for global attributes, text for custom ones.
fn clean(attribute: &ProductAttribute, value: &str) -> String {
    if attribute.id == 0 {
        text::decode_entities(value).trim().to_owned()
    } else {
        text::slug(value)
    }
}
