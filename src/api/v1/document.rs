//! The documents of API v1 (`spec/cocart-v1.md` 2, 3): WooCommerce's own lines and totals.

use crate::api::document as shared;
use crate::api::raw;
use crate::cart::{Line, Totals, Visit};
use crate::store::to_f64;
use crate::value::{Map, Value};

/// The items by key, `[]` without any. `added` is the line that this request added.
pub(super) fn cart(visit: &Visit<'_>, thumb: bool, added: Option<&str>) -> Value {
    if visit.cart.item_count() <= 0.0 {
        return Value::empty_array();
    }
    let mut items = Map::with_capacity(visit.cart.lines.len());
    for line in visit.cart.lines.iter() {
        let is_new = added == Some(line.key.as_str());
        items.push(line.key.clone(), item(visit, line, is_new, thumb));
    }
    items.into()
}

/// An item: the raw line, and what a shopper reads of its product.
pub(super) fn item(visit: &Visit<'_>, line: &Line, is_new: bool, thumb: bool) -> Map {
    let mut item = raw::line(line, is_new);
    let Some(product) = visit.shop.product(line.sold_id()) else { return item };
    // the product's own price, whatever the shop displays
    let own = || product.price.map_or(0.0, to_f64);
    let price = visit.custom_price(&line.key).unwrap_or_else(own);
    item.insert("product_name", product.name.as_str());
    item.insert("product_title", visit.shop.parent(product).name.as_str());
    item.insert("product_price", visit.money().price(price));
    if thumb {
        item.insert("product_image", shared::image(visit, product));
    }
    item
}

/// The totals; the recorded server has none for an empty cart.
pub(super) fn totals(visit: &Visit<'_>, html: bool) -> Value {
    match &visit.cart.totals {
        Some(totals) => shared::raw_totals(visit, totals, html).into(),
        None if !visit.mirrors_oddities() => {
            shared::raw_totals(visit, &Totals { total: "0".to_owned(), ..Totals::default() }, html)
                .into()
        }
        None if html => Value::empty_array(),
        None => Value::Null,
    }
}
