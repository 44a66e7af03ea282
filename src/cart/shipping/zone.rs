//! Which shipping zone covers a destination.

use crate::store::{Location, ShippingZone, Shop, ZoneLocationType};
use crate::woo::{countries, postcode};

/// The first zone in the shop's order that covers the destination, else zone 0.
pub(super) fn covering<'a>(shop: &'a Shop, to: &Location) -> Option<&'a ShippingZone> {
    let zones = &shop.snapshot().shipping_zones;
    zones
        .iter()
        .find(|zone| zone.id != 0 && covers(zone, to))
        .or_else(|| zones.iter().find(|zone| zone.id == 0))
}

fn covers(zone: &ShippingZone, to: &Location) -> bool {
    let of_kind = |postcodes: bool| {
        zone.locations.iter().filter(move |l| (l.kind == ZoneLocationType::Postcode) == postcodes)
    };
    let state = format!("{}:{}", to.country, to.state).to_ascii_uppercase();
    let in_place = of_kind(false).count() == 0
        || of_kind(false).any(|location| match location.kind {
            ZoneLocationType::Country => location.code == to.country,
            ZoneLocationType::State => location.code == state,
            ZoneLocationType::Continent => {
                countries::continent(&to.country) == Some(&location.code)
            }
            ZoneLocationType::Postcode => false,
        });
    let in_postcodes = of_kind(true).count() == 0
        || of_kind(true)
            .any(|location| postcode::covers(&location.code, &to.postcode, &to.country));
    in_place && in_postcodes
}
