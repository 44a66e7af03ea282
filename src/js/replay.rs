//! From the server's document to the cart that is shown, and from there on.

use crate::api::Profile;
use crate::cart::adopt::{self, RemovedHere};
use crate::cart::{Cart, Command, Visit};
use crate::store::Shop;
use crate::sync::{Base, Removed};
use crate::value::{Map, Value};

/// Applies a command that was accepted once. Where the engine would refuse it now, the server
/// decides; a quantity stays what was asked for until then (API v1 takes some that v2 does not).
pub(super) fn apply(shop: &Shop, profile: Profile, cart: &mut Cart, command: &Command, now: i64) {
    let mut visit = Visit::open(shop, profile, cart, now);
    let refused = visit.apply(command).is_err();
    if let (true, Command::UpdateItem { item_key, quantity }) = (refused, command) {
        visit.set_quantity(item_key, *quantity);
        visit.calculate();
    }
}

/// The cart that a base describes.
pub(super) fn adopt(shop: &Shop, profile: Profile, base: &Base, now: i64) -> Cart {
    fn here(removed: &Removed) -> RemovedHere<'_> {
        let Removed { item_key, id, add } = removed;
        RemovedHere { item_key, id: *id, add }
    }
    let removed: Vec<_> = base.removed.iter().map(here).collect();
    adopt::adopt(shop, profile, &base.cart_key, &base.document, &removed, now)
}

/// The server's own document, where it can be shown as it came: it speaks the profile the app
/// wants, and this device knows nothing that it does not.
pub(super) fn as_it_came(profile: Profile, base: &Base) -> Option<Value> {
    let shows = |removed: &Removed| {
        base.document.elements_of("removed_items").iter().any(|item| {
            item.get("item_key").and_then(Value::as_str) == Some(&removed.item_key)
                && item.get("quantity").and_then(Value::as_f64) == Some(removed.add.quantity)
        })
    };
    if !base.removed.iter().all(shows) || dialect(&base.document) != Some(profile) {
        return None;
    }
    Some(without_notices(profile, &base.document))
}

/// A cart whose notices, the answer to one request, were shown.
pub(super) fn without_notices(profile: Profile, cart: &Value) -> Value {
    let Some(document) = cart.as_object() else { return cart.clone() };
    let none = match document.get("notices") {
        Some(Value::Object(_)) if profile == Profile::Reference => Map::new().into(),
        _ => Value::empty_array(),
    };
    if document.get("notices") == Some(&none) {
        return cart.clone();
    }
    let mut document = document.clone();
    document.insert("notices", none);
    document.into()
}

/// The dialect of a document that has a line, or had one, to tell it by (`spec/cocart-v2.md` 2.3).
fn dialect(document: &Value) -> Option<Profile> {
    let items = document.elements_of("items");
    let removed = document.elements_of("removed_items");
    let item = *items.first().or(removed.first())?;
    let formatted = item.get("price")?.as_str()?.bytes().any(|b| !b.is_ascii_digit() && b != b'-');
    let in_major_units = item.get("totals")?.get("total")?.as_f64().is_some();
    let keyed = document.get("items")?.as_object().is_some();
    Some(match (formatted, in_major_units) {
        (true, true) => Profile::Reference,
        (true, false) => Profile::V5Formatted,
        (false, true) if keyed => return None,
        (false, true) => Profile::V43,
        (false, false) if item.get("quantity")?.get("minimum").is_some() => Profile::V5,
        (false, false) => Profile::V49,
    })
}
