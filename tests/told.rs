//! What the journal is told of a request: a shop hears of nothing else.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

mod common;

use cocart_wasm::api::{Method, Profile, Request, handle, handle_lazily};
use cocart_wasm::cart::Command;
use cocart_wasm::map;
use cocart_wasm::store::DiscountType;
use cocart_wasm::value::Value;
use common::till::{NOW, RECORDED, Receipt, Till};

fn with_two_coupons() -> Receipt {
    let till = Till::excl([]).line("10", 2.0);
    let till = till.coupon(DiscountType::Percent, "10").coupon(DiscountType::FixedCart, "1");
    till.ring(RECORDED)
}

#[test]
fn each_coupon_that_goes_is_told() {
    let Receipt { shop, mut cart, .. } = with_two_coupons();
    let request = Request::new(Method::Delete, "/cocart/v2/cart/coupons");
    let answer = handle(&shop, Profile::Reference, &mut cart, &request, NOW);
    assert_eq!((answer.response.status, cart.coupons.len()), (200, 0));
    let gone = |code: &str| Command::RemoveCoupon { coupon: code.to_owned() };
    assert_eq!(answer.commands, [gone("c1"), gone("c2")]);
}

#[test]
fn the_lines_that_items_went_to_are_told_item_by_item_of_a_refused_list_too() {
    let Receipt { shop, mut cart, .. } =
        Till::excl([]).line("10", 1.0).line("20", 1.0).ring(RECORDED);
    let item = |id: u64| Value::from(map! { "id": id.to_string(), "quantity": "1" });
    let [first, second] =
        [0, 1].map(|at| (cart.lines[at].key.clone(), item(cart.lines[at].sold_id())));
    let list = [&second.1, &first.1, &second.1, &item(9999)].map(Clone::clone);
    for (count, status) in [(3, 200), (4, 400)] {
        let body = map! { "items": list[..count].to_vec() };
        let request = Request::new(Method::Post, "/cocart/v2/cart/add-items").with_json(body);
        let answer = handle(&shop, Profile::Reference, &mut cart, &request, NOW);
        assert_eq!((answer.response.status, answer.commands.len()), (status, 1));
        assert_eq!(answer.added.iter().collect::<Vec<_>>(), [&second.0, &first.0, &second.0]);
    }
}

#[test]
fn a_hash_that_is_read_later_is_the_hash_of_its_own_answer() {
    let Receipt { shop, mut cart, .. } = with_two_coupons();
    let key = cart.lines[0].key.clone();
    let mut read_later = Vec::new();
    for quantity in 1..100_i64 {
        let body = map! { "quantity": quantity.to_string() };
        let path = format!("/cocart/v2/cart/item/{key}");
        let request = Request::new(Method::Post, path).with_json(body);
        let mut other = cart.clone();
        let at_once = handle(&shop, Profile::V43, &mut other, &request, NOW);
        let answer = handle_lazily(&shop, Profile::V43, &mut cart, &request, NOW, true);
        assert_eq!(answer.response.headers, at_once.response.headers);
        let cart_hash = |body: &Option<Value>| body.as_ref().unwrap().get("cart_hash").cloned();
        assert_eq!(cart_hash(&answer.response.body), Some(Value::Null));
        read_later.push((answer.hash.unwrap(), cart_hash(&at_once.response.body).unwrap()));
    }
    for (hash, text) in &read_later {
        assert_eq!(hash.text(&cart), text.as_str().unwrap());
    }
    let texts: std::collections::HashSet<_> =
        read_later.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(texts.len(), read_later.len());
}
