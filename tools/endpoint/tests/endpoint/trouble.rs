//! Trouble on demand.

use crate::ask::{ADD, CART, ask, control, count, endpoint, get, post};
use serde_json::json;
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout};

fn mug() -> serde_json::Value {
    json!({ "id": "152", "quantity": "1" })
}

#[tokio::test]
async fn a_lost_answer_was_applied() {
    let shop = endpoint(&["serve"]);
    control(&shop, json!({ "lose_answers": 1 })).await;
    let add = format!("{ADD}?cart_key=k1");
    assert_eq!(get(&shop, &format!("{CART}?cart_key=k1")).await.status, 200, "reads are answered");
    assert_eq!(post(&shop, &add, mug()).await.status, 0);
    assert_eq!(count(&shop, "k1").await, 1);
    assert_eq!(post(&shop, &add, mug()).await.status, 200, "only one was to be lost");

    let seen = get(&shop, "/__control").await.json();
    assert_eq!(seen["counters"]["answers_lost"], 1);
    assert_eq!(seen["counters"]["writes_applied"], 2);
    assert_eq!(seen["counters"]["routes"]["POST /cocart/v2/cart/add-item"], 2);
    let lost = &seen["counters"]["log"][1];
    assert_eq!((&lost["fate"], &lost["status"]), (&json!("answer_lost"), &json!(200)));
    assert_eq!(lost["cart_key"], "k1");
}

#[tokio::test]
async fn an_outage_applies_nothing_and_leaves_pages_alone() {
    let shop = endpoint(&["serve", "--outage", "drop"]);
    let add = format!("{ADD}?cart_key=k1");
    assert_eq!(post(&shop, &add, mug()).await.status, 0);
    assert_eq!(get(&shop, "/store-snapshot.json").await.status, 200);

    control(&shop, json!({ "outage": "unavailable" })).await;
    let refused = post(&shop, &add, mug()).await;
    assert_eq!((refused.status, refused.header("retry-after")), (503, Some("1")));

    control(&shop, json!({ "outage": "error" })).await;
    let failed = post(&shop, &add, mug()).await;
    assert_eq!(failed.status, 500);
    assert!(failed.header("content-type").unwrap().starts_with("text/html"));

    control(&shop, json!({ "outage": "none", "captive_portal": true })).await;
    let captive = post(&shop, &add, mug()).await;
    assert_eq!(captive.status, 200);
    assert!(captive.header("content-type").unwrap().starts_with("text/html"));

    let state = control(&shop, json!({ "captive_portal": false })).await;
    assert_eq!(state["counters"]["refused"], 4);
    assert_eq!(state["counters"]["writes_applied"], 0);
    assert_eq!(count(&shop, "k1").await, 0);
}

#[tokio::test(start_paused = true)]
async fn latency_holds_a_request_back() {
    let shop = endpoint(&["serve", "--latency", "300"]);
    let start = Instant::now();
    assert_eq!(get(&shop, CART).await.status, 200);
    assert!(start.elapsed() >= Duration::from_millis(300));
}

#[tokio::test(start_paused = true)]
async fn a_request_given_up_is_done_all_the_same() {
    let shop = endpoint(&["serve", "--latency", "1000"]);
    let add = format!("{ADD}?cart_key=k1");
    let given_up = timeout(Duration::from_millis(10), post(&shop, &add, mug())).await;
    assert!(given_up.is_err());
    // the clock is the test's: no time passes
    sleep(Duration::from_secs(2)).await;
    assert_eq!(count(&shop, "k1").await, 1);
}

#[tokio::test]
async fn a_product_sells_out_and_changes_its_price() {
    let shop = endpoint(&["serve", "--out-of-stock", "158"]);
    let scarf = json!({ "id": "158", "quantity": "1" });
    let add = format!("{ADD}?cart_key=k1");
    assert_eq!(post(&shop, &add, scarf).await.json()["code"], "cocart_product_out_of_stock");

    control(&shop, json!({ "product": { "id": 152, "stock_status": "outofstock" } })).await;
    assert_eq!(post(&shop, &add, mug()).await.json()["code"], "cocart_product_out_of_stock");
    let change =
        json!({ "id": 152, "stock_status": "instock", "price": "11.00", "sale_price": "11.00" });
    control(&shop, json!({ "product": change })).await;
    let added = post(&shop, &add, mug()).await;
    assert_eq!(added.json()["items"][0]["price"], "1100", "{}", added.text);
    // built before the change, as a shop's snapshot is
    let snapshot = get(&shop, "/store-snapshot.json").await.json();
    let mug = snapshot["products"].as_array().unwrap().iter().find(|p| p["id"] == 152).unwrap();
    assert_eq!(mug["price"], "9.50");
}

#[tokio::test]
async fn a_cart_ends_and_everything_starts_over() {
    let shop = endpoint(&["serve", "--latency", "0"]);
    for key in ["k1", "k2", "k3"] {
        post(&shop, &format!("{ADD}?cart_key={key}"), mug()).await;
    }
    let state =
        control(&shop, json!({ "expire_cart": "k1", "clear_cart": "k2", "latency_ms": 1 })).await;
    assert_eq!(state["carts"], json!(["k3"]));
    assert_eq!(count(&shop, "k1").await, 0);
    let state = control(&shop, json!({ "reset": true })).await;
    assert_eq!(state["carts"], json!([]));
    assert_eq!(state["trouble"]["latency_ms"], 0);
    assert_eq!(state["counters"]["requests"], 0);
}

#[tokio::test]
async fn what_the_control_route_does_not_know_is_refused() {
    let shop = endpoint(&["serve"]);
    for orders in [
        json!({ "latency": 5 }),
        json!({ "outage": "partial" }),
        json!({ "product": { "id": 1 } }),
        json!({ "product": { "id": 152, "colour": "red" } }),
        json!({ "product": { "id": 152, "price": "cheap" } }),
        json!({ "clear_cart": "nobody" }),
    ] {
        let told = post(&shop, "/__control", orders).await;
        assert_eq!(told.status, 400, "{}", told.text);
    }
    assert_eq!(ask(&shop, "POST /__control", &[], "{}").await.status, 400, "a form may not post");
}

#[tokio::test]
async fn the_control_route_is_open_to_local_pages_alone() {
    let shop = endpoint(&["serve"]);
    for (origin, allowed) in [
        ("http://localhost:1234", true),
        ("http://127.0.0.1:9", true),
        ("http://localhost.example", false),
        ("https://shop.example", false),
    ] {
        let told = ask(&shop, "GET /__control", &[&format!("origin: {origin}")], "").await;
        assert_eq!(told.header("access-control-allow-origin").is_some(), allowed, "{origin}");
    }
}
