//! The documents of products and variations in API v2 (`spec/cocart-v2.md` 7.2).

use super::{Context, attributes, dates, images, parts, prices, stock};
use crate::api::Profile;
use crate::api::document::Money;
use crate::map;
use crate::store::{Details, Product, ProductType, to_f64};
use crate::value::{Map, Value};
use crate::woo::find;

/// A product, or the shorter form of a variation.
pub(super) fn product(context: &Context<'_>, product: &Product) -> Map {
    let is_variation = product.kind == ProductType::Variation;
    let details = context.details(product);
    let mut document = map! {
        "id": parts::id(product.id),
        "parent_id": parts::id(product.parent_id),
        "name": product.name.as_str(),
    };
    if !is_variation {
        document.push("type", product.kind.name());
    }
    document.push("slug", product.slug.as_str());
    document.push("permalink", product.permalink.as_str());
    document.push("sku", product.sku.as_str());
    document.push("description", details.description.as_str());
    if !is_variation {
        document.push("short_description", details.short_description.as_str());
    }
    document.push(
        "dates",
        map! {
            "created": dates::local(details.created),
            "created_gmt": dates::gmt(details.created),
            "modified": dates::local(details.modified),
            "modified_gmt": dates::gmt(details.modified),
        },
    );
    document.push("featured", details.featured);
    document.push("prices", prices::prices(context, product, true));
    document.push("hidden_conditions", hidden_conditions(context, product, details));
    if !is_variation {
        document.push("average_rating", parts::average_rating(product));
        document.push("review_count", i64::from(details.rating_count));
        document.push("rating_count", parts::rating_count(context, details));
        document.push("rated_out_of", parts::rated(product));
    }
    document.push("images", images::list(context, product));
    let categories: &[u32] = if is_variation { &[] } else { &product.category_ids };
    document.push(
        "categories",
        parts::terms(context, &context.catalogue.categories, categories, "categories"),
    );
    document.push("tags", parts::terms(context, &context.catalogue.tags, &details.tag_ids, "tags"));
    if is_variation {
        document.push("attributes", attributes::variation_attributes(context, product));
    } else {
        document.push("attributes", attributes::attributes(context, product));
        document.push("default_attributes", attributes::default_attributes(context, product));
        document.push("variations", variations(context, product));
        document.push("grouped_products", id_list(&details.grouped_ids));
    }
    document.push("stock", stock::stock(context, product));
    document.push("weight", parts::weight(context, product));
    document.push("dimensions", parts::dimensions(context, product));
    if !is_variation {
        document.push("reviews", reviews(context, details));
        document.push("related", connected(context, &parts::related(context, product)));
        document.push("upsells", connected(context, &details.upsell_ids));
        document.push("cross_sells", connected(context, &product.cross_sell_ids));
    }
    // a variation's is the text that the database holds
    document.push(
        "total_sales",
        if is_variation {
            details.total_sales.to_string().into()
        } else {
            Value::Int(i64::from(details.total_sales))
        },
    );
    if !is_variation {
        document.push("external_url", details.external_url.as_str());
        document.push("button_text", details.button_text.as_str());
    }
    document.push("add_to_cart", add_to_cart(context, product));
    document.push("meta_data", meta_data(context, details));
    document
}

fn hidden_conditions(context: &Context<'_>, product: &Product, details: &Details) -> Map {
    let mut conditions = map! {
        "virtual": product.is_virtual,
        "downloadable": details.downloadable,
        "manage_stock": stock::manages_stock(context, product),
        "sold_individually": product.sold_individually,
    };
    if product.kind != ProductType::Variation {
        conditions.push("reviews_allowed", !details.reviews_closed);
    }
    conditions.push("shipping_required", !product.is_virtual);
    conditions
}

fn add_to_cart(context: &Context<'_>, product: &Product) -> Map {
    let (text, description) = parts::button(context, product);
    let mut button = map! { "text": text, "description": description };
    if product.kind != ProductType::Variation {
        button.push("has_options", product.kind == ProductType::Variable);
    }
    button.push("is_purchasable", context.visit.is_purchasable(product));
    button.push("purchase_quantity", stock::purchase_quantity(context, product));
    button.push("rest_url", parts::add_to_cart_url(context, product));
    button
}

/// What a shopper chooses from.
fn variations(context: &Context<'_>, product: &Product) -> Value {
    if product.kind != ProductType::Variable {
        return Value::empty_array();
    }
    let list = parts::variations(context, product).into_iter().map(|variation| {
        let attributes: Map =
            variation.variation.iter().map(|(key, value)| (key.clone(), value.as_str())).collect();
        let image = images::of(context, variation).into_iter().next();
        map! {
            "id": parts::id(variation.id),
            "sku": variation.sku.as_str(),
            "description": context.details(variation).description.as_str(),
            "attributes": attributes,
            "featured_image": image.map_or_else(Value::empty_array, |i| images::sizes(context, i).into()),
            "prices": prices::prices(context, variation, false),
            "stock": stock::stock(context, variation),
            "add_to_cart": map! {
                "is_purchasable": context.visit.is_purchasable(variation),
                "purchase_quantity": stock::purchase_quantity(context, variation),
                "rest_url": parts::add_to_cart_url(context, variation),
            },
        }
        .into()
    });
    list.collect::<Vec<Value>>().into()
}

/// The reviews known from the snapshot, where they are asked for.
pub(super) fn reviews(context: &Context<'_>, details: &Details) -> Value {
    if !context.asked.params.flag("show_reviews") {
        return Value::empty_array();
    }
    let list = details.reviews.iter().map(|review| {
        let mut author = review.author.clone();
        if let Some(first) = author.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        map! {
            "review_id": review.id.to_string(),
            "author_name": author,
            "author_url": "",
            "review_comment": review.text.as_str(),
            "review_date": find::replace(&dates::local(review.created), "T", " "),
            "review_date_gmt": find::replace(&dates::gmt(review.created), "T", " "),
            "rating": review.rating.to_string(),
            "verified": if review.verified { "1" } else { "" },
        }
        .into()
    });
    list.collect::<Vec<Value>>().into()
}

/// Products that go with another one, at the price they are kept with.
fn connected(context: &Context<'_>, ids: &[u64]) -> Value {
    let visit = &context.visit;
    let money = Money::of(visit);
    let found = ids.iter().filter_map(|id| visit.shop.product(*id));
    let list = found.map(|product| {
        let (text, description) = parts::button(context, product);
        map! {
            "id": parts::id(product.id),
            "name": product.name.as_str(),
            "permalink": product.permalink.as_str(),
            "price": money.price(product.price.map_or(0.0, to_f64)),
            "add_to_cart": map! {
                "text": text,
                "description": description,
                "rest_url": parts::add_to_cart_url(context, product),
            },
            "rest_url": context.rest_url(&format!("products/{}", product.id)),
        }
        .into()
    });
    list.collect::<Vec<Value>>().into()
}

pub(super) fn id_list(ids: &[u64]) -> Value {
    ids.iter().map(|id| parts::id(*id)).collect::<Vec<Value>>().into()
}

/// Since 5.0 a shop has to allow each key.
pub(super) fn meta_data(context: &Context<'_>, details: &Details) -> Value {
    match context.visit.profile {
        Profile::V5 | Profile::V5Formatted => Value::empty_array(),
        _ => details.meta_data.clone().into(),
    }
}

/// `_links` of a product among products.
pub(super) fn product_links(context: &Context<'_>, product: &Product) -> Map {
    let shop = context.visit.shop;
    let mut links = map! {
        "self": vec![self_link(context, Some(&product.permalink), context.product_url(product.id))],
        "collection": vec![link(Some(&context.catalogue.shop_url), context.rest_url("products"))],
    };
    if product.parent_id != 0 {
        let parent = shop.parent(product);
        links.push(
            "parent_product",
            vec![link(Some(&parent.permalink), context.product_url(parent.id))],
        );
    }
    let children = if product.kind == ProductType::Variable {
        parts::variations(context, product)
    } else {
        Vec::new()
    };
    if !children.is_empty() {
        let list = children.iter().map(|child| {
            let url = context.product_url(product.id);
            link(Some(&child.permalink), format!("{url}/variations/{}", child.id))
        });
        links.push("variations", list.collect::<Vec<_>>());
    }
    links
}

/// `_links` of a variation among its siblings.
pub(super) fn variation_links(context: &Context<'_>, product: &Product) -> Map {
    let list = format!("{}/variations", context.product_url(product.parent_id));
    let parent = context.product_url(product.parent_id);
    let parent = match product.parent_id {
        // v1 takes any product for a variation, and there is no page 0
        0 => map! { "permalink": false, "href": parent }.into(),
        _ => link(Some(&context.visit.shop.parent(product).permalink), parent),
    };
    let up = if context.version == "v1" { "parent_product" } else { "up" };
    let mut links = map! {
        "self": vec![self_link(context, None, format!("{list}/{}", product.id))],
        "collection": vec![link(None, list)],
    };
    links.push(up, vec![parent]);
    links
}

/// A document's link to itself.
pub(super) fn self_link(context: &Context<'_>, permalink: Option<&str>, href: String) -> Value {
    match link(permalink, href) {
        Value::Object(map) if context.visit.generation.link_target_hints => {
            let mut map = map.as_ref().clone();
            map.push("targetHints", map! { "allow": vec!["GET".into()] });
            map.into()
        }
        link => link,
    }
}

/// One link, with the page for people where there is one.
pub(super) fn link(permalink: Option<&str>, href: String) -> Value {
    match permalink {
        Some(permalink) => map! { "permalink": permalink, "href": href }.into(),
        None => map! { "href": href }.into(),
    }
}
