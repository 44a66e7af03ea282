//! The shop and the cart that the native benches share.
#![allow(dead_code, clippy::unwrap_used, reason = "each bench uses a part")]

use cocart_wasm::api::{Method, Profile, Request, handle};
use cocart_wasm::cart::Cart;
use cocart_wasm::map;
use cocart_wasm::store::{Product, Settings, Shop, Snapshot, TaxRate};
use cocart_wasm::value::Map;

/// A shop with taxes and so many products.
pub(crate) fn shop(products: u64) -> Shop {
    Shop::new(Snapshot {
        complete: true,
        settings: Settings { calc_taxes: true, ..Settings::default() },
        tax_rates: vec![TaxRate { id: 1, rate: "20".parse().unwrap(), ..TaxRate::default() }],
        products: (1..=products)
            .map(|id| Product {
                id,
                name: format!("Product {id}"),
                slug: format!("product-{id}"),
                sku: format!("SKU-{id}"),
                price: format!("{}.{:02}", id % 90 + 1, id % 100).parse().ok(),
                ..Product::default()
            })
            .collect(),
        ..Snapshot::default()
    })
}

/// A request that changes something.
pub(crate) fn post(path: &str, body: Map) -> Request {
    Request::new(Method::Post, format!("/cocart/v2/{path}")).with_json(body)
}

/// A cart with a line for each product.
pub(crate) fn cart(shop: &Shop, profile: Profile, lines: u64) -> Cart {
    let mut cart = Cart::new("bench");
    for id in 1..=lines {
        let request = post("cart/add-item", map! { "id": id.to_string(), "quantity": "1" });
        assert_eq!(handle(shop, profile, &mut cart, &request, 0).response.status, 200);
    }
    cart
}
