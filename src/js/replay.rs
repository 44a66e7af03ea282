//! From the server's document to the cart the engine works on, and from there on.

use crate::api::Profile;
use crate::cart::{Cart, Command};
use crate::store::Shop;
use crate::sync::Base;

/// The cart that a base describes.
pub(super) fn adopt(shop: &Shop, base: &Base) -> Cart {
    let _ = (shop, base);
    Cart::default()
}

/// Applies a command; one that the engine refuses changes nothing, and the server decides.
pub(super) fn apply(shop: &Shop, profile: Profile, cart: &mut Cart, command: &Command, now: i64) {
    let _ = (shop, profile, cart, command, now);
}
