//! What the recorded server alone answers, and what every other dialect answers instead.

use super::shop::shop;
use cocart_wasm::api::{Method, Profile, Request, handle};
use cocart_wasm::cart::Cart;
use cocart_wasm::store::Shop;
use serde_json::{Value, json};

const OTHERS: [Profile; 4] = [Profile::Reference, Profile::V49, Profile::V5, Profile::V5Formatted];

fn add(profile: Profile, query: &str, body: Value) -> (u16, Value) {
    let body: cocart_wasm::value::Value = serde_json::from_value(body).unwrap();
    let request = Request::new(Method::Post, "/cocart/v2/cart/add-item")
        .with_query("fields", query)
        .with_json(body);
    let response = handle(&shop(), profile, &mut Cart::new("own"), &request, 0).response;
    (response.status, serde_json::to_value(&response.body).unwrap())
}

#[test]
fn a_document_of_unknown_fields_is_empty() {
    let body = json!({ "id": "1" });
    assert_eq!(add(Profile::V43, "nothing", body.clone()).0, 400);
    for profile in OTHERS {
        assert_eq!(add(profile, "nothing", body.clone()), (200, json!({})), "{profile:?}");
    }
}

#[test]
fn a_variation_is_refused_alike_by_its_id_and_by_its_values() {
    let by_values = |quantity: &str| {
        let values = json!({ "attribute_pa_color": "green", "attribute_size": "S" });
        json!({ "id": "4", "quantity": quantity, "variation": values })
    };
    for quantity in ["0", "1"] {
        let by_id = json!({ "id": "8", "quantity": quantity });
        for profile in OTHERS {
            let (status, refused) = add(profile, "items", by_id.clone());
            assert!(status >= 400);
            assert_eq!(add(profile, "items", by_values(quantity)), (status, refused));
        }
    }
    let (_, refused) = add(Profile::V43, "items", by_values("1"));
    assert_eq!(refused["code"], "cocart_add_to_cart_error");
}

#[test]
fn woocommerce_s_refusal_loses_the_tags_of_a_name() {
    let mut snapshot = shop().snapshot().clone();
    let poster = snapshot.products.iter_mut().find(|product| product.id == 12).unwrap();
    poster.name = "<em>Mini</em> Poster".into();
    let (shop, mut cart) = (Shop::new(snapshot), Cart::new("own"));
    let mut add = || {
        let request = Request::new(Method::Post, "/cocart/v2/cart/add-item").with_query("id", "12");
        let body = handle(&shop, Profile::V43, &mut cart, &request, 0).response.body;
        serde_json::to_value(body).unwrap()
    };
    add();
    let text = "You cannot add another &quot;Mini Poster&quot; to your cart. View cart";
    assert_eq!(add()["message"], text);
}

#[test]
fn a_request_of_cocart_5_chooses_how_amounts_are_written() {
    let price = |profile: Profile, formatted: &str| {
        let request = Request::new(Method::Post, "/cocart/v2/cart/add-item")
            .with_query("id", "1")
            .with_query("formatted", formatted);
        let body = handle(&shop(), profile, &mut Cart::new("own"), &request, 0).response.body;
        let items = serde_json::to_value(body).unwrap()["items"].take();
        items.as_object().unwrap().values().next().unwrap()["price"].clone()
    };
    for profile in [Profile::V5, Profile::V5Formatted] {
        assert_eq!([price(profile, "true"), price(profile, "0")], [json!("$10.00"), json!("1000")]);
    }
    assert_eq!(price(Profile::V49, "true"), "1000");
}
