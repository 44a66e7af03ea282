//! The facade and its browser adapters, in a real browser.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test may panic"
)]
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs)]

use cocart_wasm::js::{Engine, Store};
use cocart_wasm::woo::{number, text};
use js_sys::{Array, Function, JSON, Object, Promise, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const OPTIONS: &str = r#"{
    "profile": "v4.3", "storage": "memory", "storageKey": "test", "sync": "off",
    "storeUrl": "https://shop.example", "restPrefix": "wp-json", "namespace": "cocart",
    "snapshot": { "format": 1, "products": [
        { "id": 1, "name": "Mug", "slug": "mug", "price": "12.50", "regular_price": "12.50" },
        { "id": 2, "name": "Tee", "slug": "tee", "price": "20", "regular_price": "20" }
    ] }
}"#;

fn options(changes: &[(&str, JsValue)]) -> JsValue {
    let options = JSON::parse(OPTIONS).unwrap();
    for (name, value) in changes {
        Reflect::set(&options, &JsValue::from_str(name), value).unwrap();
    }
    options
}

/// The shop that the options' `snapshot` describes, read in small pieces.
fn shop_of(options: &JsValue) -> Store {
    let mut store = Store::new();
    for piece in text(&at(options, "snapshot")).as_bytes().chunks(7) {
        store.feed(piece);
    }
    store
}

/// Copies, and reads every hash at once.
fn copy() -> Function {
    Function::new_with_args(
        "document, before, without, reader",
        "Object.assign(document, before); for (const name of without ?? []) delete document[name]; if (reader) document.cart_hash = reader.text();",
    )
}

fn nobody() -> Function {
    Function::new_no_args("")
}

fn open(changes: &[(&str, JsValue)]) -> Engine {
    let options = options(changes);
    let engine = Engine::new(&options, shop_of(&options), nobody(), copy());
    assert!(engine.problem().is_undefined(), "{:?}", engine.problem());
    engine.start();
    engine
}

fn parse(text: &str) -> JsValue {
    JSON::parse(text).unwrap()
}

fn text(value: &JsValue) -> String {
    JSON::stringify(value).unwrap().into()
}

fn at(value: &JsValue, path: &str) -> JsValue {
    path.split('.')
        .fold(value.clone(), |at, name| Reflect::get(&at, &JsValue::from_str(name)).unwrap())
}

fn call(engine: &Engine, method: &str, route: &str, body: &JsValue) -> (f64, JsValue) {
    let answer = engine.answer(method, &format!("/cocart/v2/{route}"), &JsValue::UNDEFINED, body);
    (engine.answered().into(), answer)
}

fn add(engine: &Engine, body: &str) -> JsValue {
    let (status, answer) = call(engine, "POST", "cart/add-item", &parse(body));
    assert_eq!(status, 200.0, "{}", text(&answer));
    answer
}

fn is_frozen_below(value: &JsValue) -> bool {
    let Some(object) = value.dyn_ref::<Object>() else { return true };
    Object::is_frozen(object) && Object::values(object).iter().all(|inner| is_frozen_below(&inner))
}

async fn until(what: &str, mut done: impl FnMut() -> bool) {
    // a minute at least, which only what never comes takes
    for _ in 0..12_000 {
        if done() {
            return;
        }
        let tick = Function::new_no_args("return new Promise((done) => setTimeout(done, 5))");
        let tick = Promise::resolve(&tick.call0(&JsValue::UNDEFINED).unwrap());
        JsFuture::from(tick).await.unwrap();
    }
    panic!("waited in vain for {what}");
}

#[wasm_bindgen_test]
fn what_did_not_change_is_the_same_object() {
    let engine = open(&[]);
    let first = add(&engine, r#"{ "id": "1", "quantity": "2" }"#);
    let second = add(&engine, r#"{ "id": "2" }"#);
    assert!(is_frozen_below(&second));
    assert!(!Object::is(&first, &second));
    for path in ["items.0", "currency", "customer"] {
        assert!(Object::is(&at(&first, path), &at(&second, path)), "{path}");
    }
    assert_eq!(at(&second, "item_count").as_f64(), Some(3.0));
    let key = at(&second, "items.0.item_key").as_string().unwrap();
    let (_, third) = call(&engine, "DELETE", &format!("cart/item/{key}"), &JsValue::UNDEFINED);
    assert!(Object::is(&at(&second, "items.1"), &at(&third, "items.0")));
    assert!(Object::is(&engine.snapshot(), &engine.snapshot()));
}

#[wasm_bindgen_test]
fn bad_input_gets_an_error_document() {
    let engine = open(&[]);
    let cases = [
        (r#"{ "id": "1", "quantity": "NaN" }"#, "rest_invalid_param"),
        (r#"{ "id": 1, "quantity": "1" }"#, "rest_invalid_param"),
        (r#"{ "quantity": "1" }"#, "rest_missing_callback_param"),
        (r#"{ "id": "1", "quantity": "1e400" }"#, ""),
        (r#"{ "id": {}, "quantity": [] }"#, "rest_invalid_param"),
    ];
    for (body, code) in cases {
        let (status, answer) = call(&engine, "POST", "cart/add-item", &parse(body));
        assert!(status >= 400.0, "{body}: {}", text(&answer));
        if !code.is_empty() {
            assert_eq!(at(&answer, "code").as_string().as_deref(), Some(code), "{body}");
        }
    }
    let circle = Object::new();
    Reflect::set(&circle, &JsValue::from_str("self"), &circle).unwrap();
    let (status, answer) = call(&engine, "POST", "cart/add-item", &circle);
    assert_eq!(
        (status, at(&answer, "code").as_string().as_deref()),
        (400.0, Some("rest_invalid_json"))
    );
    let deep = parse(&format!("{}1{}", "[".repeat(5000), "]".repeat(5000)));
    assert_eq!(call(&engine, "POST", "cart/add-item", &deep).0, 400.0);
    assert_eq!(call(&engine, "BREW", "cart", &JsValue::UNDEFINED).0, 404.0);
    assert_eq!(call(&engine, "GET", "teapot", &JsValue::UNDEFINED).0, 404.0);
}

#[wasm_bindgen_test]
fn a_name_that_would_be_a_prototype_is_data() {
    let engine = open(&[]);
    let body =
        r#"{ "id": "1", "item_data": { "__proto__": { "admin": "yes" }, "constructor": "x" } }"#;
    let cart = add(&engine, body);
    let data = at(&cart, "items.0.cart_item_data");
    let own = Object::get_own_property_names(data.unchecked_ref::<Object>());
    assert_eq!(text(&own), r#"["__proto__","constructor"]"#);
    assert!(at(&data, "admin").is_undefined());
    assert_eq!(text(&data), r#"{"__proto__":{"admin":"yes"},"constructor":"x"}"#);
}

fn local() -> web_sys::Storage {
    web_sys::window().unwrap().local_storage().unwrap().unwrap()
}

#[wasm_bindgen_test]
fn the_journal_is_there_after_a_reload() {
    let here = [("storage", "local".into()), ("storageKey", "reload".into())];
    let before = open(&here);
    add(&before, r#"{ "id": "1", "quantity": "2", "item_data": { "10": "b", "9": "a" } }"#);
    add(&before, r#"{ "id": "2" }"#);
    let was = text(&before.snapshot());
    assert_eq!(at(&before.status(), "storage").as_string().as_deref(), Some("local"));
    // no farewell: the page was killed
    let after = open(&here);
    assert_eq!(text(&after.snapshot()), was);
    after.forget();
    let left = (0..local().length().unwrap()).filter_map(|n| local().key(n).unwrap());
    assert_eq!(left.filter(|key| key.starts_with("reload:")).count(), 0);
}

#[wasm_bindgen_test]
fn a_damaged_record_costs_one_change_and_no_more() {
    let here = [("storage", "local".into()), ("storageKey", "damaged".into())];
    let before = open(&here);
    add(&before, r#"{ "id": "1" }"#);
    add(&before, r#"{ "id": "2" }"#);
    let keys: Vec<String> = (0..local().length().unwrap())
        .filter_map(|n| local().key(n).unwrap())
        .filter(|key| key.starts_with("damaged:op:"))
        .collect();
    assert_eq!(keys.len(), 2, "one record for each change");
    let last = keys.iter().max().unwrap();
    let whole = local().get_item(last).unwrap().unwrap();
    local().set_item(last, &whole[..whole.len() / 2]).unwrap();
    let after = open(&here);
    assert_eq!(at(&after.snapshot(), "item_count").as_f64(), Some(1.0));
    after.forget();
}

#[wasm_bindgen_test]
fn full_storage_is_told_and_nothing_is_lost_meanwhile() {
    let storage = Function::new_no_args(
        "return { getItem: () => null, setItem() { throw new DOMException('full', 'QuotaExceededError'); }, \
         removeItem() {}, keys: () => [] }",
    );
    let told: Rc<RefCell<Vec<String>>> = Rc::default();
    let tell = {
        let told = Rc::clone(&told);
        Closure::<dyn FnMut(String, JsValue)>::new(move |kind: String, detail: JsValue| {
            let code =
                Reflect::get(&detail, &JsValue::from_str("code")).ok().and_then(|c| c.as_string());
            told.borrow_mut().push(format!("{kind} {}", code.unwrap_or_default()));
        })
    };
    let own = storage.call0(&JsValue::UNDEFINED).unwrap();
    let options = options(&[("storage", own)]);
    let engine = Engine::new(
        &options,
        shop_of(&options),
        tell.as_ref().unchecked_ref::<Function>().clone(),
        copy(),
    );
    engine.start();
    let cart = add(&engine, r#"{ "id": "1" }"#);
    assert_eq!(at(&cart, "item_count").as_f64(), Some(1.0));
    assert!(told.borrow().iter().any(|news| news == "error storage_quota"), "{:?}", told.borrow());
}

/// A `fetch` that is answered by another engine, as the shop.
fn shop(log: &Rc<RefCell<Vec<String>>>) -> (Rc<Engine>, JsValue) {
    let shop = Rc::new(open(&[]));
    let (behind, log) = (Rc::clone(&shop), Rc::clone(log));
    let fetch = Closure::<dyn FnMut(String, JsValue) -> Promise>::new(
        move |url: String, init: JsValue| {
            let method = at(&init, "method").as_string().unwrap();
            let path = url.split("/wp-json").nth(1).unwrap().split('?').next().unwrap().to_owned();
            log.borrow_mut().push(format!("{method} {path}"));
            let body =
                at(&init, "body").as_string().map_or(JsValue::UNDEFINED, |body| parse(&body));
            let answer =
                behind.request(&method, &path, &JsValue::UNDEFINED, &body, &JsValue::UNDEFINED);
            let make = Function::new_with_args(
                "a",
                "return new Response(JSON.stringify(a.body), { status: a.status, headers: { 'content-type': 'application/json' } })",
            );
            Promise::resolve(&make.call1(&JsValue::UNDEFINED, &answer).unwrap())
        },
    );
    (shop, fetch.into_js_value())
}

#[wasm_bindgen_test]
async fn what_waits_reaches_the_shop_by_fetch() {
    let log: Rc<RefCell<Vec<String>>> = Rc::default();
    let (shop, fetch) = shop(&log);
    let engine = open(&[("sync", "manual".into()), ("fetch", fetch)]);
    add(&engine, r#"{ "id": "1", "quantity": "2" }"#);
    assert_eq!(at(&engine.status(), "pending").as_f64(), Some(1.0));
    assert!(log.borrow().is_empty(), "nothing is sent before it is asked for");
    let problem = JsFuture::from(engine.sync()).await.unwrap();
    assert!(problem.is_undefined(), "{}", text(&problem));
    assert_eq!(at(&engine.status(), "pending").as_f64(), Some(0.0));
    let theirs = shop.snapshot();
    assert_eq!(at(&theirs, "item_count").as_f64(), Some(2.0));
    assert_eq!(text(&at(&engine.snapshot(), "items")), text(&at(&theirs, "items")));
    let posts = log.borrow().iter().filter(|line| line.starts_with("POST")).count();
    assert_eq!(posts, 1, "{:?}", log.borrow());
}

#[wasm_bindgen_test]
async fn without_the_network_changes_wait_and_sync_says_so() {
    let fetch = Function::new_no_args("return Promise.reject(new TypeError('Failed to fetch'))");
    let engine = open(&[("sync", "manual".into()), ("fetch", fetch.into())]);
    add(&engine, r#"{ "id": "1" }"#);
    let problem = JsFuture::from(engine.sync()).await.unwrap();
    assert_eq!(at(&problem, "code").as_string().as_deref(), Some("cocart_wasm_offline"));
    assert_eq!(at(&engine.status(), "pending").as_f64(), Some(1.0));
    assert_eq!(at(&engine.status(), "online").as_bool(), Some(false));
}

#[wasm_bindgen_test]
async fn a_captive_portal_is_no_answer() {
    let fetch = Function::new_no_args(
        "return Promise.resolve(new Response('<h1>Log in to the train</h1>'))",
    );
    let engine = open(&[("sync", "manual".into()), ("fetch", fetch.into())]);
    add(&engine, r#"{ "id": "1" }"#);
    let problem = JsFuture::from(engine.sync()).await.unwrap();
    assert_eq!(at(&problem, "code").as_string().as_deref(), Some("cocart_wasm_offline"));
    assert_eq!(at(&engine.status(), "pending").as_f64(), Some(1.0));
}

#[wasm_bindgen_test]
async fn two_carts_of_one_page_are_one() {
    let here = [("storage", "local".into()), ("storageKey", "shared".into())];
    let (left, right) = (open(&here), open(&here));
    add(&left, r#"{ "id": "1" }"#);
    until("the other cart to hear of it", || {
        at(&right.snapshot(), "item_count").as_f64() == Some(1.0)
    })
    .await;
    add(&right, r#"{ "id": "1" }"#);
    until("the first cart to hear back", || {
        at(&left.snapshot(), "item_count").as_f64() == Some(2.0)
    })
    .await;
    left.forget();
    right.forget();
}

/// Natively all of it is the library's, here JavaScript's (src/woo/builtin).
#[wasm_bindgen_test]
fn numbers_and_letters_are_as_they_are_natively() {
    assert_eq!(text::slug("CRÈME ЖЂ ԱԲ"), "creme-%d0%b6%d1%92-%d5%a1%d5%a2");
    let mut bits = 7_u64;
    let mut random = || {
        bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        bits >> 12
    };
    let mut values = vec![0.1 + 0.2, 5e-324, f64::MAX, f64::MIN_POSITIVE, 1e15, 1e21, 1e22, 1e23];
    // ties, which JavaScript's own methods round up
    values.extend([0.5, 1.5, 2.5, 0.125, 1.005, 999.9995, 9.5, 0.05, 1_234_567_890_123.25]);
    for _ in 0..2_000 {
        values.push(f64::from_bits(random() << 1 | random() << 50 >> 1));
        values.push((random() % 1_000_000) as f64 * 1.1 / 3.0);
        values.push((random() % 9_000_000_000_000_000) as f64 / 8.0);
    }
    assert_eq!(number::plain(181_302_922_939_550.0 + 0.125), "181302922939550.12");
    for value in values.into_iter().filter(|value| value.is_finite()) {
        let (own, known) = (number::plain(value), format!("{value}"));
        assert_eq!((own.parse(), own.len()), (Ok(value), known.len()), "{known}");
        assert_eq!(number::float_of(&format!("{value:e}")).to_bits(), value.to_bits(), "{value:e}");
        let known = number::float_of(&number::text14(value));
        assert_eq!(known, format!("{value:.13e}").parse::<f64>().unwrap(), "{value:e}");
        for places in [0, 2, 6].into_iter().filter(|_| value.abs() < 1e90) {
            let text = format!("{value:.places$}");
            assert_eq!(number::fixed(value, places as i32), text, "{value:e}");
        }
    }
}

#[wasm_bindgen_test]
fn a_snapshot_that_is_none_is_a_problem_and_no_panic() {
    for snapshot in ["{\"products\": 7}", "\"no\""] {
        let options = options(&[("snapshot", parse(snapshot))]);
        let engine = Engine::new(&options, shop_of(&options), nobody(), copy());
        assert_eq!(
            at(&engine.problem(), "code").as_string().as_deref(),
            Some("cocart_wasm_invalid_option"),
            "{snapshot}"
        );
        let _ = Array::of1(&engine.snapshot());
    }
}
