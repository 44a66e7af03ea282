//! What a server's document holds beside CoCart's own fields: what plugins put there through the
//! server's filters. It is shown again as it was last seen, until the server says otherwise.

use super::Address;
use crate::value::{Map, Value};

/// CoCart's own names in a cart's document, whatever its dialect; also what can be asked for.
pub(crate) const CART: [&str; 17] = [
    "cart_hash",
    "cart_key",
    "currency",
    "customer",
    "items",
    "item_count",
    "items_weight",
    "coupons",
    "needs_payment",
    "needs_shipping",
    "shipping",
    "fees",
    "taxes",
    "totals",
    "removed_items",
    "cross_sells",
    "notices",
];
/// In an item's.
const ITEM: [&str; 15] = [
    "item_key",
    "id",
    "name",
    "title",
    "price",
    "regular_price",
    "on_sale",
    "quantity",
    "totals",
    "slug",
    "meta",
    "backorders",
    "cart_item_data",
    "featured_image",
    "variation",
];
/// In an item's `meta`.
const META: [&str; 5] = ["product_type", "sku", "dimensions", "weight", "variation"];

/// What is CoCart's own in no version of it: of the cart, and of its addresses.
pub(super) fn of_cart(document: &Value) -> Map {
    let mut extra = beside(Some(document), &|name| CART.contains(&name));
    let mut addresses = Map::new();
    for kind in ["billing", "shipping"] {
        let part = format!("{kind}_address");
        let is_own = |name: &str| {
            let field = name.strip_prefix(kind).and_then(|rest| rest.strip_prefix('_'));
            field.is_some_and(|field| Address::FIELDS.contains(&field))
        };
        let shown = document.get("customer").and_then(|customer| customer.get(&part));
        put(&mut addresses, part, beside(shown, &is_own));
    }
    put(&mut extra, "customer".to_owned(), addresses);
    extra
}

/// The same of an item.
pub(super) fn of_item(item: &Value) -> Map {
    let mut extra = beside(Some(item), &|name| ITEM.contains(&name));
    let meta = beside(item.get("meta"), &|name| META.contains(&name));
    put(&mut extra, "meta".to_owned(), meta);
    extra
}

/// Puts them back where they were.
pub(crate) fn restore(document: &mut Map, extra: &Map) {
    for (name, value) in extra.iter() {
        let whole: Value = match (document.get(name), value) {
            (Some(Value::Object(own)), Value::Object(more)) => {
                let mut own = own.as_ref().clone();
                restore(&mut own, more);
                own.into()
            }
            _ => value.clone(),
        };
        document.insert(name.to_owned(), whole);
    }
}

fn beside(shown: Option<&Value>, is_own: &dyn Fn(&str) -> bool) -> Map {
    let all = shown.and_then(Value::as_object).into_iter().flat_map(Map::iter);
    let is_empty = |value: &Value| match value {
        Value::Object(map) => map.is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    };
    all.filter(|(name, value)| !is_own(name) && !is_empty(value))
        .map(|(name, value)| (name.to_owned(), value.clone()))
        .collect()
}

fn put(extra: &mut Map, name: String, part: Map) {
    if !part.is_empty() {
        extra.push(name, part);
    }
}
