//! `attributes` and `default_attributes` of products and variations.

use super::Context;
use crate::api::document::map_or_empty;
use crate::map;
use crate::store::Product;
use crate::value::{Map, Value};

/// `attributes` of a product.
pub(super) fn attributes(context: &Context<'_>, product: &Product) -> Value {
    let hidden = &context.details(product).hidden_attributes;
    let mut map = Map::new();
    for (at, attribute) in product.attributes.iter().enumerate() {
        let options = attribute.options.iter();
        let options: Value = if context.version == "v1" {
            options.map(|o| o.name.as_str().into()).collect::<Vec<Value>>().into()
        } else {
            let options = options.map(|o| (o.value.clone(), o.name.as_str())).collect();
            map_or_empty(context.visit.profile, options)
        };
        let document = map! {
            "id": i64::from(attribute.id),
            "name": attribute.name.as_str(),
            "position": i64::try_from(at).unwrap_or(0),
            "is_attribute_visible": !hidden.contains(&attribute.slug),
            "used_for_variation": attribute.variation,
            "options": options,
        };
        map.insert(attribute.key(), document);
    }
    map_or_empty(context.visit.profile, map)
}

/// `attributes` of a variation: those it has a value of.
pub(super) fn variation_attributes(context: &Context<'_>, product: &Product) -> Value {
    let mut map = Map::new();
    let attributes = &context.visit.shop.parent(product).attributes;
    for (key, value) in product.variation.iter().filter(|(_, value)| !value.is_empty()) {
        let attribute = attributes.iter().find(|a| a.has_key(key));
        let option = attribute.and_then(|a| a.options.iter().find(|o| o.value == *value));
        let name = option.map_or(value.as_str(), |option| option.name.as_str());
        let option: Value = if context.version == "v1" {
            name.into()
        } else {
            [(value.clone(), name)].into_iter().collect::<Map>().into()
        };
        let document = map! {
            "id": i64::from(attribute.map_or(0, |a| a.id)),
            "name": attribute.map_or(key.as_str(), |a| a.name.as_str()),
            "option": option,
        };
        map.insert(key.clone(), document);
    }
    map_or_empty(context.visit.profile, map)
}

/// `default_attributes`
pub(super) fn default_attributes(context: &Context<'_>, product: &Product) -> Value {
    let mut map = Map::new();
    for (slug, option) in &context.details(product).default_attributes {
        let Some(attribute) = product.attributes.iter().find(|a| a.slug == *slug) else { continue };
        let document = map! {
            "id": i64::from(attribute.id),
            "name": attribute.name.as_str(),
            "option": option.as_str(),
        };
        map.insert(attribute.key(), document);
    }
    map_or_empty(context.visit.profile, map)
}
