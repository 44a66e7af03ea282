//! The table of v1's errors.

use super::{add, body, send};
use cocart_wasm::api::Profile;
use cocart_wasm::cart::{Account, Cart};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Request → status, code and message, in a cart with a lamp, a poster and a removed mug.
fn errors(
    lamp: &str,
    poster: &str,
) -> Vec<(&'static str, String, Value, u16, &'static str, &'static str)> {
    let add = |body: Value| ("POST", "v1/add-item".to_owned(), body);
    let update = |key: &str, quantity: &str| {
        ("POST", "v1/item".to_owned(), json!({ "cart_item_key": key, "quantity": quantity }))
    };
    let get = |target: &str| ("GET", target.to_owned(), Value::Null);
    let table = [
        (get("v1/get-cart/customer/2"), 401, "cocart_cannot_read_cart", "Cannot read cart!"),
        (get("v1/get-cart/0"), 404, "cocart_cart_key_missing", "Cart Key is required!"),
        (
            get("v1/get-cart/other"),
            404,
            "cocart_cart_in_session_not_valid",
            "Cart in session is not valid!",
        ),
        (add(json!({})), 404, "cocart_product_id_required", "Product ID number is required!"),
        (
            add(json!({ "product_id": "NOSUCH" })),
            404,
            "cocart_product_id_required",
            "Product ID number is required!",
        ),
        (
            add(json!({ "product_id": "1", "quantity": "1e999" })),
            405,
            "cocart_quantity_not_numeric",
            "Quantity must be numeric!",
        ),
        (
            add(json!({ "product_id": "77" })),
            404,
            "cocart_product_does_not_exist",
            "This product does not exist!",
        ),
        (
            add(json!({ "product_id": "13" })),
            404,
            "cocart_product_does_not_exist",
            "Product \"Chair\" no longer exists!",
        ),
        (
            add(json!({ "product_id": "2" })),
            403,
            "cocart_cannot_add_product_type_to_cart",
            "You cannot add \"Watch\" to your cart as it is an \"external\" product.",
        ),
        (
            add(json!({ "product_id": "3" })),
            403,
            "cocart_cannot_add_product_type_to_cart",
            "You cannot add \"Set\" to your cart as it is an \"grouped\" product.",
        ),
        (
            add(json!({ "product_id": "4", "variation": { "attribute_pa_color": "purple" } })),
            400,
            "cocart_invalid_variation_data",
            "Invalid value posted for Color. Allowed values: red, blue, green",
        ),
        (
            add(json!({ "product_id": "5", "variation": { "attribute_pa_color": "blue" } })),
            400,
            "cocart_invalid_variation_data",
            "Invalid value posted for Color. Allowed values: red, blue, green",
        ),
        (
            add(json!({ "product_id": "4" })),
            400,
            "cocart_missing_variation_data",
            "Missing variation data for variable product. Color and Size are required fields.",
        ),
        (
            add(json!({ "product_id": "6" })),
            400,
            "cocart_missing_variation_data",
            "Missing variation data for variable product. Size is a required field.",
        ),
        (
            add(
                json!({ "product_id": "4", "variation": { "attribute_pa_color": "green", "attribute_size": "M" } }),
            ),
            400,
            "cocart_no_variation_found",
            "No matching variation found.",
        ),
        (
            add(json!({ "product_id": "15" })),
            403,
            "cocart_cart_invalid_parent_product",
            "This product cannot be added to the cart.",
        ),
        (
            add(json!({ "product_id": "14" })),
            404,
            "cocart_product_failed_validation",
            "Product did not pass validation!",
        ),
        (
            add(
                json!({ "product_id": "4", "variation": { "attribute_pa_color": "red", "attribute_size": "M" } }),
            ),
            404,
            "cocart_product_failed_validation",
            "Product did not pass validation!",
        ),
        (
            add(json!({ "product_id": "12" })),
            403,
            "cocart_product_sold_individually",
            "You cannot add another \"Poster\" to your cart.",
        ),
        (
            add(json!({ "product_id": "9" })),
            403,
            "cocart_cannot_be_purchased",
            "Sorry, this product cannot be purchased.",
        ),
        (
            add(json!({ "product_id": "10" })),
            404,
            "cocart_product_out_of_stock",
            "You cannot add \"Scarf\" to the cart because the product is out of stock.",
        ),
        (
            add(json!({ "product_id": "11", "quantity": "4" })),
            403,
            "cocart_not_enough_in_stock",
            "You cannot add a quantity of 4 for \"Lamp\" to the cart because there is not enough stock. - only 3 remaining!",
        ),
        (
            add(json!({ "product_id": "11", "quantity": "3" })),
            403,
            "cocart_not_enough_stock_remaining",
            "You cannot add that amount to the cart — we have 3 in stock and you already have 1 in your cart.",
        ),
        (
            add(json!({ "product_id": "1", "quantity": "0" })),
            403,
            "cocart_cannot_add_to_cart",
            "You cannot add \"Mug\" to your cart.",
        ),
        (get("v1/item"), 404, "cocart_cart_item_key_required", "Cart item key is required!"),
        (
            get("v1/item?cart_item_key=nosuch"),
            403,
            "cocart_can_not_restore_item",
            "Unable to restore item to the cart.",
        ),
        (
            update("nosuch", "1"),
            404,
            "cocart_item_not_in_cart",
            "Item specified does not exist in cart.",
        ),
        (
            update(lamp, "9"),
            403,
            "cocart_not_enough_in_stock",
            "You cannot add that amount of (9) for \"Lamp\" to the cart because there is not enough stock, only (3 remaining).",
        ),
        (
            update(lamp, "-1"),
            403,
            "cocart_can_not_update_item",
            "Unable to update item quantity in cart.",
        ),
        (
            update(poster, "2"),
            403,
            "cocart_can_not_increase_quantity",
            "You can only have 1 Poster in your cart.",
        ),
        (
            ("DELETE", "v1/item?cart_item_key=nosuch".to_owned(), Value::Null),
            404,
            "cocart_item_not_in_cart",
            "Item specified does not exist in cart.",
        ),
    ];
    let rows = table.into_iter();
    rows.map(|((method, target, body), status, code, text)| {
        (method, target, body, status, code, text)
    })
    .collect()
}

#[test]
fn every_error_a_browser_can_meet_is_reachable() {
    let mut cart = Cart::new("own");
    let mug = add(&mut cart, Profile::Reference, "MUG");
    let lamp = add(&mut cart, Profile::Reference, "11");
    let poster = add(&mut cart, Profile::Reference, "12");
    let target = format!("v1/item?cart_item_key={mug}");
    send(&mut cart, Profile::Reference, "DELETE", &target, Value::Null);
    let mut met = BTreeSet::new();
    for (method, target, sent, status, code, message) in errors(&lamp, &poster) {
        let before = cart.clone();
        let answer = send(&mut cart, Profile::Reference, method, &target, sent.clone());
        let expected = json!({ "code": code, "message": message, "data": { "status": status } });
        assert_eq!(body(&answer), expected, "{method} {target} {sent}");
        assert_eq!(answer.response.status, status);
        assert_eq!(answer.commands, []);
        assert_eq!(cart, before, "{method} {target} {sent}");
        met.insert(code);
    }
    let mut empty = Cart::new("own");
    let answer = send(&mut empty, Profile::Reference, "DELETE", "v1/item", Value::Null);
    assert_eq!((answer.response.status, &body(&answer)["code"]), (404, &json!("cocart_no_items")));
    met.insert("cocart_no_items");
    let mut admin =
        Cart::of_account(Account { id: 1, can_edit_products: true, ..Account::default() });
    let target = "v1/get-cart/customer/0";
    let answer = send(&mut admin, Profile::Reference, "GET", target, Value::Null);
    assert_eq!(body(&answer)["code"], "cocart_customer_missing");
    met.insert("cocart_customer_missing");
    assert_eq!(met.len(), 25);
}
