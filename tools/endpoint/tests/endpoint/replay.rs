//! The recordings, asked in order and out of order.

use crate::ask::{ADD, BASE, CART, ask, control, endpoint, get, post};
use axum::Router;
use serde_json::{Value, json};

const DIR: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/recordings");

fn replay(only: &str) -> Router {
    endpoint(&["replay", "--dir", DIR, "--only", only])
}

fn recorded(name: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(format!("{DIR}/{name}.json")).unwrap()).unwrap()
}

/// Asks every request of a recording; the guest's key is what `key` makes of it.
async fn ask_all(router: &Router, name: &str, key: impl Fn(&str) -> String) {
    let recording = recorded(name);
    for step in recording["steps"].as_array().unwrap() {
        let request = &step["request"];
        if request.is_null() {
            continue;
        }
        let query = match request["query"]["cart_key"].as_str() {
            Some(recorded) => format!("?cart_key={}", key(recorded)),
            None => String::new(),
        };
        let line = format!(
            "{} {}{query}",
            request["method"].as_str().unwrap(),
            request["path"].as_str().unwrap()
        );
        let body = match &request["body"] {
            Value::Null => String::new(),
            body => body.to_string(),
        };
        let told = ask(router, &line, &[], body).await;
        assert_eq!(told.status, step["response"]["status"], "{}", told.text);
        let expected = step["response"]["body"].to_string();
        let own = recording["vars"]["cart_key"].as_str().unwrap();
        let expected = expected.replace("{base}", BASE).replace(own, &key(own));
        assert_eq!(told.json().to_string(), expected);
    }
}

#[tokio::test]
async fn a_recording_asked_in_order_is_answered_to_the_end() {
    for name in ["v2_add_twice", "v2_shop_price_change"] {
        let router = replay(name);
        ask_all(&router, name, str::to_owned).await;
        let progress = get(&router, "/__control").await.json();
        assert_eq!((&progress["done"], &progress["failures"]), (&json!(true), &json!([])));
    }
}

#[tokio::test]
async fn the_client_may_use_a_key_of_its_own() {
    let router = replay("v2_add_twice");
    let recording = recorded("v2_add_twice");
    let first = recording["steps"][0]["request"]["body"].clone();
    // where the server chose the key, a cart born offline brings its own
    let told = post(&router, &format!("{ADD}?cart_key=born-offline"), first).await;
    assert_eq!((told.status, told.key().as_str()), (200, "born-offline"));
    assert_eq!(told.json()["cart_key"], "born-offline");
    let second = recording["steps"][1]["request"]["body"].clone();
    let other = post(&router, &format!("{ADD}?cart_key=another"), second.clone()).await;
    assert_eq!(other.status, 599, "a key once chosen stays");
    let header = ["cocart-api-cart-key: born-offline", "content-type: application/json"];
    let told = ask(&router, &format!("POST {ADD}"), &header, second.to_string()).await;
    assert_eq!(told.status, 200, "by header as well as by query: {}", told.text);
}

#[tokio::test]
async fn each_recording_has_a_key_of_its_own() {
    let dir = std::env::temp_dir().join(format!("cocart-endpoint-replay-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    let names = ["v2_add_twice", "v2_shop_price_change"];
    for name in names {
        std::fs::copy(format!("{DIR}/{name}.json"), dir.join(format!("{name}.json"))).unwrap();
    }
    std::fs::write(dir.join("index.json"), r#"{"parts": {}}"#).unwrap();
    let router = endpoint(&["replay", "--dir", dir.to_str().unwrap()]);
    for name in names {
        let recording = recorded(name);
        for step in recording["steps"].as_array().unwrap() {
            let request = &step["request"];
            let (Some(method), Some(path)) = (request["method"].as_str(), request["path"].as_str())
            else {
                continue;
            };
            let body = if method == "GET" { String::new() } else { request["body"].to_string() };
            let key = format!("cocart-api-cart-key: device-{name}");
            let told = ask(&router, &format!("{method} {path}"), &[&key], body).await;
            assert_eq!(told.status, 200, "{}", told.text);
        }
    }
    assert_eq!(get(&router, "/__control").await.json()["done"], true);
    std::fs::remove_dir_all(dir).unwrap();
}

#[tokio::test]
async fn what_was_not_recorded_next_is_refused_and_remembered() {
    let router = replay("v2_add_twice");
    let refused = get(&router, CART).await;
    assert_eq!(refused.status, 599);
    assert_eq!(refused.json()["code"], "cocart_endpoint_not_recorded");
    let wrong = post(&router, ADD, json!({ "id": "101", "quantity": "77" })).await;
    assert!(wrong.json()["message"].as_str().unwrap().contains("body"), "{}", wrong.text);

    let progress = get(&router, "/__control").await.json();
    assert_eq!(progress["failures"].as_array().unwrap().len(), 2);
    assert_eq!((&progress["next"]["step"], &progress["answered"]), (&json!(0), &json!(0)));
    // the recording itself goes on where it was
    ask_all(&router, "v2_add_twice", str::to_owned).await;
    assert_eq!(post(&router, ADD, json!({})).await.status, 599, "nothing is left");
}

#[tokio::test]
async fn the_control_route_chooses_the_recording() {
    let router = endpoint(&["replay", "--dir", DIR]);
    let progress = get(&router, "/__control").await.json();
    assert_eq!(progress["next"]["scenario"], "v2_add_twice", "by name, the first of all");
    let progress = control(&router, json!({ "scenario": "v2_shop_price_change" })).await;
    assert_eq!(progress["next"]["scenario"], "v2_shop_price_change");
    ask_all(&router, "v2_shop_price_change", str::to_owned).await;
    assert_eq!(get(&router, "/__control").await.json()["done"], true);
    assert_eq!(post(&router, "/__control", json!({ "scenario": "nope" })).await.status, 404);
}

#[tokio::test]
async fn a_test_page_elsewhere_may_ask() {
    let router = replay("v2_add_twice");
    let origin = "origin: http://localhost:1234";
    let preflight = ask(&router, &format!("OPTIONS {ADD}"), &[origin], "").await;
    assert_eq!(preflight.status, 204);
    let body = recorded("v2_add_twice")["steps"][0]["request"]["body"].to_string();
    let told = ask(&router, &format!("POST {ADD}"), &[origin], body).await;
    assert_eq!(told.header("access-control-allow-origin"), Some("http://localhost:1234"));
    assert_eq!(told.status, 200);
}
