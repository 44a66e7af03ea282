//! The catalogue's routes of API v2 (`spec/cocart-v2.md` 7).

use super::{Asked, Routed};
use crate::cart::Cart;

/// Answers a route below `products`; `path` is what follows that word.
pub(super) fn answer(_asked: &Asked<'_>, _cart: &mut Cart, _path: &[&str]) -> Routed {
    None
}
