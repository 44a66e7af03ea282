//! What WordPress itself does with a request, whatever the route.

use super::Shopper;
use super::shop::shop;
use cocart_wasm::api::{Body, Method, Profile, Request, handle, handle_lazily};
use cocart_wasm::cart::Cart;
use serde_json::{Value, json};

#[test]
fn wordpress_s_fields_go_into_maps_and_lists() {
    let mut shopper = Shopper::with(json!({ "id": "1", "quantity": "2" }));
    for (fields, document) in [
        ("item_count.anything", json!({ "item_count": 2 })),
        ("items.0.quantity.value", json!({ "items": [{ "quantity": { "value": 2 } }] })),
        ("items.name,notices", json!({ "items": [], "notices": [] })),
        ("totals.nothing", json!({ "totals": [] })),
        ("nothing", json!([])),
    ] {
        shopper.get("cart");
        assert_eq!(shopper.get(&format!("cart?_fields={fields}")), document, "{fields}");
    }
}

#[test]
fn fields_are_asked_for_in_a_body_and_as_a_list_too() {
    let mut shopper = Shopper::with(json!({ "id": "1", "quantity": "2" }));
    let count = json!({ "item_count": 2 });
    assert_eq!(shopper.get("cart?_fields[]=item_count&_fields[]=nothing"), count);
    assert_eq!(shopper.get("cart?_fields=nothing\titem_count"), count);
    assert_eq!(shopper.get("cart?_fields=,")["item_count"], 2);
    for fields in [json!("item_count,nothing"), json!([" item_count ", 1])] {
        let body = json!({ "_fields": fields });
        assert_eq!(shopper.post("cart/calculate", body.clone()).1, count);
        assert_eq!(shopper.post("cart/calculate?_fields=totals", body).1, count);
    }
    let mut form = Request::new(Method::Post, "/cocart/v2/cart/calculate");
    form.body = Body::Form("_fields=item_count".into());
    let answer = handle_lazily(&shopper.shop, Profile::V43, &mut shopper.cart, &form, 0, false);
    assert_eq!(serde_json::to_value(answer.response.body).unwrap(), count);
}

#[test]
fn the_path_is_looked_into_last() {
    let mut shopper = Shopper::with(json!({ "id": "1" }));
    shopper.post("cart/add-item", json!({ "id": "11" }));
    let items = shopper.get("cart")["items"].clone();
    let [key, other] = [0, 1].map(|at| items[at]["item_key"].as_str().unwrap().to_owned());
    let item = shopper.get(&format!("cart/item/{key}?item_key={other}"));
    assert_eq!(item["item_key"], other.as_str());
    let body = json!({ "item_key": other, "quantity": "2" });
    let (_, cart) = shopper.post(&format!("cart/item/{key}"), body);
    let quantities: Vec<&Value> =
        cart["items"].as_array().unwrap().iter().map(|item| &item["quantity"]["value"]).collect();
    assert_eq!(quantities, [1, 2]);
    let (status, refused) = shopper.post("cart/item/a", json!({ "item_key": 5, "quantity": 5 }));
    assert_eq!((status, &refused["message"]), (400, &json!("Invalid parameter(s): item_key")));
}

#[test]
fn what_is_made_a_head_request_has_no_body() {
    let request = Request::new(Method::Get, "/cocart/v2/cart").with_query("_method", "head");
    let response = handle(&shop(), Profile::V43, &mut Cart::new("own"), &request, 0).response;
    assert_eq!((response.status, response.body), (200, None));
}

#[test]
fn an_envelope_without_headers_has_php_s_empty_list() {
    let none = Shopper::new().get("nowhere?_envelope=1");
    assert_eq!((&none["status"], &none["headers"]), (&json!(404), &json!([])));
}
