//! What requests may ask for beside what the recordings hold: parts of documents, values that are
//! no texts, names in other letters.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test may panic")]

#[path = "requests/oddities.rs"]
mod oddities;
#[path = "api_v1/shop.rs"]
mod shop;
#[path = "requests/wordpress.rs"]
mod wordpress;

use cocart_wasm::api::{Method, Profile, Request, handle};
use cocart_wasm::cart::Cart;
use cocart_wasm::store::{ProductStatus, Shop, Snapshot};
use cocart_wasm::value::Record;
use serde_json::{Value, json};

/// A shopper in the shop.
struct Shopper {
    shop: Shop,
    cart: Cart,
}

impl Shopper {
    fn new() -> Self {
        Self { shop: shop::shop(), cart: Cart::new("own") }
    }

    fn send(&mut self, method: Method, target: &str, body: Value) -> (u16, Value) {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut request = Request::new(method, format!("/cocart/v2/{path}"));
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            request = request.with_query(name, value);
        }
        if !body.is_null() {
            let body: cocart_wasm::value::Value = serde_json::from_value(body).unwrap();
            request = request.with_json(body);
        }
        let response = handle(&self.shop, Profile::V43, &mut self.cart, &request, 0).response;
        (response.status, serde_json::to_value(&response.body).unwrap())
    }

    fn get(&mut self, target: &str) -> Value {
        self.send(Method::Get, target, Value::Null).1
    }

    fn post(&mut self, path: &str, body: Value) -> (u16, Value) {
        self.send(Method::Post, path, body)
    }

    fn with(body: Value) -> Self {
        let mut shopper = Self::new();
        let (status, document) = shopper.post("cart/add-item", body);
        assert_eq!(status, 200, "{document}");
        shopper
    }
}

#[test]
fn parts_of_the_cart_come_as_they_are_named() {
    let mut shopper = Shopper::with(json!({ "id": "1" }));
    let mut parts = |fields: &str| {
        let document = shopper.get(&format!("cart?fields={fields}"));
        let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        match document.get("totals").or(document.get("customer")) {
            Some(part) => format!("{} of {}", names(part).join(" "), names(&document).join(" ")),
            None => names(&document).join(" "),
        }
    };
    for (fields, shown) in [
        ("totals:subtotal,item_count,totals:total", "subtotal total of totals item_count"),
        ("totals:total-nothing,items", "total of totals items"),
        ("totals:nothing,items", "items"),
        ("totals:total:subtotal", "total of totals"),
        (
            "customer:billing_address,customer:shipping_address",
            "billing_address shipping_address of customer",
        ),
        ("customer:", "billing_address shipping_address of customer"),
        // the whole is not cut down again
        ("customer,customer:billing_address", "billing_address shipping_address of customer"),
        ("customer:billing_address-shipping_address", "code message data"),
        ("totals:nothing", "code message data"),
    ] {
        assert_eq!(parts(fields), shown, "{fields}");
    }
    // empty to PHP
    assert_eq!(parts("0"), parts(""));
}

#[test]
fn a_variation_s_values_are_taken_to_the_letter() {
    for (id, variation, code) in [
        ("5", json!({ "attribute_pa_color": "Red" }), "cocart_invalid_variation_data"),
        ("5", json!({ "attribute_pa_color": ["red"] }), "cocart_invalid_variation_data"),
        ("5", json!({ "attribute_pa_color": "" }), "cocart_invalid_variation_data"),
        ("6", json!({ "attribute_size": " S" }), "cocart_invalid_variation_data"),
        ("6", json!({ "attribute_size": true }), "cocart_invalid_variation_data"),
        ("6", json!({ "attribute_size": null }), "cocart_missing_variation_data"),
        (
            "4",
            json!({ "attribute_pa_color": 1, "attribute_size": "S" }),
            "cocart_no_variation_found",
        ),
    ] {
        let body = json!({ "id": id, "variation": variation });
        assert_eq!(Shopper::new().post("cart/add-item", body).1["code"], code, "{variation}");
    }
}

#[test]
fn an_empty_value_for_any_is_woocommerce_s_to_refuse() {
    for (body, message) in [
        (json!({ "id": "6", "variation": { "attribute_size": "" } }), "Size is a required field"),
        (
            json!({ "id": "4", "variation": { "attribute_pa_color": "blue", "attribute_size": "" } }),
            "Size is a required field",
        ),
    ] {
        let mut shopper = Shopper::new();
        let (status, refused) = shopper.post("cart/add-item", body);
        let code = json!("cocart_add_to_cart_error");
        assert_eq!((status, &refused["code"], &refused["message"]), (400, &code, &json!(message)));
        assert_eq!(shopper.get("cart")["item_count"], 0.0);
    }
}

#[test]
fn a_cart_whose_lines_hold_nothing_lists_none() {
    let key = |cart: &Value| cart["items"][0]["item_key"].as_str().unwrap().to_owned();
    let mut shopper = Shopper::with(json!({ "id": "1" }));
    let nothing = json!({ key(&shopper.get("cart")): "0" });
    let update = json!({ "namespace": "update-cart", "quantity": nothing });
    let (_, empty) = shopper.post("cart/update", update.clone());
    assert_eq!((&empty["items"], &empty["taxes"]), (&json!([]), &json!([])));
    assert_eq!(empty["notices"]["success"], json!(["Cart updated."]));
    // a removed line is enough to show them
    let mut shopper = Shopper::with(json!({ "id": "1" }));
    shopper.post("cart/add-item", json!({ "id": "11" }));
    let removed = shopper.get("cart")["items"][1]["item_key"].as_str().unwrap().to_owned();
    shopper.send(Method::Delete, &format!("cart/item/{removed}"), Value::Null);
    let (_, shown) = shopper.post("cart/update", update);
    assert_eq!(shown["items"][0]["quantity"]["value"], 0.0);
}

#[test]
fn one_of_what_is_sold_once_is_no_posted_one() {
    let mut shopper = Shopper::with(json!({ "id": "12" }));
    let key = shopper.get("cart")["items"][0]["item_key"].as_str().unwrap().to_owned();
    let update = json!({ "namespace": "update-cart", "quantity": { key.as_str(): "1" } });
    let (_, cart) = shopper.post("cart/update", update.clone());
    assert_eq!(cart["notices"]["success"], json!(["Cart updated."]));
    // from then on it is, after a reload too
    shopper.cart = Cart::read(&shopper.cart.write()).unwrap();
    assert_eq!(shopper.post("cart/update", update.clone()).1["notices"], json!([]));
    let mut shopper = Shopper::with(json!({ "id": "12" }));
    shopper.post(&format!("cart/item/{key}"), json!({ "quantity": "1" }));
    assert_eq!(shopper.post("cart/update", update).1["notices"], json!([]));
}

#[test]
fn a_child_that_woocommerce_refuses_is_told_as_added_all_the_same() {
    let add = |quantity: Value| {
        let children = json!({ "id": "3", "quantity": quantity });
        let (status, cart) = Shopper::new().post("cart/add-items", children);
        assert_eq!((status, &cart["item_count"]), (200, &json!(2)));
        cart["notices"].clone()
    };
    let notices = json!({
        "error": ["Size is a required field"],
        "success": ["“Mug” and “Hoodie – Red, S” have been added to your cart."],
    });
    assert_eq!(add(json!({ "1": "2", "6": "1" })), notices);
    // every child empties the queue before it comes
    let alone = json!({ "success": ["“Hoodie – Red, S” and “Mug” have been added to your cart."] });
    assert_eq!(add(json!({ "6": "1", "1": "2" })), alone);
}

#[test]
fn notices_wait_until_a_product_passed_the_shop_s_rules() {
    let failed = json!("cocart_product_failed_validation");
    let red_m = json!({ "attribute_pa_color": "red", "attribute_size": "M" });
    for (path, body, code) in [
        ("cart/add-item", json!({ "id": "14" }), failed.clone()),
        // the variation that its attributes name cannot be bought, by whatever id it is asked for
        ("cart/add-item", json!({ "id": "7" }), failed.clone()),
        ("cart/add-item", json!({ "id": "4", "variation": red_m }), failed.clone()),
        ("cart/add-items", json!({ "id": "3", "quantity": { "7": "1" } }), failed),
        (
            "cart/add-items",
            json!({ "id": "3", "quantity": { "1": "0" } }),
            json!("cocart_grouped_product_failed"),
        ),
    ] {
        let mut shopper = Shopper::new();
        let (_, kept) = shopper.post("cart/add-item?fields=item_count", json!({ "id": "1" }));
        assert_eq!(kept, json!({ "item_count": 1 }));
        assert_eq!(shopper.post(path, body.clone()).1["code"], code, "{body}");
        let told = json!({ "success": ["“Mug” has been added to your cart."] });
        assert_eq!(shopper.get("cart?fields=notices"), json!({ "notices": told }), "{body}");
    }
    let mut shopper = Shopper::new();
    shopper.post("cart/add-item?fields=item_count", json!({ "id": "1" }));
    assert_eq!(shopper.post("cart/add-item", json!({ "id": "9" })).0, 400);
    assert_eq!(shopper.get("cart")["notices"], json!([]));
}

#[test]
fn a_refused_change_has_calculated_the_cart() {
    let requests = [
        (Method::Post, "cart/item/nothing", json!({ "quantity": "2" }), 404),
        (Method::Delete, "cart/item/nothing", Value::Null, 404),
        (Method::Put, "cart/item/nothing", Value::Null, 404),
        // nothing looks at the cart without a key
        (Method::Delete, "cart/item/0", Value::Null, 404),
    ];
    for (method, path, body, status) in requests {
        let mut shopper = Shopper::with(json!({ "id": "1" }));
        let mut snapshot = shopper.shop.snapshot().clone();
        snapshot.products[0].price = Some("12".parse().unwrap());
        shopper.shop = Shop::new(snapshot);
        assert_eq!(shopper.send(method, path, body).0, status);
        let shown = shopper.get("cart/items").as_object().unwrap().values().next().unwrap().clone();
        let total = if path.ends_with('0') { 10 } else { 12 };
        assert_eq!(shown["totals"]["total"], total, "{path}");
    }
}

#[test]
fn what_the_body_calls_null_the_query_may_say() {
    let add = |query: &str, body: Value| {
        let (status, answer) =
            Shopper::new().send(Method::Post, &format!("cart/add-item?{query}"), body);
        let told = answer.get("code").unwrap_or(&answer["item_count"]).clone();
        (status, told, answer["message"].clone())
    };
    assert_eq!(add("", json!({ "id": null })).1, "rest_missing_callback_param");
    // cleaned, not checked: an empty text
    assert_eq!(add("id=1", json!({ "id": null })).1, "cocart_unknown_product_id");
    assert_eq!(add("id=1&quantity=2", json!({ "extra": null })).1, 2.0);
    let (_, code, message) = add("id=1&quantity=2", json!({ "quantity": null }));
    let expected = ("rest_invalid_param", "Invalid parameter(s): quantity");
    assert_eq!((code.as_str(), message.as_str()), (Some(expected.0), Some(expected.1)));
    // no parameters at all
    let null = Request::new(Method::Post, "/cocart/v2/cart/add-item").with_query("id", "1");
    let null = null.with_json(cocart_wasm::value::Value::Null);
    let answer = handle(&shop::shop(), Profile::V43, &mut Cart::new("own"), &null, 0);
    assert_eq!(answer.response.status, 200);
    // an undeclared one
    let mut shopper = Shopper::with(json!({ "id": "1" }));
    let body = json!({ "namespace": "update-customer", "first_name": null });
    let (_, cart) = shopper.send(Method::Post, "cart/update?first_name=Ann", body);
    assert_eq!(cart["customer"]["billing_address"]["billing_first_name"], "Ann");
}

#[test]
fn what_the_shop_no_longer_has_is_no_removed_item_either() {
    let mut shopper = Shopper::with(json!({ "id": "1" }));
    shopper.post("cart/add-item", json!({ "id": "11" }));
    let key = shopper.get("cart?fields=items")["items"][0]["item_key"].as_str().unwrap().to_owned();
    let path = format!("cart/item/{key}");
    let (_, left) = shopper.send(Method::Delete, &path, Value::Null);
    assert_eq!(left["removed_items"][0]["name"], "Mug");
    let mut snapshot: Snapshot = shopper.shop.snapshot().clone();
    snapshot.products[0].status = ProductStatus::Trash;
    shopper.shop = Shop::new(snapshot);
    assert_eq!(shopper.get("cart")["removed_items"], json!([]));
    let (status, answer) = shopper.send(Method::Put, &path, Value::Null);
    assert_eq!((status, &answer["message"]), (404, &json!("Item does not exist in cart.")));
}

#[test]
fn a_removed_item_of_which_the_catalogue_knows_nothing_yet_is_kept() {
    let mut shopper = Shopper::with(json!({ "id": "1" }));
    let key = shopper.get("cart?fields=items")["items"][0]["item_key"].as_str().unwrap().to_owned();
    shopper.send(Method::Delete, &format!("cart/item/{key}"), Value::Null);
    let known = shopper.shop.snapshot().clone();
    let mut unknown = Snapshot { complete: false, ..known.clone() };
    unknown.products.retain(|product| product.id != 1);
    shopper.shop = Shop::new(unknown);
    assert_eq!(shopper.get("cart")["removed_items"], json!([]));
    shopper.shop = Shop::new(known);
    let removed = shopper.get("cart")["removed_items"].to_string();
    assert!(removed.contains("\"name\":\"Mug\""), "{removed}");
}

#[test]
fn parameters_are_read_as_wordpress_reads_them() {
    let mut shopper = Shopper::with(json!({ "id": " mùg ", "phone": " 555 0100 " }));
    let phone = |cart: &Value| cart["customer"]["billing_address"]["billing_phone"].clone();
    assert_eq!(phone(&shopper.get("cart")), "555 0100");
    shopper.post("cart/add-item", json!({ "id": "1", "phone": "" }));
    assert_eq!(phone(&shopper.get("cart")), "");
    // undeclared, so that every text but the empty and "0" is true
    assert!(shopper.get("cart?raw=false").get("items").is_none());
    assert!(shopper.get("cart?raw=0").get("items").is_some());
    assert_eq!(Shopper::new().send(Method::Get, "cart?raw=1", Value::Null), (200, json!([])));
    assert_eq!(Shopper::new().send(Method::Get, "cart?default=1", Value::Null).0, 400);
    let (_, named) = shopper.post("cart/update", json!({ "namespace": " <b>no</b>  such\n" }));
    assert_eq!(named["message"], "There is no such namespace registered: no such.");
    let (_, data) = shopper.post("cart/update", json!({ "namespace": "update-cart", "data": "x" }));
    assert_eq!(data["data"]["params"]["data"], "data is not of type object.");
    assert_eq!(shopper.get("cart/items/count?return[]=x")["code"], "rest_invalid_param");
    let (status, _) = shopper.post("cart/calculate", json!({ "fields": null, "cart_key": null }));
    assert_eq!(status, 200);
    let (_, thumb) = shopper.post("cart/calculate", json!({ "thumb": null }));
    assert_eq!(thumb["message"], "Invalid parameter(s): thumb");
    let (_, group) =
        shopper.post("cart/add-items", json!({ "id": "3", "quantity": { "1": "2 of it" } }));
    assert_eq!(group["item_count"], 4.0);
    let update = json!({ "namespace": "update-customer", "first_name": " <i>Ann</i>  Lee " });
    let (_, cart) = shopper.post("cart/update", update);
    assert_eq!(cart["customer"]["billing_address"]["billing_first_name"], "Ann Lee");
}

#[test]
fn a_raw_cart_is_not_cocart_s_answer() {
    let shop = shop::shop();
    let mut cart = Cart::new("own");
    let mut key = |request: &Request| {
        let response = handle(&shop, Profile::V43, &mut cart, request, 0).response;
        response.header("CoCart-API-Cart-Key").map(str::to_owned)
    };
    let request = Request::new(Method::Get, "/cocart/v2/cart");
    assert_eq!(key(&request).as_deref(), Some("own"));
    assert_eq!(key(&request.with_query("raw", "1")), None);
}

#[test]
fn updates_are_allowed_to_who_names_a_namespace() {
    let shop = shop::shop();
    for (namespace, allow) in [("update-cart", Some("POST")), ("nothing", None)] {
        let request = Request::new(Method::Post, "/cocart/v2/cart/update");
        let request = request.with_query("namespace", namespace);
        let answer = handle(&shop, Profile::V43, &mut Cart::new("own"), &request, 0);
        assert_eq!(answer.response.header("Allow"), allow, "{namespace}");
    }
}

#[test]
fn a_list_as_a_quantity_is_one_if_there_is_anything_in_it() {
    let mut shopper = Shopper::with(json!({ "id": "1", "quantity": "3" }));
    let key = shopper.get("cart")["items"][0]["item_key"].as_str().unwrap().to_owned();
    for (quantity, count) in [
        (json!(["5"]), 1.0),
        (json!({ "a": 5 }), 1.0),
        (json!([]), 0.0),
        (json!("7 of it"), 7.0),
        (json!(true), 1.0),
    ] {
        let mut shopper = Shopper { shop: shop::shop(), cart: shopper.cart.clone() };
        let update = json!({ "namespace": "update-cart", "quantity": { key.as_str(): quantity } });
        let (_, cart) = shopper.post("cart/update", update);
        assert_eq!(cart["item_count"], count, "{quantity}");
    }
    let add = |quantity: Value| {
        let children = json!({ "id": "3", "quantity": { "1": quantity } });
        Shopper::new().post("cart/add-items", children).1["item_count"].clone()
    };
    assert_eq!(
        [add(json!(["2"])), add(json!(true)), add(json!([]))],
        [json!(1), json!(1), json!(null)]
    );
}

#[test]
fn a_price_that_is_none_goes_with_its_line() {
    let with_a_price = || {
        let mut snapshot = shop::shop().snapshot().clone();
        snapshot.versions.cocart = "4.3.6".into();
        let mut shopper = Shopper { shop: Shop::new(snapshot), cart: Cart::new("own") };
        shopper.post("cart/add-item", json!({ "id": "11", "price": "4" }));
        shopper
    };
    let mut shopper = with_a_price();
    let (_, cart) = shopper.post("cart/add-item", json!({ "id": "1", "price": "abc" }));
    assert_eq!((&cart["items"].as_array().unwrap().len(), &cart["item_count"]), (&1, &json!(2)));
    let (_, cart) = shopper.post("cart/add-item", json!({ "id": "1" }));
    let prices = |cart: &Value| -> Vec<(Value, Value)> {
        let items = cart["items"].as_array().unwrap().iter();
        items.map(|item| (item["name"].clone(), item["price"].clone())).collect()
    };
    let both = vec![(json!("Lamp"), json!("400")), (json!("Mug"), json!("1000"))];
    assert_eq!(prices(&cart), both);
    // a later request does not know the others' prices any more
    let mut shopper = with_a_price();
    shopper.post("cart/add-item?fields=item_count", json!({ "id": "1", "price": "abc" }));
    assert_eq!(prices(&shopper.get("cart")), [(json!("Lamp"), json!("400"))]);
    assert_eq!(prices(&shopper.get("cart")), [(json!("Lamp"), json!("1000"))]);
}
