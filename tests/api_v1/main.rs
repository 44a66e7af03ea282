//! API v1: its errors, each with its status and text, and what its writes answer and leave.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may panic")]

mod errors;
mod shop;

use cocart_wasm::api::{Answer, Body, Method, Profile, Request, handle};
use cocart_wasm::cart::{Account, Cart, Command};
use cocart_wasm::value::json::Fault;
use serde_json::{Value, json};
use shop::shop;

fn send(cart: &mut Cart, profile: Profile, method: &str, target: &str, body: Value) -> Answer {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut request = Request::new(Method::parse(method).unwrap(), format!("/cocart/{path}"));
    for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        request = request.with_query(name, value);
    }
    if !body.is_null() {
        request =
            request.with_json(serde_json::from_value::<cocart_wasm::value::Value>(body).unwrap());
    }
    handle(&shop(), profile, cart, &request, 1_795_295_187)
}

fn body(answer: &Answer) -> Value {
    serde_json::to_value(&answer.response.body).unwrap()
}

fn add(cart: &mut Cart, profile: Profile, id: &str) -> String {
    let answer = send(cart, profile, "POST", "v1/add-item", json!({ "product_id": id }));
    assert_eq!(answer.response.status, 200, "{:?}", body(&answer));
    body(&answer)["key"].as_str().unwrap().to_owned()
}

#[test]
fn the_recorded_server_leaves_a_second_of_its_kind_to_woocommerce() {
    let mut cart = Cart::new("own");
    add(&mut cart, Profile::V43, "12");
    let second = json!({ "product_id": "12" });
    let answer = send(&mut cart, Profile::V43, "POST", "v1/add-item", second);
    assert_eq!(body(&answer)["code"], "cocart_cannot_add_to_cart");
    let v2 = body(&send(&mut cart, Profile::V43, "GET", "v2/cart", Value::Null));
    let told = v2["notices"]["error"][0].as_str().unwrap();
    assert!(told.contains("You cannot add another \"Poster\" to your cart."), "{told}");
}

#[test]
fn the_recorded_server_judges_the_parent_and_woocommerce_the_variation() {
    let green = json!({
        "product_id": "4",
        "variation": { "attribute_pa_color": "green", "attribute_size": "S" },
    });
    for (profile, code) in [
        (Profile::V43, "cocart_cannot_add_to_cart"),
        (Profile::Reference, "cocart_product_out_of_stock"),
    ] {
        let answer = send(&mut Cart::new("own"), profile, "POST", "v1/add-item", green.clone());
        assert_eq!(body(&answer)["code"], code);
    }
    let answer = send(&mut Cart::new("own"), Profile::V43, "POST", "v1/add-item", green);
    assert_eq!(body(&answer)["message"], "You cannot add \"Hoodie\" to your cart.");
}

#[test]
fn a_variation_is_found_by_any_name() {
    for sent in [
        json!({ "product_id": "4", "variation_id": 5 }),
        json!({ "product_id": "4", "variation_id": "5" }),
        json!({ "product_id": "5" }),
        json!({ "product_id": "4", "variation": { "attribute_pa_color": "red", "attribute_size": "S" } }),
    ] {
        let mut cart = Cart::new("own");
        let answer = send(&mut cart, Profile::Reference, "POST", "v1/add-item", sent);
        let item = body(&answer);
        assert_eq!((&item["product_id"], &item["variation_id"]), (&json!(4), &json!(5)));
        let attributes = json!({ "attribute_pa_color": "red", "attribute_size": "S" });
        assert_eq!(item["variation"], attributes);
        assert_eq!(item["product_title"], "Hoodie");
        let [Command::AddItem(command)] = answer.commands.as_slice() else { panic!("no command") };
        assert_eq!(command.id, "5");
    }
    let sent = json!({ "product_id": "4", "variation_id": "x" });
    let answer = send(&mut Cart::new("own"), Profile::V43, "POST", "v1/add-item", sent);
    assert_eq!(
        body(&answer)["data"]["params"]["variation_id"],
        "variation_id is not of type integer."
    );
}

#[test]
fn update_remove_and_restore_answer_in_v1_s_words_and_leave_no_notice() {
    let profile = Profile::Reference;
    let mut cart = Cart::new("own");
    let mug = add(&mut cart, profile, "MUG");
    for (quantity, message) in [
        ("3", "The quantity for \"Mug\" has increased to \"3\"."),
        ("3", "The quantity for \"Mug\" has not changed."),
        ("0.5", "The quantity for \"Mug\" has decreased to \"0.5\"."),
    ] {
        let sent = json!({ "cart_item_key": mug, "quantity": quantity });
        let answer = send(&mut cart, profile, "POST", "v1/item", sent);
        assert_eq!(body(&answer)["message"], message);
        assert!(matches!(answer.commands.as_slice(), [Command::UpdateItem { .. }]));
    }
    let totals = body(&send(&mut cart, profile, "GET", "v1/totals", Value::Null));
    assert_eq!(totals["subtotal"], "5");
    let sent = json!({ "cart_item_key": mug, "quantity": "0" });
    let answer = send(&mut cart, profile, "POST", "v1/item", sent);
    assert_eq!(body(&answer), "Item has been removed from cart.");
    assert_eq!(answer.commands, [Command::RemoveItem { item_key: mug.clone() }]);
    let target = format!("v1/item?cart_item_key={mug}&return_cart=true");
    let answer = send(&mut cart, profile, "GET", &target, Value::Null);
    assert_eq!(body(&answer)[&mug]["quantity"], 0.5);
    assert_eq!(answer.commands, [Command::RestoreItem { item_key: mug.clone() }]);
    let answer = send(&mut cart, profile, "DELETE", &target, Value::Null);
    assert_eq!(body(&answer), json!([]));
    assert!(cart.notices.is_empty());
}

#[test]
fn clear_and_logout() {
    let mut cart = Cart::of_account(Account { id: 2, ..Account::default() });
    add(&mut cart, Profile::V43, "1");
    let answer = send(&mut cart, Profile::Reference, "POST", "v1/logout", Value::Null);
    assert_eq!((body(&answer), answer.commands), (json!(true), vec![]));
    assert_eq!(cart.lines.len(), 1);
    let answer = send(&mut cart, Profile::V43, "POST", "v1/logout", Value::Null);
    assert_eq!(answer.commands, [Command::Clear { keep_removed_items: false }]);
    assert!(cart.lines.is_empty() && cart.notices.is_empty());
    add(&mut cart, Profile::V43, "1");
    let answer = send(&mut cart, Profile::V43, "POST", "v1/clear", Value::Null);
    assert_eq!(body(&answer), "Cart is cleared.");
    assert!(cart.lines.is_empty() && cart.removed.is_empty() && cart.notices.is_empty());
}

#[test]
fn an_empty_cart_in_both_dialects() {
    let ask = |profile, target: &str| {
        body(&send(&mut Cart::new("own"), profile, "GET", target, Value::Null))
    };
    assert_eq!(ask(Profile::Reference, "v1/get-cart"), json!([]));
    assert_eq!(ask(Profile::Reference, "v1/totals")["total"], "0");
    let told = ask(Profile::V43, "v1/get-cart");
    assert!(told.as_str().unwrap().starts_with("Request returned nothing for"));
    assert_eq!(ask(Profile::V43, "v1/totals"), Value::Null);
    assert_eq!(ask(Profile::V43, "v1/totals?html=true"), json!([]));
    for profile in [Profile::V43, Profile::Reference] {
        assert_eq!(ask(profile, "v1/count-items"), json!(0));
        assert_eq!(ask(profile, "v1/count-items?return=text"), "There are no items in the cart!");
    }
}

#[test]
fn the_own_session_is_found_by_its_key() {
    let mut cart = Cart::new("own");
    let mug = add(&mut cart, Profile::V43, "1");
    let target = "v1/get-cart/own?thumb=true";
    let answer = send(&mut cart, Profile::V43, "GET", target, Value::Null);
    let item = &body(&answer)[&mug];
    assert_eq!(item["product_price"], "$10.00");
    assert_eq!(item.as_object().unwrap().keys().next_back().unwrap(), "product_image");
}

#[test]
fn bodies_that_are_no_json_need_a_route() {
    let send = |method: &str, path: &str, fault: Fault| {
        let mut request = Request::new(Method::parse(method).unwrap(), path);
        request.body = Body::MalformedJson(fault);
        handle(&shop(), Profile::V43, &mut Cart::new("own"), &request, 0).response
    };
    let ask = |method: &str, path: &str| send(method, path, Fault::Syntax);
    let refused = ask("POST", "/cocart/v1/add-item");
    assert_eq!((refused.status, refused.header("Allow")), (400, Some("POST")));
    assert_eq!(ask("POST", "/cocart/v1/nope").status, 404);
    assert_eq!(ask("DELETE", "/cocart/v1/clear").status, 404);
    for (fault, code, message) in [
        (Fault::Syntax, 4, "Syntax error"),
        (Fault::Depth, 1, "Maximum stack depth exceeded"),
        (Fault::Control, 3, "Control character error, possibly incorrectly encoded"),
    ] {
        let refused = send("POST", "/cocart/v1/add-item", fault).body.unwrap();
        let told = json!({ "status": 400, "json_error_code": code, "json_error_message": message });
        assert_eq!(serde_json::to_value(refused.get("data")).unwrap(), told);
    }
}

#[test]
fn what_is_no_variation_is_woocommerce_s_to_refuse() {
    let chosen = json!({ "attribute_pa_color": "red", "attribute_size": "S" });
    let ask = |variation_id: u64| {
        let mut cart = Cart::new("own");
        let named =
            json!({ "product_id": "4", "variation_id": variation_id, "variation": chosen.clone() });
        let answer = body(&send(&mut cart, Profile::V43, "POST", "v1/add-item", named));
        let v2 = body(&send(&mut cart, Profile::V43, "GET", "v2/cart", Value::Null));
        (answer, v2["notices"]["error"].clone())
    };
    let told = "The selected product isn't a variation of Hoodie, please choose product options by visiting <a href=\"\" title=\"Hoodie\">Hoodie</a>.";
    for (id, name) in [(1, "Mug"), (4, "Hoodie")] {
        let (answer, notices) = ask(id);
        assert_eq!(answer["code"], "cocart_cannot_add_to_cart");
        assert_eq!(answer["message"], format!("You cannot add \"{name}\" to your cart."));
        assert_eq!(notices, json!([told]));
    }
    // CoCart looks at it before
    for (id, code) in [(2, "cocart_cannot_be_purchased"), (10, "cocart_product_out_of_stock")] {
        let (answer, notices) = ask(id);
        assert_eq!((&answer["code"], notices), (&json!(code), Value::Null));
    }
    assert_eq!(ask(5).0["quantity"], 1);
}

#[test]
fn an_empty_cart_that_is_asked_for_raw_is_a_list() {
    let read =
        |target: &str| body(&send(&mut Cart::new("own"), Profile::V43, "GET", target, Value::Null));
    assert!(read("v1/get-cart").is_string());
    assert!(read("v1/get-cart?raw=0").is_string());
    assert_eq!(read("v1/get-cart?raw=true"), json!([]));
}

#[test]
fn a_route_is_described() {
    let ask = |path: &str| {
        let request = Request::new(Method::Options, format!("/cocart/v1/{path}"));
        let response = handle(&shop(), Profile::V43, &mut Cart::new("own"), &request, 0).response;
        (response.status, serde_json::to_value(&response.body).unwrap())
    };
    let text = json!({ "type": "string", "required": false });
    let flag = json!({ "type": "boolean", "default": false, "required": false });
    let get_cart = json!({
        "namespace": "cocart/v1",
        "methods": ["GET"],
        "endpoints": [{ "methods": ["GET"], "args": { "cart_key": text, "thumb": flag } }],
        "_links": { "self": [{ "href": "/wp-json/cocart/v1/get-cart" }] },
    });
    assert_eq!(ask("get-cart"), (200, get_cart));
    let (_, item) = ask("item");
    assert_eq!(item["methods"], json!(["GET", "POST", "DELETE"]));
    let quantity = json!({ "type": "string", "required": true });
    let update = json!({ "cart_item_key": text, "return_cart": flag, "quantity": quantity });
    assert_eq!(item["endpoints"][1], json!({ "methods": ["POST"], "args": update }));
    let (_, add) = ask("add-item");
    let quantity = json!({ "type": "string", "default": "1", "required": true });
    assert_eq!(add["endpoints"][0]["args"]["quantity"], quantity);
    // a pattern has no address
    assert_eq!(ask("get-cart/abc").1.get("_links"), None);
}
