//! Whose cart a request is about.

use crate::ask::{ADD, CART, ask, count, endpoint, get, post};
use serde_json::json;

const CUSTOMER1: &str = "authorization: Basic Y3VzdG9tZXIxOnBhc3N3b3Jk";
const WRONG: &str = "authorization: Basic Y3VzdG9tZXIxOndyb25n";

fn headphones(quantity: &str) -> serde_json::Value {
    json!({ "id": "145", "quantity": quantity })
}

#[tokio::test]
async fn a_guest_without_a_key_gets_a_new_one_each_time() {
    let shop = endpoint(&["serve"]);
    let (one, two) = (get(&shop, CART).await.key(), get(&shop, CART).await.key());
    assert!(one.len() == 30 && one.bytes().all(|b| b.is_ascii_hexdigit()));
    assert_ne!(one, two);
    let seen = get(&shop, "/__control").await.json();
    assert_eq!(seen["carts"], json!([]), "carts that were only looked at are not kept");
}

#[tokio::test]
async fn the_key_comes_by_query_header_or_form_but_not_by_json() {
    let shop = endpoint(&["serve"]);
    let added = post(&shop, &format!("{ADD}?cart_key=My%20Device"), headphones("2")).await;
    assert_eq!((added.status, added.key().as_str()), (200, "mydevice"));
    assert_eq!(count(&shop, "mydevice").await, 2);

    let header = "cocart-api-cart-key: mydevice";
    let by_both = ask(&shop, &format!("GET {CART}?cart_key=other"), &[header], "").await;
    assert_eq!(by_both.json()["item_count"], 2, "the header beats the query");

    let form = ["content-type: application/x-www-form-urlencoded"];
    let by_form =
        ask(&shop, &format!("POST {ADD}"), &form, "id=145&quantity=1&cart_key=mydevice").await;
    assert_eq!(by_form.json()["item_count"], 3);

    let mut body = headphones("1");
    body["cart_key"] = json!("mydevice");
    let by_json = post(&shop, ADD, body).await;
    assert_ne!(by_json.key(), "mydevice");
    assert_eq!(count(&shop, "mydevice").await, 3);
}

#[tokio::test]
async fn a_session_keeps_its_expiry_between_requests() {
    let shop = endpoint(&["serve"]);
    let added = post(&shop, &format!("{ADD}?cart_key=k1"), headphones("1")).await;
    let read = get(&shop, &format!("{CART}?cart_key=k1")).await;
    for name in ["cocart-api-cart-expiring", "cocart-api-cart-expiration"] {
        assert_eq!(added.header(name), read.header(name));
    }
    let seconds = |name| read.header(name).unwrap().parse::<i64>().unwrap();
    let between = seconds("cocart-api-cart-expiration") - seconds("cocart-api-cart-expiring");
    assert_eq!(between, 24 * 60 * 60);
}

#[tokio::test]
async fn by_rest_route_the_key_is_woocommerces_own() {
    let shop = endpoint(&["serve"]);
    let told = get(&shop, "/?rest_route=/cocart/v2/cart&cart_key=k1").await;
    assert_eq!(told.status, 200);
    assert!(told.key().starts_with("t_") && told.key().len() == 32);
    assert_eq!(told.header("cocart-api-cart-expiring"), Some(""));
    assert_eq!(
        told.header("access-control-allow-headers"),
        Some("Authorization, X-WP-Nonce, Content-Disposition, Content-MD5, Content-Type")
    );
}

#[tokio::test]
async fn the_fifth_version_names_its_headers_anew() {
    let shop = endpoint(&["serve", "--profile", "v5"]);
    let told = ask(&shop, &format!("GET {CART}"), &["cart-key: abc"], "").await;
    assert_eq!(told.header("cart-key"), Some("abc"));
    assert!(told.header("cart-expiration").is_some() && told.header("timestamp").is_some());
    assert_eq!(told.header("cocart-api-cart-key"), None);
}

#[tokio::test]
async fn a_customers_key_is_the_user_id() {
    let shop = endpoint(&["serve"]);
    let told = ask(&shop, &format!("GET {CART}"), &[CUSTOMER1], "").await;
    assert_eq!((told.status, told.key().as_str()), (200, "2"));
    let control = "no-cache, must-revalidate, max-age=0, no-store, private";
    assert_eq!(told.header("cache-control"), Some(control));
    assert_eq!(told.json()["customer"]["billing_address"]["billing_city"], "New York");
}

#[tokio::test]
async fn a_guests_cart_sent_with_credentials_goes_over() {
    let shop = endpoint(&["serve"]);
    let json = "content-type: application/json";
    for (query, headers, id, quantity) in [
        ("", &[json, CUSTOMER1][..], "151", "1"),
        ("?cart_key=guest1", &[json], "145", "2"),
        ("?cart_key=guest1", &[json], "151", "5"),
    ] {
        let body = json!({ "id": id, "quantity": quantity }).to_string();
        let told = ask(&shop, &format!("POST {ADD}{query}"), headers, body).await;
        assert_eq!(told.status, 200, "{}", told.text);
    }
    let merged = ask(&shop, &format!("GET {CART}?cart_key=guest1"), &[CUSTOMER1], "").await;
    assert_eq!((merged.key().as_str(), &merged.json()["item_count"]), ("2", &json!(7)));
    assert_eq!(count(&shop, "guest1").await, 0, "the guest's cart is gone");
}

#[tokio::test]
async fn a_users_cart_is_not_opened_by_its_key() {
    let shop = endpoint(&["serve"]);
    let as_guest = get(&shop, &format!("{CART}?cart_key=2")).await;
    assert_eq!(as_guest.status, 403);
    assert_eq!(as_guest.json()["data"][0]["code"], "cocart_must_authenticate_user");
    assert_eq!(as_guest.header("cache-control"), None);
    let as_self = ask(&shop, &format!("GET {CART}?cart_key=2"), &[CUSTOMER1], "").await;
    assert_eq!(as_self.json()["data"][0]["code"], "cocart_already_authenticating_user");
    let as_other = ask(&shop, &format!("GET {CART}?cart_key=3"), &[CUSTOMER1], "").await;
    assert_eq!(as_other.status, 403);
}

#[tokio::test]
async fn wrong_credentials_are_refused_and_unreadable_ones_are_none() {
    let shop = endpoint(&["serve"]);
    let wrong = ask(&shop, &format!("GET {CART}"), &[WRONG], "").await;
    assert_eq!((wrong.status, wrong.header("allow")), (401, None));
    assert_eq!(wrong.json()["code"], "cocart_authentication_error");
    for unreadable in ["Basic !!!", "Basic", "Basic Y3VzdG9tZXIx", "Bearer abc.def"] {
        let header = format!("authorization: {unreadable}");
        assert_eq!(ask(&shop, &format!("GET {CART}"), &[&header], "").await.status, 200);
    }
    let without = endpoint(&["serve", "--no-jwt"]);
    let bearer = ["authorization: Bearer abc.def.ghi"];
    assert_eq!(ask(&without, &format!("GET {CART}"), &bearer, "").await.status, 200);
    let closed = endpoint(&["serve", "--no-accounts"]);
    assert_eq!(ask(&closed, &format!("GET {CART}"), &[WRONG], "").await.status, 200);
}

#[tokio::test]
async fn login_tells_the_user_and_logout_is_true() {
    let shop = endpoint(&["serve"]);
    let login = "/wp-json/cocart/v2/login";
    let told = ask(&shop, &format!("POST {login}"), &[CUSTOMER1], "").await;
    assert_eq!((told.status, &told.json()["user_id"]), (200, &json!("2")));
    assert!(told.header("cocart-version").is_some());
    let by_query = format!("{login}?username=customer2&password=password");
    assert_eq!(post(&shop, &by_query, json!({})).await.json()["user_id"], "3");
    assert_eq!(post(&shop, login, json!({})).await.json()["code"], "cocart_rest_not_authorized");
    let in_json = json!({ "username": "customer2@example.com", "password": "password" });
    assert_eq!(post(&shop, login, in_json.clone()).await.json()["user_id"], "3");
    assert_ne!(post(&shop, CART, in_json).await.header("cocart-api-cart-key"), Some("3"));
    assert_eq!(post(&shop, "/wp-json/cocart/v2/logout", json!({})).await.text, "true");
}

#[tokio::test]
async fn doubled_and_closing_slashes_do_not_matter() {
    let shop = endpoint(&["serve"]);
    let told = get(&shop, "/wp-json/cocart//v2/cart/?cart_key=k1").await;
    assert_eq!((told.status, told.key().as_str()), (200, "k1"));
}
