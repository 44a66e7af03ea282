//! The raw WooCommerce cart: what `default=true` answers.

use crate::cart::{Line, Visit};
use crate::value::Map;

/// The lines by item key as the session holds them, `data` being PHP's empty object.
pub(super) fn cart(visit: &Visit<'_>) -> Map {
    let mut cart = Map::with_capacity(visit.cart.lines.len());
    for line in visit.cart.lines.iter() {
        cart.push(line.key.clone(), self::line(line, false));
    }
    cart
}

/// One line; one loaded from the session has its product at the end.
pub(super) fn line(line: &Line, is_new: bool) -> Map {
    let mut item = line.stored(is_new);
    item.insert("data", Map::new());
    item
}
