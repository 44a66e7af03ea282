//! What plugins put into the server's documents survives every round trip: adopted, changed
//! offline, shown again.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

mod common;

use cocart_wasm::api::{Method, Profile, Request, handle};
use cocart_wasm::cart::adopt::adopt;
use cocart_wasm::cart::{Cart, Command, Fee, Visit, estimates};
use cocart_wasm::map;
use cocart_wasm::store::Shop;
use cocart_wasm::value::{Map, Record, Value};
use common::till::NOW;
use common::{PROFILES, two_products, value};

fn ask(
    shop: &Shop,
    profile: Profile,
    cart: &mut Cart,
    method: Method,
    path: &str,
    body: &str,
) -> Value {
    let mut request = Request::new(method, format!("/cocart/v2/{path}"));
    if !body.is_empty() {
        request = request.with_json(value(body));
    }
    handle(shop, profile, cart, &request, NOW).response.body.unwrap()
}

/// Item data and fields as subscription, bundle, booking and hostile plugins leave them.
fn plugins() -> (Value, Map) {
    let data = value(
        r#"{
            "subscription_scheme": "1_month",
            "wcsatt_data": {"active_subscription_scheme": "1_month", "options": [1, 2.5, null, true]},
            "bundled_items": ["d3d9446802a44259755d38e6d163e820", "6512bd43d9caa6e02c990b0a82652dca"],
            "stamp": {"3": {"product_id": 15, "quantity": 2, "discount": "", "title": "Käse & <b>Brot</b>"}},
            "booking": {"_start_date": 1798761600, "_persons": {"12": 2}, "date": "1. Jan. 2027"},
            "__proto__": {"polluted": true},
            "constructor": "x",
            "10": "ten",
            "rtl": "עִבְרִית \u202e<script>alert(1)</script> 🍮",
            "deep": [[[[[["end"]]]]]]
        }"#,
    );
    let fields = value(
        r#"{
            "extensions": {"subscriptions": {"billing_period": "month", "sign_up_fees": "500", "__proto__": 1}},
            "is_editable": false,
            "addons": [{"name": "Gift wrap", "price": "250"}],
            "nothing": null,
            "meta": {"virtual": false, "bundle": {"min": 1}}
        }"#,
    );
    (data, fields.as_object().unwrap().clone())
}

/// A cart as a shop with plugins sends it.
fn document(shop: &Shop, profile: Profile, key: &mut String) -> Value {
    let (data, fields) = plugins();
    let mut cart = Cart::new("key");
    let add = map! { "id": "1", "quantity": "2", "item_data": data };
    ask(
        shop,
        profile,
        &mut cart,
        Method::Post,
        "cart/add-item",
        &serde_json::to_string(&Value::from(add)).unwrap(),
    );
    ask(shop, profile, &mut cart, Method::Post, "cart/add-item", r#"{"id": "2"}"#);
    key.clone_from(&cart.lines[0].key);
    let plain = ask(shop, profile, &mut cart, Method::Get, "cart", "");
    let mut document = plain.as_object().unwrap().clone();
    let with_fields = |item: &Value| -> Value {
        let mut item = item.as_object().unwrap().clone();
        for (name, value) in fields.iter() {
            match (name, item.get("meta")) {
                ("meta", Some(Value::Object(own))) => {
                    let mut meta = own.as_ref().clone();
                    for (name, value) in value.as_object().unwrap().iter() {
                        meta.insert(name.to_owned(), value.clone());
                    }
                    item.insert("meta", meta);
                }
                _ => item.insert(name.to_owned(), value.clone()),
            }
        }
        item.into()
    };
    let items: Value = match document.get("items").unwrap() {
        Value::Array(list) => list.iter().map(with_fields).collect::<Vec<_>>().into(),
        Value::Object(map) => {
            map.iter().map(|(k, item)| (k.to_owned(), with_fields(item))).collect::<Map>().into()
        }
        _ => Value::Null,
    };
    document.insert("items", items);
    document.insert("extensions", map! { "points": map! { "balance": 120i64 } });
    document.insert("recurring", value(r#"[{"next": "2027-01-01"}]"#));
    let customer = value(
        r#"{"billing_address": {"billing_country": "DE", "billing_vat_number": "DE1"}, "shipping_address": {"shipping_country": "DE"}}"#,
    );
    document.insert("customer", customer);
    document.into()
}

fn item(document: &Value, key: &str) -> Value {
    let items = document.get("items").unwrap();
    let of_list = || {
        items
            .as_array()?
            .iter()
            .find(|item| item.get("item_key").unwrap().as_str() == Some(key))
            .cloned()
    };
    items.get(key).cloned().or_else(of_list).unwrap()
}

fn assert_kept(document: &Value, key: &str, at: &str) {
    let (data, fields) = plugins();
    let item = item(document, key);
    assert_eq!(item.get("cart_item_data"), Some(&data), "{at}");
    for (name, value) in fields.iter() {
        if name == "meta" {
            assert_eq!(item.pointer("/meta/bundle/min"), Some(&Value::Int(1)), "{at}");
            assert_eq!(item.pointer("/meta/virtual"), Some(&Value::Bool(false)), "{at}");
            assert_eq!(
                item.pointer("/meta/product_type").and_then(Value::as_str),
                Some("simple"),
                "{at}"
            );
        } else {
            assert_eq!(item.get(name), Some(value), "{at}: {name}");
        }
    }
    assert_eq!(document.pointer("/extensions/points/balance"), Some(&Value::Int(120)), "{at}");
    assert_eq!(
        document.pointer("/recurring/0/next").and_then(Value::as_str),
        Some("2027-01-01"),
        "{at}"
    );
    let vat = document.pointer("/customer/billing_address/billing_vat_number");
    assert_eq!(vat.and_then(Value::as_str), Some("DE1"), "{at}");
}

#[test]
fn what_plugins_add_survives_changes_made_offline() {
    let shop = two_products();
    for profile in PROFILES {
        let at = format!("{profile:?}");
        let mut key = String::new();
        let shown = document(&shop, profile, &mut key);
        let mut cart = adopt(&shop, profile, "key", &shown, &[], NOW);
        let path = format!("cart/item/{key}");
        let raised = ask(&shop, profile, &mut cart, Method::Post, &path, r#"{"quantity": "3"}"#);
        assert_kept(&raised, &key, &at);
        assert_eq!(cart.line(&key).unwrap().quantity, 3.0, "{at}");
        ask(&shop, profile, &mut cart, Method::Delete, &path, "");
        let back = ask(&shop, profile, &mut cart, Method::Put, &path, "");
        assert_kept(&back, &key, &at);
        // the very same thing is the very same line, whatever plugins said of it
        let (data, _) = plugins();
        let add =
            serde_json::to_string(&Value::from(map! { "id": "1", "item_data": data })).unwrap();
        let again = ask(&shop, profile, &mut cart, Method::Post, "cart/add-item", &add);
        assert_eq!(cart.line(&key).unwrap().quantity, 4.0, "{at}");
        assert_kept(&again, &key, &at);
    }
}

#[test]
fn a_dialect_of_another_version_brings_no_names_of_its_own() {
    let shop = two_products();
    let mut key = String::new();
    for (theirs, ours) in [
        (Profile::V5, Profile::V43),
        (Profile::V43, Profile::V5),
        (Profile::V49, Profile::Reference),
    ] {
        let mut cart = Cart::new("key");
        ask(&shop, theirs, &mut cart, Method::Post, "cart/add-item", r#"{"id": "1"}"#);
        let plain = ask(&shop, theirs, &mut cart, Method::Get, "cart", "");
        key.clone_from(&cart.lines[0].key);
        let own = ask(&shop, ours, &mut cart, Method::Get, "cart", "");
        let mut adopted = adopt(&shop, ours, "key", &plain, &[], NOW);
        let shown = ask(&shop, ours, &mut adopted, Method::Get, "cart", "");
        let names = |value: &Value| {
            value.as_object().unwrap().keys().map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(names(&item(&shown, &key)), names(&item(&own, &key)), "{theirs:?} {ours:?}");
        assert_eq!(names(&shown), names(&own), "{theirs:?} {ours:?}");
        assert!(estimates(&shop, &adopted).is_empty());
    }
}

#[test]
fn what_only_the_server_works_out_is_named_an_estimate() {
    let shop = two_products();
    let mut key = String::new();
    let shown = document(&shop, Profile::V5, &mut key);
    let pointers = estimates(&shop, &adopt(&shop, Profile::V5, "key", &shown, &[], NOW));
    for part in ["/extensions", "/recurring"] {
        assert!(pointers.iter().any(|pointer| pointer == part), "{pointers:?}");
    }
    assert!(pointers.contains(&format!("/items/{key}/extensions")), "{pointers:?}");
}

#[test]
fn a_plugins_update_is_believed_to_do_what_the_app_says() {
    let shop = two_products();
    let mut cart = Cart::new("key");
    ask(&shop, Profile::V43, &mut cart, Method::Post, "cart/add-item", r#"{"id": "1"}"#);
    let fee = Fee { name: "Gift wrap".into(), amount: 2.5, ..Fee::default() };
    let gone = Command::RemoveItem { item_key: "nobody".into() };
    let command = Command::Update {
        fields: map! { "namespace": "gift-wrap", "wrap": true },
        effects: vec![gone, Command::AddFee(fee)],
    };
    assert_eq!(Command::read(&command.write()), Ok(command.clone()));
    Visit::open(&shop, Profile::V43, &mut cart, NOW).apply(&command).unwrap();
    assert_eq!(cart.totals.unwrap().total, "15.00");
}

#[test]
fn a_callback_of_the_shop_s_own_does_what_the_snapshot_says() {
    let mut snapshot = two_products().snapshot().clone();
    let callbacks = [("acme-address", "set-address"), ("acme-other", "no such command")];
    snapshot.callbacks = callbacks.into_iter().collect();
    let shop = Shop::new(snapshot);
    let ask = |shop: &Shop, cart: &mut Cart, body: &Map| {
        let request = Request::new(Method::Post, "/cocart/v2/cart/update").with_json(body.clone());
        handle(shop, Profile::V43, cart, &request, NOW)
    };
    let body = map! { "namespace": "acme-address", "address": map! { "city": "Bonn" } };
    let mut cart = Cart::new("own");
    assert_eq!(ask(&two_products(), &mut cart, &body).response.status, 404);
    let answer = ask(&shop, &mut cart, &body);
    assert_eq!((answer.response.status, cart.customer.billing.city.as_str()), (200, "Bonn"));
    // the shop is asked in its own words
    assert!(matches!(&*answer.commands, [Command::Update { fields, .. }] if *fields == body));
    let other = map! { "namespace": "acme-other" };
    assert_eq!(ask(&shop, &mut cart, &other).response.status, 404);
}
