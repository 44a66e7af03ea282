//! A shopper who means it, so that there is a cart to be hostile to.

use crate::requests::{Sent, document};
use cocart_wasm::api::{Body, Method};
use cocart_wasm::value::{Map, Value};
use proptest::prelude::*;

fn text(text: &str) -> Value {
    Value::text(text)
}

fn map(entries: Vec<(&'static str, Value)>) -> Value {
    entries.into_iter().collect::<Map>().into()
}

type Route = (Method, &'static str, Option<Value>);

fn namespace(name: &str, name_of_value: &'static str, value: Value) -> Route {
    let body = map(vec![("namespace", text(name)), (name_of_value, value)]);
    (Method::Post, "v2/cart/update", Some(body))
}

fn quantity() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["1", "1", "2", "3", "3", "1.5", "0", "7", "1000000", "9e18"])
}

fn add() -> impl Strategy<Value = Route> {
    let id = (1u64..9).prop_map(|id| id.to_string());
    let price = prop::sample::select(vec!["0.5", "-5", "abc", "1e3", "99999999999999999999", "0"]);
    (id, quantity(), prop::option::weighted(0.2, price), prop::option::weighted(0.2, document()))
        .prop_map(|(id, quantity, price, data)| {
            let mut body = vec![("id", text(&id)), ("quantity", text(quantity))];
            body.extend(price.map(|price| ("price", text(price))));
            body.extend(data.map(|data| ("item_data", data)));
            (Method::Post, "v2/cart/add-item", Some(map(body)))
        })
}

fn sent((method, path, body): Route, line: usize) -> Sent {
    Sent {
        method,
        path: format!("/cocart/{path}"),
        query: Vec::new(),
        headers: Vec::new(),
        body: body.map_or(Body::Empty, Body::Json),
        line,
    }
}

/// Something is put into the cart.
pub(crate) fn adding() -> impl Strategy<Value = Sent> {
    add().prop_map(|route| sent(route, 0))
}

/// A request by someone who means it, so that there is a cart to be hostile to.
pub(crate) fn sensible() -> impl Strategy<Value = Sent> {
    let code = prop::sample::select(vec!["c1", "C2", "c3"]);
    let rate = prop::sample::select(vec!["flat_rate:0", "flat_rate:1", "local_pickup:1"]);
    let place = prop::sample::select(vec!["US", "GB", "XX", "CA", "", "AB5", "90001"]);
    let amount = prop::sample::select(vec!["5", "-5", "0.005", "-1e15", "1e15"]);
    let field = prop::sample::select(vec!["country", "state", "postcode", "city"]);
    let update = quantity().prop_map(|quantity| {
        (Method::Post, "v2/cart/item/{key}", Some(map(vec![("quantity", text(quantity))])))
    });
    let update_cart = quantity().prop_map(|quantity| {
        namespace("update-cart", "quantity", map(vec![("{key}", text(quantity))]))
    });
    let coupon = code.prop_map(|code| namespace("oracle-apply-coupon", "coupon", text(code)));
    let choose = rate.prop_map(|rate| namespace("oracle-choose-shipping", "rate", text(rate)));
    let address = (field, place).prop_map(|(field, place)| {
        namespace("oracle-set-address", "address", map(vec![(field, text(place))]))
    });
    let fee = (amount, any::<bool>()).prop_map(|(amount, taxable)| {
        let fee =
            vec![("name", text("Fee")), ("amount", text(amount)), ("taxable", taxable.into())];
        (Method::Post, "v2/cart/add-fee", Some(map(fee)))
    });
    let plain = prop::sample::select(vec![
        (Method::Get, "v2/cart", None),
        (Method::Get, "v2/cart/totals", None),
        (Method::Get, "v2/cart/items", None),
        (Method::Get, "v2/cart/item/{key}", None),
        (Method::Put, "v2/cart/item/{key}", None),
        (Method::Delete, "v2/cart/item/{key}", None),
        (Method::Post, "v2/cart/calculate", None),
        (Method::Post, "v2/cart/clear", None),
        (Method::Get, "v1/get-cart", None),
    ]);
    let request = prop_oneof![
        6 => add(),
        2 => update,
        1 => update_cart,
        2 => coupon,
        1 => choose,
        1 => address,
        1 => fee,
        2 => plain,
    ];
    (request, 0usize..4).prop_map(|(route, line)| sent(route, line))
}
