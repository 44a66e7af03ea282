//! The JWT add-on.

use crate::ask::{CART, Told, ask, control, endpoint, post};
use axum::Router;
use serde_json::{Value, json};

const LOGIN: &str = "/wp-json/cocart/v2/login";
const REFRESH: &str = "/wp-json/cocart/jwt/refresh-token";
const VALIDATE: &str = "/wp-json/cocart/jwt/validate-token";
const CUSTOMER1: &str = "authorization: Basic Y3VzdG9tZXIxOnBhc3N3b3Jk";

/// A token and the one that renews it.
async fn sign_in(shop: &Router) -> (String, String) {
    let told = ask(shop, &format!("POST {LOGIN}"), &[CUSTOMER1], "").await.json();
    let text = |name: &str| told["extras"][name].as_str().unwrap().to_owned();
    (text("jwt_token"), text("jwt_refresh"))
}

async fn with(shop: &Router, line: String, token: &str) -> Told {
    let bearer = format!("authorization: Bearer {token}");
    ask(shop, &line, &[&bearer, "content-type: application/json"], "{}").await
}

fn refusal(told: &Told) -> (u16, Value) {
    (told.status, told.json()["message"].clone())
}

#[tokio::test]
async fn a_token_opens_the_customers_cart_until_it_runs_out_and_is_renewed_once() {
    let shop = endpoint(&["serve", "--profile", "v4.9"]);
    let (token, refresh) = sign_in(&shop).await;
    let cart = with(&shop, format!("GET {CART}"), &token).await;
    assert_eq!((cart.status, cart.key().as_str()), (200, "2"));
    let valid = with(&shop, format!("POST {VALIDATE}"), &token).await;
    assert_eq!(
        (valid.json(), valid.header("allow")),
        (json!({ "message": "Token is valid." }), Some("POST"))
    );

    control(&shop, json!({ "expire_tokens": true })).await;
    let dead = with(&shop, format!("GET {CART}"), &token).await;
    assert_eq!(refusal(&dead), (403, json!("Authentication failed.")));
    assert_eq!(dead.json()["code"], "cocart_authentication_error");
    assert_eq!(dead.header("allow"), None);

    let fresh = post(&shop, REFRESH, json!({ "refresh_token": refresh })).await.json();
    let renewed = fresh["token"].as_str().unwrap();
    assert_eq!(with(&shop, format!("GET {CART}"), renewed).await.status, 200);
    let again = post(&shop, REFRESH, json!({ "refresh_token": refresh })).await;
    assert_eq!(refusal(&again), (403, json!("Invalid refresh token.")));
    assert_eq!(again.header("allow"), Some("POST"));
}

#[tokio::test]
async fn a_dead_token_spoils_even_its_own_renewal() {
    let shop = endpoint(&["serve", "--profile", "v4.9"]);
    let (token, refresh) = sign_in(&shop).await;
    control(&shop, json!({ "expire_tokens": true })).await;
    let bearer = format!("authorization: Bearer {token}");
    let body = json!({ "refresh_token": refresh }).to_string();
    let headers = [&*bearer, "content-type: application/json"];
    let told = ask(&shop, &format!("POST {REFRESH}"), &headers, body).await;
    assert_eq!(refusal(&told), (403, json!("Authentication failed.")));
}

#[tokio::test]
async fn revoked_tokens_are_renewed_by_nothing() {
    let shop = endpoint(&["serve", "--profile", "v4.9"]);
    let (token, refresh) = sign_in(&shop).await;
    let told = control(&shop, json!({ "revoke_tokens": true })).await;
    assert_eq!(told["tokens"], 0);
    assert_eq!(with(&shop, format!("GET {CART}"), &token).await.status, 403);
    assert_eq!(post(&shop, REFRESH, json!({ "refresh_token": refresh })).await.status, 403);
    let missing = post(&shop, REFRESH, json!({})).await;
    assert_eq!(missing.json()["code"], "cocart_jwt_auth_missing_refresh_token");
    let nobody = post(&shop, VALIDATE, json!({})).await;
    assert_eq!((nobody.status, nobody.json()["code"].as_str()), (401, Some("rest_forbidden")));
}

#[tokio::test]
async fn with_4_3_a_dead_token_is_a_fatal_error() {
    let shop = endpoint(&["serve", "--profile", "v4.3"]);
    let (token, _) = sign_in(&shop).await;
    assert_eq!(with(&shop, format!("GET {CART}"), &token).await.status, 200);
    control(&shop, json!({ "expire_tokens": true })).await;
    let told = with(&shop, format!("GET {CART}"), &token).await;
    assert_eq!((told.status, told.header("content-type")), (500, Some("text/html; charset=utf-8")));
}

#[tokio::test]
async fn without_the_add_on_there_are_no_tokens() {
    let shop = endpoint(&["serve", "--no-jwt"]);
    let told = ask(&shop, &format!("POST {LOGIN}"), &[CUSTOMER1], "").await.json();
    assert_eq!(told["extras"], json!([]));
    assert_eq!(post(&shop, REFRESH, json!({ "refresh_token": "x" })).await.status, 404);
}
