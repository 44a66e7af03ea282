//! `GET cocart/v2`: WordPress's index of the namespace.

use crate::api::Method;
use crate::map;
use crate::store::Shop;
use crate::value::{Map, Value};

const ITEM: &str = r"cart/item/(?P<item_key>[\w]+)";

/// The routes in the order CoCart registers them, with their methods.
const ROUTES: [(&str, &[Method]); 12] = [
    ("", &[Method::Get]),
    ("store", &[Method::Get]),
    ("cart", &[Method::Get]),
    ("cart/add-item", &[Method::Post]),
    ("cart/add-items", &[Method::Post]),
    (ITEM, &[Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete]),
    ("cart/items", &[Method::Get]),
    ("cart/items/count", &[Method::Get]),
    ("cart/calculate", &[Method::Post]),
    ("cart/clear", &[Method::Post]),
    ("cart/update", &[Method::Post]),
    ("cart/totals", &[Method::Get]),
];

/// The index. The recorded server also describes every argument of every route in its own PHP's
/// words, which no cart needs.
pub(super) fn namespace(shop: &Shop) -> Map {
    let home = &shop.snapshot().store.home_url;
    let mut routes = Map::with_capacity(ROUTES.len());
    for (path, methods) in ROUTES {
        let path = format!("/cocart/v2{}{path}", if path.is_empty() { "" } else { "/" });
        let methods: Vec<Value> = methods.iter().map(|method| method.name().into()).collect();
        routes.push(path, map! { "namespace": "cocart/v2", "methods": methods });
    }
    let up: Vec<Value> = vec![map! { "href": format!("{home}/wp-json/") }.into()];
    map! { "namespace": "cocart/v2", "routes": routes, "_links": map! { "up": up } }
}
