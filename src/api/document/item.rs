//! An item of the cart (`spec/cocart-v2.md` 2.6).

use super::map_or_empty;
use super::money::Money;
use crate::api::Profile;
use crate::cart::extras;
use crate::cart::{Line, LineTotals, Visit};
use crate::map;
use crate::store::{Product, ProductType};
use crate::value::{Map, Value};
use crate::woo::{number, text};

/// One item, with what [`renew`] fills in left open; `removed` prints the shorter form of
/// `removed_items`.
pub(super) fn build(visit: &Visit<'_>, line: &Line, thumb: bool, removed: bool) -> Value {
    let Some(product) = visit.shop.product(line.sold_id()) else { return Value::Null };
    let money = Money::of(visit);
    let parent = visit.shop.parent(product);
    let mut item = Map::with_capacity(15);
    item.push("item_key", line.key.as_str());
    item.push("id", i64::try_from(product.id).unwrap_or(0));
    item.push("name", product.name.as_str());
    item.push("title", parent.name.as_str());
    item.push("price", price(visit, &money, line, product, removed));
    if visit.profile.is_v5() {
        let regular = product.regular_price.map_or(0.0, crate::store::to_f64);
        item.push("regular_price", money.price(visit.displayed_price(product, regular)));
        item.push("on_sale", visit.is_on_sale(product));
    }
    item.push("quantity", Value::Null);
    item.push("totals", Value::Null);
    item.push("slug", parent.slug.as_str());
    item.push("meta", meta(visit, line, product));
    item.push("backorders", Value::Null);
    item.push("cart_item_data", cart_item_data(visit, line));
    item.push("featured_image", if thumb { image(visit, product) } else { "" });
    if !removed && visit.profile.is_v5() {
        item.push("extensions", Map::new());
    }
    extras::restore(&mut item, &line.extra);
    item.into()
}

/// The item with what goes with the line's quantity and figures; all else is shared with the one
/// before.
pub(super) fn renew(visit: &Visit<'_>, line: &Line, removed: bool, item: &mut Value) {
    let Some(mut renewed) = item.as_object().cloned() else { return };
    let Some(product) = visit.shop.product(line.sold_id()) else { return };
    let money = Money::of(visit);
    let quantity = if removed { line.quantity.into() } else { quantity(visit, line, product) };
    renewed.insert("quantity", quantity);
    renewed.insert("totals", totals(&money, line.totals.as_ref()));
    let backorders = match visit.profile {
        _ if visit.notifies_backorder(product, line.quantity) => "Available on backorder",
        Profile::V43 => "",
        _ => "no",
    };
    renewed.insert("backorders", backorders);
    if let Some(mut meta) = renewed.get("meta").and_then(Value::as_object).cloned() {
        meta.insert("weight", weight(line, product));
        renewed.insert("meta", meta);
    }
    *item = renewed.into();
}

fn price(
    visit: &Visit<'_>,
    money: &Money<'_>,
    line: &Line,
    product: &Product,
    removed: bool,
) -> Value {
    let posted = visit.cart.price_overrides.iter().find(|(key, _)| *key == line.key);
    if let Some((_, posted)) = posted.filter(|_| !removed) {
        return money.posted_price(posted);
    }
    let raw = match visit.custom_price(&line.key) {
        Some(price) if !removed => price,
        _ => product.price.map_or(0.0, crate::store::to_f64),
    };
    money.price(visit.displayed_price(product, raw))
}

fn quantity(visit: &Visit<'_>, line: &Line, product: &Product) -> Value {
    let most = visit.max_purchase(product).unwrap_or(-1.0);
    let (least, most) = if visit.mirrors_oddities() {
        // 4.3.6 shows WooCommerce's own limits, not those that it enforces
        (1.0, most)
    } else {
        (product.min_quantity.unwrap_or(1.0), product.max_quantity.unwrap_or(most))
    };
    match visit.profile {
        Profile::V5 | Profile::V5Formatted => map! {
            "value": line.quantity,
            "minimum": least,
            "maximum": most,
            "multiple_of": 1i64,
            "editable": !product.sold_individually,
        },
        _ => map! {
            "value": line.quantity,
            "min_purchase": least,
            "max_purchase": most,
        },
    }
    .into()
}

fn totals(money: &Money<'_>, totals: Option<&LineTotals>) -> Map {
    let none = LineTotals::default();
    let totals = totals.unwrap_or(&none);
    map! {
        "subtotal": money.line_subtotal(totals.subtotal),
        "subtotal_tax": money.line_amount(totals.subtotal_tax),
        "total": money.line_amount(totals.total),
        "tax": money.line_amount(totals.tax),
    }
}

fn meta(visit: &Visit<'_>, line: &Line, product: &Product) -> Map {
    let size = &product.dimensions;
    map! {
        "product_type": product.kind.name(),
        "sku": product.sku.as_str(),
        "dimensions": map! {
            "length": size.length.as_str(),
            "width": size.width.as_str(),
            "height": size.height.as_str(),
            "unit": visit.settings().dimension_unit.as_str(),
        },
        "weight": Value::Null,
        "variation": map_or_empty(visit.profile, variation(visit, line, product)),
    }
}

/// Unit weight × whole part of the quantity; `"0.0"` where nothing is weighed.
fn weight(line: &Line, product: &Product) -> String {
    if text::is_empty(&product.weight) || product.is_virtual {
        return "0.0".to_owned();
    }
    number::text14(number::float_of(&product.weight) * line.quantity.trunc())
}

/// Attribute label → term name, or the text of a custom attribute.
fn variation(visit: &Visit<'_>, line: &Line, product: &Product) -> Map {
    let mut map = Map::new();
    if product.kind != ProductType::Variation {
        return map;
    }
    let attributes = &visit.shop.parent(product).attributes;
    for (key, value) in &line.variation {
        let attribute = attributes.iter().find(|a| a.has_key(key));
        let label = attribute.map_or(key.as_str(), |a| a.name.as_str());
        let option = attribute.and_then(|a| a.options.iter().find(|o| o.value == *value));
        map.insert(label.to_owned(), option.map_or(value.as_str(), |o| o.name.as_str()));
    }
    map
}

/// Item data without the names that belong to the line and without empty values.
fn cart_item_data(visit: &Visit<'_>, line: &Line) -> Value {
    const OWN: [&str; 12] = [
        "key",
        "product_id",
        "variation_id",
        "variation",
        "quantity",
        "data",
        "data_hash",
        "line_tax_data",
        "line_subtotal",
        "line_subtotal_tax",
        "line_total",
        "line_tax",
    ];
    let mut data = line.item_data.clone();
    data.retain(|key, value| !OWN.contains(&key) && !value.is_empty());
    map_or_empty(visit.profile, data)
}

/// A product's picture, its parent's or the shop's placeholder.
pub(in crate::api) fn image<'a>(visit: &Visit<'a>, product: &'a Product) -> &'a str {
    let own = [product.image.as_str(), visit.shop.parent(product).image.as_str()];
    own.into_iter().find(|url| !url.is_empty()).unwrap_or(&visit.settings().placeholder_image)
}

/// What became of a line's quantity, in words and as a number.
pub(in crate::api) fn quantity_status(
    visit: &Visit<'_>,
    key: &str,
    (before, now): (f64, f64),
    told: f64,
) -> Map {
    let product = visit.cart.line(key).and_then(|line| visit.shop.product(line.sold_id()));
    let name = product.map_or("", |product| product.name.as_str());
    let text = number::text14(told);
    let message = if now > before {
        format!("The quantity for \"{name}\" has increased to \"{text}\".")
    } else if now < before {
        format!("The quantity for \"{name}\" has decreased to \"{text}\".")
    } else {
        format!("The quantity for \"{name}\" has not changed.")
    };
    map! { "message": message, "quantity": told }
}
