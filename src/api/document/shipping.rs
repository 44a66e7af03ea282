//! `shipping`: the package and its rates (`spec/cocart-v2.md` 2.4).

use super::map_or_empty;
use super::money::Money;
use crate::api::Profile;
use crate::cart::Visit;
use crate::cart::shipping::{Package, Rate};
use crate::map;
use crate::value::{Map, Value};

/// The shipping block; empty where the shop ships nothing.
pub(super) fn shipping(visit: &Visit<'_>) -> Value {
    if !visit.settings().shipping_enabled {
        let is_map = visit.profile.follows_openapi();
        return if is_map { Map::new().into() } else { Value::empty_array() };
    }
    let package = visit.package.as_ref();
    // servers tell the customer's flag, which an address seldom sets; the reference tells whether
    // the totals hold shipping
    let calculated = match visit.profile {
        Profile::Reference => package.is_some(),
        _ => visit.cart.customer.has_calculated_shipping,
    };
    let mut packages = Map::new();
    // one that nothing can be sent with is counted and not shown
    if let Some(package) = package.filter(|package| !package.rates.is_empty()) {
        packages.push("default", package_document(visit, package));
    }
    let packages = match visit.profile {
        Profile::V43 | Profile::Reference if packages.is_empty() => Value::empty_array(),
        _ => packages.into(),
    };
    map! {
        "total_packages": i64::from(package.is_some()),
        "show_package_details": visit.profile == Profile::Reference,
        "has_calculated_shipping": calculated,
        "packages": packages,
    }
    .into()
}

fn package_document(visit: &Visit<'_>, package: &Package) -> Map {
    let mut rates = Map::with_capacity(package.rates.len());
    for rate in &package.rates {
        rates.insert(rate.key.clone(), rate_document(visit, package, rate));
    }
    map! {
        "package_name": "Shipping",
        "rates": map_or_empty(visit.profile, rates),
        "package_details": "",
        "index": 0i64,
        "chosen_method": package.chosen.as_str(),
        "formatted_destination": package.destination.as_str(),
    }
}

fn rate_document(visit: &Visit<'_>, package: &Package, rate: &Rate) -> Map {
    let money = Money::of(visit);
    let cost = rate.cost;
    let tax: Value = rate.taxes.last().map_or_else(|| "".into(), |(_, tax)| money.total(*tax));
    map! {
        "key": rate.key.as_str(),
        "method_id": rate.method_id,
        "instance_id": i64::from(rate.instance_id),
        "label": rate.label.as_str(),
        "cost": money.total(cost),
        "html": visit.rate_html(rate),
        "taxes": tax,
        "chosen_method": rate.key == package.chosen,
        "meta_data": map! { "items": package.contents.as_str() },
    }
}
