//! The parts that the documents of both versions are made of.

use super::Context;
use crate::map;
use crate::store::{Details, Product, ProductType, Term};
use crate::value::{Map, Value};
use crate::woo::{number, sort};

/// How many related products are shown.
const RELATED: usize = 5;

/// An id as documents print it.
pub(super) fn id(id: u64) -> Value {
    Value::Int(i64::try_from(id).unwrap_or(0))
}

/// The variations that can be seen: those with a price, in stock where the shop hides the rest.
pub(super) fn variations<'r>(context: &'r Context<'_>, product: &Product) -> Vec<&'r Product> {
    let hides = context.visit.settings().hide_out_of_stock;
    let mut all = context.visit.shop.variations(product.id);
    all.retain(|v| v.price.is_some() && (!hides || v.is_in_stock()) && super::is_published(v));
    all
}

/// `weight`, as stored.
pub(super) fn weight(context: &Context<'_>, product: &Product) -> Map {
    map! {
        "value": product.weight.as_str(),
        "unit": context.visit.settings().weight_unit.as_str(),
    }
}

/// `dimensions`, as stored.
pub(super) fn dimensions(context: &Context<'_>, product: &Product) -> Map {
    let size = &product.dimensions;
    map! {
        "length": size.length.as_str(),
        "width": size.width.as_str(),
        "height": size.height.as_str(),
        "unit": context.visit.settings().dimension_unit.as_str(),
    }
}

/// The terms a product has, in its order.
pub(super) fn terms(context: &Context<'_>, known: &[Term], own: &[u32], path: &str) -> Value {
    let found = own.iter().filter_map(|id| known.iter().find(|term| term.id == *id));
    let list = found.map(|term| {
        let mut document = map! {
            "id": i64::from(term.id),
            "name": term.name.as_str(),
            "slug": term.slug.as_str(),
        };
        if context.version == "v2" {
            document.push("rest_url", context.rest_url(&format!("products/{path}/{}", term.id)));
        }
        document.into()
    });
    list.collect::<Vec<Value>>().into()
}

/// What the button says, and what it says to those who hear it.
pub(super) fn button(context: &Context<'_>, product: &Product) -> (String, String) {
    let name = &product.name;
    let details = context.details(product);
    let can_buy = context.visit.is_purchasable(product);
    match product.kind {
        ProductType::Variable => (
            if can_buy { "Select options" } else { "Read more" }.to_owned(),
            format!("Select options for &ldquo;{name}&rdquo;"),
        ),
        ProductType::Grouped => {
            ("View products".to_owned(), format!("View products in the &ldquo;{name}&rdquo; group"))
        }
        ProductType::External if details.button_text.is_empty() => {
            ("Buy product".to_owned(), format!("Buy &ldquo;{name}&rdquo;"))
        }
        ProductType::External => (details.button_text.clone(), details.button_text.clone()),
        _ if can_buy && product.is_in_stock() => {
            ("Add to cart".to_owned(), format!("Add to cart: &ldquo;{name}&rdquo;"))
        }
        _ => ("Read more".to_owned(), format!("Read more about &ldquo;{name}&rdquo;")),
    }
}

/// The address that adds a product to the cart; empty where options have to be chosen first.
pub(super) fn add_to_cart_url(context: &Context<'_>, product: &Product) -> String {
    if matches!(product.kind, ProductType::Variable | ProductType::Grouped | ProductType::External)
    {
        return String::new();
    }
    let mut url = context.rest_url(&format!("cart/add-item?id={}&quantity=1", product.id));
    for (key, value) in product.variation.iter().filter(|(_, value)| !value.is_empty()) {
        url.push_str(&format!("&variation[{key}]={value}"));
    }
    url
}

/// The products that share a category or a tag. The server picks them at random; here they come
/// by id.
pub(super) fn related(context: &Context<'_>, product: &Product) -> Vec<u64> {
    if product.kind == ProductType::Variation {
        return Vec::new();
    }
    let tags = &context.details(product).tag_ids;
    let hides = context.visit.settings().hide_out_of_stock;
    let mut ids: Vec<u64> = context
        .visit
        .shop
        .snapshot()
        .products
        .iter()
        .filter(|other| {
            other.id != product.id
                && other.kind != ProductType::Variation
                && super::is_published(other)
                && matches!(other.catalog_visibility.as_str(), "" | "visible" | "catalog")
                && (!hides || other.is_in_stock())
                && (other.category_ids.iter().any(|id| product.category_ids.contains(id))
                    || context.details(other).tag_ids.iter().any(|id| tags.contains(id)))
        })
        .map(|other| other.id)
        .collect();
    sort::stable_sort(&mut ids, u64::cmp);
    ids.truncate(RELATED);
    ids
}

/// `4.00`, or `0` where nobody has rated.
pub(super) fn average_rating(product: &Product) -> &str {
    if number::float_of(&product.average_rating) > 0.0 { &product.average_rating } else { "0" }
}

/// `Rated 4.00 out of 5`
pub(super) fn rated(product: &Product) -> String {
    match average_rating(product) {
        "0" => String::new(),
        average => format!("Rated {average} out of 5"),
    }
}

/// How many ratings the document tells: 4.3.6 asks for those of a grade that nobody gives.
pub(super) fn rating_count(context: &Context<'_>, details: &Details) -> i64 {
    if context.visit.profile == crate::api::Profile::V43 {
        0
    } else {
        i64::from(details.rating_count)
    }
}
