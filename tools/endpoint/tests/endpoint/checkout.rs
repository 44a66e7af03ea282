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
async fn an_unknown_key_is_told_so_and_never_written_into_the_page() {
    let shop = endpoint(&["serve"]);
    for address in ["/checkout/", "/checkout/?cocart-load-cart=%3Cscript%3E"] {
        let page = get(&shop, address).await;
        assert!(page.text.contains("Cart is not valid!") && !page.text.contains("<script>"));
    }
}
