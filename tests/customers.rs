//! What `update-customer` takes of an address, and where the shop ships to.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may panic")]

mod common;

use cocart_wasm::api::Method;
use cocart_wasm::cart::Cart;
use cocart_wasm::store::{
    Settings, ShippingMethod, ShippingMethodKind, ShippingZone, Shop, Snapshot, TaxRate,
    ZoneLocation, ZoneLocationType,
};
use common::till::{ALL, Till, flat_rate, rate};
use common::{send, two_products};
use serde_json::{Value, json};

/// A shop with one flat rate for the whole world.
fn shop(settings: Settings) -> Shop {
    let kind = ShippingMethodKind::LocalPickup { taxable: false, cost: "3".into() };
    let method =
        ShippingMethod { instance_id: 1, enabled: true, kind, ..ShippingMethod::default() };
    let zone = ShippingZone { methods: vec![method], ..ShippingZone::default() };
    let snapshot = two_products().snapshot().clone();
    Shop::new(Snapshot { settings, shipping_zones: vec![zone], ..snapshot })
}

fn listed(codes: &[&str]) -> Vec<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

/// The cart after its customer was updated.
fn updated(settings: Settings, fields: &Value) -> Value {
    let shop = shop(settings);
    let mut cart = Cart::new("own");
    let mut post = |path: &str, body: &Value| {
        let answer = send(&shop, &mut cart, Method::Post, path, &body.to_string());
        serde_json::to_value(&answer.response.body).unwrap()
    };
    post("cart/add-item", &json!({ "id": "1" }));
    let mut body = json!({ "namespace": "update-customer" });
    body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    post("cart/update", &body)
}

#[test]
fn a_country_is_one_that_the_shop_ships_to() {
    let country = |settings: Settings| {
        let cart = updated(settings, &json!({ "country": "DE" }));
        let address = &cart["customer"]["billing_address"];
        (address["billing_country"].clone(), cart["notices"]["error"][0].clone())
    };
    let refused = (json!(""), json!("'Germany' is not allowed for 'Billing'."));
    let taken = (json!("DE"), Value::Null);
    let plain = Settings::default;
    assert_eq!(country(plain()), taken);
    assert_eq!(country(Settings { allowed_countries: listed(&["FR"]), ..plain() }), refused);
    assert_eq!(country(Settings { shipping_countries: listed(&["FR"]), ..plain() }), refused);
    let sells_to = listed(&["FR"]);
    let ships_to = listed(&["DE", "FR"]);
    let wider = Settings { allowed_countries: sells_to, shipping_countries: ships_to, ..plain() };
    assert_eq!(country(wider), taken);
    // where nothing is shipped, no country is one
    assert_eq!(country(Settings { shipping_enabled: false, ..plain() }), refused);
}

#[test]
fn nothing_is_sent_where_the_shop_does_not_ship_to() {
    let rates = |shipping_countries: Vec<String>| {
        let base_address = cocart_wasm::store::BaseAddress {
            country: "DE".into(),
            ..cocart_wasm::store::BaseAddress::default()
        };
        let settings = Settings { shipping_countries, base_address, ..Settings::default() };
        let cart = updated(settings, &json!({ "first_name": "Ann" }));
        let package = &cart["shipping"]["packages"]["default"];
        package["rates"].as_object().map_or(0, serde_json::Map::len)
    };
    assert_eq!([rates(listed(&[])), rates(listed(&["DE"])), rates(listed(&["FR"]))], [1, 1, 0]);
}

#[test]
fn a_postcode_is_formatted_before_it_is_checked() {
    for (fields, kept, is_wrong) in [
        (json!({ "country": "PL", "postcode": "00950" }), "00-950", false),
        (json!({ "country": "US", "postcode": "100011234" }), "10001-1234", false),
        (json!({ "country": "AT", "postcode": "10 10" }), "1010", false),
        (json!({ "country": "CA", "postcode": "k1a0b1" }), "K1A 0B1", false),
        (json!({ "country": "US", "postcode": "ABC" }), "", true),
        // what is posted without a country loses its hyphen first
        (json!({ "postcode": "10001-1234" }), "", true),
        (json!({ "postcode": "10001" }), "10001", false),
        // no country knows better
        (json!({ "country": "XX", "postcode": "ABC" }), "ABC", false),
    ] {
        let base_address = cocart_wasm::store::BaseAddress {
            country: "US".into(),
            ..cocart_wasm::store::BaseAddress::default()
        };
        let cart = updated(Settings { base_address, ..Settings::default() }, &fields);
        let address = &cart["customer"]["billing_address"];
        assert_eq!(address["billing_postcode"], kept, "{fields}");
        let errors = cart["notices"]["error"].to_string();
        assert_eq!(errors.contains("Billing postcode is not a valid"), is_wrong, "{fields}");
    }
}

/// A hundred dollars' worth for somebody in a Californian city.
fn sold_in(city: &str, rates: Vec<TaxRate>) -> Till {
    let mut till = Till::excl(rates).living_in("US").line("100", 1.0);
    for address in [&mut till.cart.customer.billing, &mut till.cart.customer.shipping] {
        address.state = "CA".into();
        address.postcode = "90210".into();
        address.city = city.into();
    }
    till
}

#[test]
fn of_one_priority_the_rate_with_the_most_rows_joined_is_taken() {
    let local = |id, percent: &str, postcodes: &[&str], cities: &[&str]| {
        let (postcodes, cities) = (listed(postcodes), listed(cities));
        TaxRate { priority: 1, postcodes, cities, ..rate(id, percent) }
    };
    let everywhere = || local(1, "7", &[], &[]);
    let by_one_postcode = || local(2, "8", &["90210"], &[]);
    let by_cities = || local(3, "9", &[], &["BEVERLY HILLS", "MALIBU"]);
    let by_both = || local(4, "10", &["90210", "90211", "90212"], &["BEVERLY HILLS"]);
    for (rates, tax) in [
        (vec![everywhere(), by_one_postcode()], 8.0),
        // one city of two counts two rows, a postcode alone counts one
        (vec![by_one_postcode(), by_cities()], 9.0),
        // a postcode of three and the only city count one
        (vec![by_one_postcode(), by_both()], 8.0),
        (vec![by_both(), by_cities()], 9.0),
    ] {
        for generation in ALL {
            let till = sold_in("Beverly Hills", rates.clone());
            assert_eq!(till.ring(generation).totals().total_tax, tax, "{rates:?}");
        }
    }
}

#[test]
fn a_city_is_the_same_without_its_accents() {
    let in_city = TaxRate { cities: listed(&["LA CAÑADA"]), ..rate(1, "10") };
    for (city, tax) in [("la Cañada", 10.0), ("La Canada", 10.0), ("La Habra", 0.0)] {
        for generation in ALL {
            let till = sold_in(city, vec![in_city.clone()]);
            assert_eq!(till.ring(generation).totals().total_tax, tax, "{city}");
        }
    }
}

#[test]
fn a_zone_covers_its_state_however_that_is_written() {
    let zone = |id, cost: &str, locations| ShippingZone {
        id,
        locations,
        methods: vec![flat_rate(id, cost)],
        ..ShippingZone::default()
    };
    let state = ZoneLocation { code: "US:CA".into(), kind: ZoneLocationType::State };
    for generation in ALL {
        let mut till = sold_in("Malibu", Vec::new());
        till.snapshot.shipping_zones =
            vec![zone(1, "5", vec![state.clone()]), zone(0, "9", Vec::new())];
        till.cart.customer.shipping.state = "ca".into();
        assert_eq!(till.ring(generation).totals().shipping_total.text(), "5");
    }
}
