//! The documents of the API, one builder each; the profile decides the shape.

mod cart;
mod currency;
mod fields;
mod item;
mod items;
mod money;
mod shipping;
mod suggestions;
mod totals;

pub(super) use cart::{CartDocument, cart};
pub(super) use currency::currency;
pub(super) use fields::Fields;
pub(super) use item::{image, quantity_status};
pub(super) use items::{keyed_items, one_item};
pub(super) use money::Money;
pub(super) use totals::{cart_totals, coupons, raw_totals};

use super::Profile;
use crate::value::{Map, Value};

/// An empty map as the profile prints it: the recorded server has PHP's `[]`.
pub(super) fn map_or_empty(profile: Profile, map: Map) -> Value {
    if profile == Profile::V43 { map.or_empty_array() } else { map.into() }
}
