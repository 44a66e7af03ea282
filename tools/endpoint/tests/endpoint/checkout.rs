//! The hand-over to the checkout.

use crate::ask::{ADD, ask, count, endpoint, get, post};
use serde_json::json;

#[tokio::test]
async fn it_shows_the_cart_and_an_order_empties_it() {
    let shop = endpoint(&["serve"]);
    let body = json!({ "id": "155", "quantity": "1" });
    assert_eq!(post(&shop, &format!("{ADD}?cart_key=k1"), body).await.status, 200);
    let page = get(&shop, "/checkout/?cocart-load-cart=k1").await;
    assert!(page.text.contains("Signed Print “Harbour at Dawn” × 1"), "{}", page.text);
    assert!(page.text.contains("Place order") && page.text.contains("Total"));
    assert!(page.header("content-security-policy").is_some());
    assert_eq!(count(&shop, "k1").await, 1, "looking changes nothing");

    let form = ["content-type: application/x-www-form-urlencoded"];
    let thanks = ask(&shop, "POST /checkout/", &form, "cocart-load-cart=k1").await;
    assert!(thanks.text.contains("Thank you"), "{}", thanks.text);
    assert_eq!(count(&shop, "k1").await, 0);
    let again = ask(&shop, "POST /checkout/", &form, "cocart-load-cart=k1").await;
    assert!(again.text.contains("Cart is not valid!"));
}

#[tokio::test]
async fn a_customers_cart_is_opened_by_its_hash_where_the_shop_knows_of_hashes() {
    const CUSTOMER1: &str = "authorization: Basic Y3VzdG9tZXIxOnBhc3N3b3Jk";
    for (profile, knows) in [("v4.9", true), ("v4.3", false)] {
        let shop = endpoint(&["serve", "--profile", profile]);
        let body = json!({ "id": "155", "quantity": "1" }).to_string();
        let headers = ["content-type: application/json", CUSTOMER1];
        let added = ask(&shop, &format!("POST {ADD}"), &headers, body).await.json();
        let hash = added["cart_hash"].as_str().unwrap();
        let handed = format!("cocart-load-cart=2&c_hash={hash}");
        let page = get(&shop, &format!("/checkout/?{handed}")).await;
        assert_eq!(page.text.contains("Place order"), knows, "{profile}");
        let by_key = get(&shop, "/checkout/?cocart-load-cart=2").await;
        assert!(by_key.text.contains("Cart is not valid!"));
        let form = ["content-type: application/x-www-form-urlencoded"];
        let thanks = ask(&shop, "POST /checkout/", &form, handed).await;
        assert_eq!(thanks.text.contains("Thank you"), knows, "{profile}");
    }
}

#[tokio::test]
async fn an_unknown_key_is_told_so_and_never_written_into_the_page() {
    let shop = endpoint(&["serve"]);
    for address in ["/checkout/", "/checkout/?cocart-load-cart=%3Cscript%3E"] {
        let page = get(&shop, address).await;
        assert!(page.text.contains("Cart is not valid!") && !page.text.contains("<script>"));
    }
}
