//! Bad input: random requests of every wrong kind against random, incomplete and contradictory
//! shops, in every profile. Never a panic, always an answer in CoCart's or WordPress's own form,
//! and what is refused leaves the lines as they were.
#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test may panic")]

mod common;

#[path = "hostile/requests.rs"]
mod requests;
#[path = "hostile/shopper.rs"]
mod shopper;
#[path = "hostile/shops.rs"]
mod shops;
#[path = "hostile/sound.rs"]
mod sound;

use cocart_wasm::api::{Body, Method, Profile, Request, Response, handle};
use cocart_wasm::cart::{Cart, Command, Line, Totals, Visit};
use cocart_wasm::store::{Shop, Snapshot, TaxRate};
use cocart_wasm::value::{Map, Value, json};
use common::till::{NOW, RECORDED, Till, rate};
use common::{PROFILES, value};
use proptest::prelude::*;
use requests::Sent;

/// The cart's lines.
fn lines(cart: &Cart) -> Vec<(String, f64)> {
    cart.lines.iter().map(|line| (line.key.clone(), line.quantity)).collect()
}

/// The same cart of which nothing is remembered.
fn forgetful(cart: &Cart) -> Cart {
    let lines = cart.lines.iter().map(|line| Line::clone(line)).collect();
    Cart { lines, ..cart.clone() }
}

/// Whether the lines' figures are those that working everything out anew gives. `None` for lines
/// that have prices of their own, or that the shop sells no more.
fn stands(shop: &Shop, profile: Profile, cart: &Cart) -> Option<bool> {
    let mut again = forgetful(cart);
    drop(Visit::open(shop, profile, &mut again, NOW).apply(&Command::Calculate));
    let figures = |cart: &Cart| cart.lines.iter().map(|l| l.totals.clone()).collect::<Vec<_>>();
    let can_be_said = cart.price_overrides.is_empty() && again.lines.len() == cart.lines.len();
    can_be_said.then(|| figures(&again) == figures(cart))
}

/// Sends a request and judges the answer's form; returns its status.
fn ask(shop: &Shop, profile: Profile, cart: &mut Cart, request: &Request) -> u16 {
    let before = lines(cart);
    // any route of the cart drops what is no longer sold (and a quantity of zero: trap T32)
    let mut loaded = cart.clone();
    Visit::open(shop, profile, &mut loaded, NOW);
    let mut forgetful = forgetful(cart);
    let stood = stands(shop, profile, cart);
    let answer = handle(shop, profile, cart, request, NOW);
    // what was remembered of the lines gives what looking at all of them gives
    assert_eq!(handle(shop, profile, &mut forgetful, request, NOW), answer, "{request:?}");
    assert_eq!(forgetful, *cart, "{request:?}");
    // and so does working everything out once more: a change of lines leaves nothing stale
    let of_lines = request.path.contains("/item") && !answer.commands.is_empty();
    if of_lines && profile != Profile::V43 && stood == Some(true) {
        assert_ne!(stands(shop, profile, cart), Some(false), "{request:?}");
    }
    let (status, body) = opened(&answer.response, request);
    assert!((200..=599).contains(&status), "status {status}");
    let named = request.query_value("_method").or(request.header("X-HTTP-Method-Override"));
    let method = named.and_then(Method::parse).unwrap_or(request.method);
    let may_be_silent =
        [request.method, method].iter().any(|m| matches!(m, Method::Head | Method::Options));
    assert!(body.is_some() || may_be_silent, "no document for {request:?}");
    if let Some(totals) = body.as_ref().map(|body| body["totals"].to_string()) {
        assert!(!totals.contains("NaN") && !totals.contains("inf"), "{totals}");
    }
    if let Some(body) = body.as_ref().filter(|_| status >= 400) {
        assert!(body["code"].is_string() && body["message"].is_string(), "{body}");
        assert!(body["data"].is_object() || body["data"].is_null(), "{body}");
    }
    // what the journal is not told must not have happened
    let has_changed = ![before, lines(&loaded)].contains(&lines(cart));
    assert!(!has_changed || !answer.commands.is_empty(), "untold: {request:?}");
    // `add-items` is not atomic on the server either, and an answer can be empty after the deed
    let is_empty = |body: &serde_json::Value| body["code"] == "cocart_response_returned_empty";
    if status >= 400 && !request.path.contains("add-items") && !body.as_ref().is_some_and(is_empty)
    {
        assert!(!has_changed, "{request:?}: {body:?}");
    }
    status
}

/// Status and document, taken out of an envelope.
fn opened(response: &Response, request: &Request) -> (u16, Option<serde_json::Value>) {
    let body = response.body.as_ref().map(|body| serde_json::to_value(body).unwrap());
    match body {
        Some(mut body) if request.query_value("_envelope").is_some() => {
            let status = body["status"].as_u64().unwrap();
            (u16::try_from(status).unwrap(), Some(body["body"].take()))
        }
        body => (response.status, body),
    }
}

/// What is shown as exact is a number.
fn assert_finite(cart: &Cart) {
    let Some(Totals { subtotal, total, total_tax, shipping_total, fee_total, .. }) = &cart.totals
    else {
        return;
    };
    for amount in [subtotal, shipping_total, fee_total] {
        assert!(amount.value().is_finite(), "{amount:?}");
    }
    assert!(total.parse::<f64>().is_ok_and(f64::is_finite), "{total}");
    assert!(total_tax.is_finite());
    for line in cart.lines.iter().filter_map(|line| line.totals.as_ref()) {
        let figures = [line.subtotal, line.subtotal_tax, line.total, line.tax];
        assert!(figures.iter().all(|figure| figure.is_finite()), "{line:?}");
    }
}

fn visit(snapshot: Snapshot, profile: Profile, cart: &mut Cart, sent: &[Sent]) {
    let shop = Shop::new(snapshot);
    for sent in sent {
        let request = sent.request(cart);
        ask(&shop, profile, cart, &request);
        assert_finite(cart);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_request_of_a_sound_shop_is_answered(
        profile in prop::sample::select(PROFILES.to_vec()),
        sent in requests::session(),
    ) {
        visit(sound::shop(), profile, &mut Cart::new("hostile"), &sent);
    }

    #[test]
    fn any_request_of_any_shop_is_answered(
        snapshot in shops::shops(),
        profile in prop::sample::select(PROFILES.to_vec()),
        sent in requests::session(),
    ) {
        visit(snapshot, profile, &mut Cart::new("hostile"), &sent);
    }

    #[test]
    fn a_cart_is_answered_when_its_shop_has_become_another(
        snapshot in shops::shops(),
        profile in prop::sample::select(PROFILES.to_vec()),
        before in requests::session(),
        after in requests::session(),
    ) {
        let mut cart = Cart::new("hostile");
        visit(sound::shop(), profile, &mut cart, &before);
        visit(snapshot, profile, &mut cart, &after);
    }
}

/// Posts a body to a sound shop in every profile; returns the last answer's status.
fn post(path: &str, body: &Value) -> u16 {
    let statuses = PROFILES.map(|profile| {
        let (shop, mut cart) = (Shop::new(sound::shop()), Cart::new("hostile"));
        let request = Request::new(Method::Post, format!("/cocart/v2/{path}"));
        let status = ask(&shop, profile, &mut cart, &request.with_json(body.clone()));
        assert_finite(&cart);
        status
    });
    assert_eq!(statuses, [statuses[0]; 5]);
    statuses[0]
}

#[test]
fn nesting_is_read_as_deep_as_wordpress_reads_it() {
    let with_data = |levels| {
        let mut map = Map::new();
        map.insert("id", "1");
        map.insert("item_data", requests::nested(levels));
        Value::from(map)
    };
    let read = |levels| json::parse(&json::write(&with_data(levels)));
    assert_eq!(post("cart/add-item", &read(511).unwrap()), 200);
    for levels in [512, 600, 5000] {
        assert_eq!(read(levels), Err(json::Fault::Depth));
    }
}

#[test]
fn prototype_names_are_names() {
    let body = r#"{"id": "1", "item_data": {"__proto__": {"a": 1}, "constructor": "x", "toString": [1]},
        "variation": {"__proto__": "y"}, "__proto__": {"id": "2"}}"#;
    assert_eq!(post("cart/add-item", &value(body)), 200);
    assert_eq!(post("cart/add-item", &value(r#"{"__proto__": {"id": "1"}}"#)), 400);
}

#[test]
fn quantities_are_php_s_numbers_within_reason() {
    let of = |quantity: &str| {
        let body = format!(r#"{{"id": "1", "quantity": {quantity}}}"#);
        post("cart/add-item", &value(&body))
    };
    for quantity in ["\" 2 \"", "\"2e0\"", "\"1.5\"", "\"1e15\""] {
        assert_eq!(of(quantity), 200, "{quantity}");
    }
    for quantity in ["\"1e400\"", "\"1e300\"", "\"0\"", "\"-0\"", "\"-1\"", "\"-1e400\""] {
        assert_eq!(of(quantity), 405, "{quantity}");
    }
    for quantity in ["\"0x10\"", "\"NaN\"", "\"inf\"", "\"\"", "\"１\"", "true", "[1]", "{}", "2"]
    {
        assert_eq!(of(quantity), 400, "{quantity}");
    }
}

#[test]
// squares of megabytes would not end while anybody waits
fn megabytes_are_answered_in_a_time_that_grows_with_them() {
    let shop = Shop::new(sound::shop());
    let send = |path: &str, body: Body| {
        let mut request = Request::new(Method::Post, format!("/cocart/v2/cart/{path}"));
        request.body = body;
        ask(&shop, Profile::V43, &mut Cart::new("hostile"), &request);
    };
    let long = |unit: &str| unit.repeat(1_000_000 / unit.len());
    for unit in ["&", "&amp;", "<", "é", "-", "9", "a["] {
        for (path, name) in [
            ("add-item", "id"),
            ("add-item", "email"),
            ("add-item", "price"),
            ("apply-coupon", "coupon"),
            ("update", "namespace"),
        ] {
            let text = Value::from(long(unit));
            let id = ("id", Value::text("1"));
            send(path, Body::Json([id, (name, text)].into_iter().collect::<Map>().into()));
        }
        send("add-item", Body::Form(long(unit)));
    }
    let many: Map = (0..100_000i64).map(|at| (format!("k{at}"), Value::from(at))).collect();
    let item_data: Map =
        [("id", Value::text("1")), ("item_data", many.clone().into())].into_iter().collect();
    send("add-item", Body::Json(item_data.into()));
    send("add-item", Body::Json(many.into()));
    send("add-items", Body::Form("id=1&".to_owned() + &long("quantity[]=1&")));
}

#[test]
fn a_megabyte_of_postcode_meets_a_range() {
    let range = TaxRate { postcodes: vec!["AA1...AC9".into()], ..rate(1, "20") };
    let mut receipt = Till::excl([range]).line("1", 1.0).living_in("XX").ring(RECORDED);
    let mut address = Map::new();
    address.insert("postcode", "a".repeat(1_000_000));
    receipt.apply(&cocart_wasm::cart::Command::SetAddress { address });
    assert_eq!(receipt.totals().total, "1.20");
}

#[test]
fn coupons_finish_whatever_the_quantities() {
    use cocart_wasm::store::DiscountType::{FixedCart, FixedProduct, Percent};
    // whoever goes through the pieces of these quantities one by one does not finish
    for quantity in [3.0, 1e6, 1e9, 1e15, 9e18] {
        for (kind, off) in [
            (Percent, "33.333"),
            (FixedCart, "5"),
            (FixedCart, "9999999999.99"),
            (FixedProduct, "0.005"),
        ] {
            for limit_usage_to_x_items in [None, Some(1)] {
                let coupon = cocart_wasm::store::Coupon {
                    discount_type: kind.clone(),
                    amount: common::amount(off),
                    limit_usage_to_x_items,
                    ..cocart_wasm::store::Coupon::default()
                };
                let till = Till::excl([rate(1, "20")]).line("9.99", quantity).line("0.015", 1.0);
                let receipt = till.coupon_of(coupon).ring(RECORDED);
                assert_finite(&receipt.cart);
            }
        }
    }
}

#[test]
fn a_posted_price_is_read_as_products_read_it() {
    let long = "9".repeat(400);
    for (posted, total) in [("1e3", 13.0), ("1e400", 1400.0), ("$5.50", 5.5), (long.as_str(), 0.0)]
    {
        let mut receipt = Till::excl([]).line("1", 1.0).ring(RECORDED);
        let body = format!(r#"{{"id": "1", "quantity": "1", "price": "{posted}"}}"#);
        receipt.send(Method::Post, "cart/add-item", &body);
        // what is no price at all takes the line with it
        let line =
            receipt.cart.lines.first().map(AsRef::as_ref).or(receipt.cart.removed.first()).unwrap();
        assert_eq!(line.totals.as_ref().unwrap().total, total * 2.0, "{posted}");
        assert_eq!(receipt.cart.lines.is_empty(), posted == long, "{posted}");
    }
}

#[test]
fn a_shop_that_had_to_be_corrected_gives_estimates() {
    let corrected = |change: &dyn Fn(&mut Snapshot)| {
        let mut snapshot = sound::shop();
        change(&mut snapshot);
        cocart_wasm::cart::estimates(&Shop::new(snapshot), &Cart::new("hostile"))
    };
    assert!(corrected(&|_| {}).is_empty());
    let negative = TaxRate { rate: common::amount("-100"), ..rate(9, "0") };
    for estimates in [
        corrected(&|snapshot| snapshot.settings.price_decimals = 255),
        corrected(&|snapshot| snapshot.tax_rates.push(negative.clone())),
    ] {
        assert_eq!(estimates, ["/totals", "/taxes"]);
    }
}

#[test]
fn a_line_that_comes_back_takes_the_figures_of_the_day() {
    for profile in PROFILES {
        let shop = Shop::new(sound::shop());
        let mut cart = Cart::new("restored");
        let mut send = |method: Method, path: &str, body: &[(&str, &str)]| {
            let body: Map = body.iter().map(|(name, value)| (name.to_string(), *value)).collect();
            let path = format!("/cocart/v2/cart/{path}");
            let request = Request::new(method, path).with_json(body);
            assert_eq!(ask(&shop, profile, &mut cart, &request), 200, "{request:?}");
            cart.lines.first().map(|line| line.key.clone()).unwrap_or_default()
        };
        let key = send(Method::Post, "add-item", &[("id", "1")]);
        send(Method::Post, "apply-coupon", &[("coupon", "c1")]);
        send(Method::Delete, &format!("item/{key}"), &[]);
        send(Method::Delete, "coupons/c1", &[]);
        send(Method::Post, "add-item", &[("id", "1")]);
        // the line as it was, reduced by a coupon that is gone
        send(Method::Put, &format!("item/{key}"), &[]);
        let figures = cart.lines.first().and_then(|line| line.totals.as_ref()).unwrap();
        assert_eq!((figures.total, figures.tax), (figures.subtotal, figures.subtotal_tax));
    }
}
