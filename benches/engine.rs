//! What one change costs the engine, natively: 10, 100 and 1,000 lines (`cargo bench`).
#![allow(missing_docs, clippy::unwrap_used, reason = "a bench")]

use cocart_wasm::api::{Method, Profile, Request, handle};
use cocart_wasm::cart::Cart;
use cocart_wasm::map;
use cocart_wasm::store::{Product, Settings, Shop, Snapshot, TaxRate};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use std::hint::black_box;

fn shop(products: u64) -> Shop {
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

fn send(shop: &Shop, profile: Profile, cart: &mut Cart, path: &str, body: cocart_wasm::value::Map) {
    let request = Request::new(Method::Post, format!("/cocart/v2/{path}")).with_json(body);
    let answer = handle(shop, profile, cart, &request, 0);
    assert_eq!(answer.response.status, 200);
    black_box(answer);
}

fn one_change(criterion: &mut Criterion) {
    for (name, profile) in [("v4.3", Profile::V43), ("reference", Profile::Reference)] {
        let mut group = criterion.benchmark_group(format!("one quantity change, {name}"));
        for lines in [10u64, 100, 1000] {
            let shop = shop(lines);
            let mut cart = Cart::new("bench");
            for id in 1..=lines {
                let body = map! { "id": id.to_string(), "quantity": "1" };
                send(&shop, profile, &mut cart, "cart/add-item", body);
            }
            let key = cart.lines.first().unwrap().key.clone();
            let path = format!("cart/item/{key}");
            let mut quantity = 1u32;
            group.bench_function(BenchmarkId::from_parameter(lines), |bencher| {
                bencher.iter(|| {
                    quantity = quantity % 9 + 1;
                    let body = map! { "quantity": quantity.to_string() };
                    send(&shop, profile, &mut cart, &path, body);
                });
            });
        }
        group.finish();
    }
}

criterion_group!(benches, one_change);
criterion_main!(benches);
