//! The raw WooCommerce cart: what `default=true` answers.

use crate::cart::{Line, TaxMap, Visit};
use crate::map;
use crate::value::{Map, Value};

/// The lines by item key as the session holds them, `data` being PHP's empty object.
pub(super) fn cart(visit: &Visit<'_>) -> Map {
    let mut cart = Map::with_capacity(visit.cart.lines.len());
    for line in visit.cart.lines.iter() {
        cart.push(line.key.clone(), self::line(line, false));
    }
    cart
}

/// One line. A line that this very request added has its product before its hash, one loaded
/// from the session at its end.
pub(super) fn line(line: &Line, is_new: bool) -> Map {
    let id = |id: u64| i64::try_from(id).unwrap_or(0);
    let variation: Map = line.variation.iter().map(|(k, v)| (k.clone(), v.as_str())).collect();
    let variation: Value =
        if variation.is_empty() { Value::empty_array() } else { variation.into() };
    let mut item = line.item_data.clone();
    item.insert("key", line.key.as_str());
    item.insert("product_id", id(line.product_id));
    item.insert("variation_id", id(line.variation_id));
    item.insert("variation", variation);
    item.insert("quantity", line.quantity);
    if is_new {
        item.insert("data", Map::new());
    }
    item.insert("data_hash", line.data_hash.as_str());
    if let Some(totals) = &line.totals {
        item.insert(
            "line_tax_data",
            map! { "subtotal": taxes(&totals.subtotal_taxes), "total": taxes(&totals.total_taxes) },
        );
        item.insert("line_subtotal", totals.subtotal);
        item.insert("line_subtotal_tax", totals.subtotal_tax);
        item.insert("line_total", totals.total);
        item.insert("line_tax", totals.tax);
    }
    item.insert("data", Map::new());
    item
}

fn taxes(taxes: &TaxMap) -> Value {
    if taxes.is_empty() {
        return Value::empty_array();
    }
    taxes.iter().map(|(id, tax)| (id.to_string(), *tax)).collect::<Map>().into()
}
