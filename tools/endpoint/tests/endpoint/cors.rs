//! CORS, held to the recordings of the real server.

use crate::ask::{ask, endpoint};
use serde_json::Value;

/// The recorded shop's product 101 is the demo shop's 145.
fn body(request: &Value) -> String {
    match &request["body"] {
        Value::Null => String::new(),
        body => body.to_string().replace("\"101\"", "\"145\""),
    }
}

/// What depends on the clock or on chance.
const PRESENT_ONLY: [&str; 4] = [
    "cocart-timestamp",
    "cocart-api-cart-key",
    "cocart-api-cart-expiring",
    "cocart-api-cart-expiration",
];

async fn check(mode: &str, recording: &str) {
    let shop = endpoint(&["serve", "--cors", mode, "--profile", "v4.3"]);
    let recording: Value = serde_json::from_str(recording).unwrap();
    for (step, exchange) in recording["steps"].as_array().unwrap().iter().enumerate() {
        let (request, response) = (&exchange["request"], &exchange["response"]);
        let (method, path) =
            (request["method"].as_str().unwrap(), request["path"].as_str().unwrap());
        let mut headers: Vec<String> = request["headers"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, value)| format!("{name}: {}", value.as_str().unwrap()))
            .collect();
        if !request["body"].is_null() {
            headers.push("content-type: application/json".into());
        }
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        let told = ask(&shop, &format!("{method} {path}"), &headers, body(request)).await;

        // route descriptions and products are not this endpoint's; their CORS headers are
        let is_known = response["status"] == told.status;
        assert!(
            is_known || method == "OPTIONS" || path.contains("/products/"),
            "{step}: {}",
            told.text
        );
        let is_cors = |name: &str| name.starts_with("access-control-") || name == "vary";
        let recorded = response["headers"].as_object().unwrap();
        for (name, value) in recorded {
            let name = name.to_ascii_lowercase();
            if !is_known && !is_cors(&name) {
                continue;
            }
            let value = value.as_str().unwrap().replace("{base}", crate::ask::BASE);
            match told.header(&name) {
                None => panic!("{mode} step {step}: no {name}"),
                Some(_) if PRESENT_ONLY.contains(&name.as_str()) => {}
                Some(told) => assert_eq!(told, value, "{mode} step {step}: {name}"),
            }
        }
        let names: Vec<_> = recorded.keys().map(|name| name.to_ascii_lowercase()).collect();
        for name in told.headers.keys().map(|name| name.as_str()) {
            let is_ours = is_cors(name) || (is_known && name != "content-length");
            assert!(!is_ours || names.iter().any(|n| n == name), "{mode} step {step}: {name} too");
        }
    }
}

#[tokio::test]
async fn off_is_as_recorded() {
    check("off", include_str!("../recordings/v2_cors_default.json")).await;
}

#[tokio::test]
async fn on_is_as_recorded() {
    check("on", include_str!("../recordings/v2_cors_enabled.json")).await;
}
