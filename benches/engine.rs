//! What a change, a totals pass and each route cost the engine, natively (`cargo bench`).
#![allow(missing_docs, clippy::unwrap_used, reason = "a bench")]

mod common;

use cocart_wasm::api::{Method, Profile, Request, handle};
use cocart_wasm::cart::{Command, Visit};
use cocart_wasm::map;
use common::{cart, post, shop};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use std::hint::black_box;

fn one_change(criterion: &mut Criterion) {
    for (name, profile) in [("v4.3", Profile::V43), ("reference", Profile::Reference)] {
        let mut group = criterion.benchmark_group(format!("one quantity change, {name}"));
        for lines in [10u64, 100, 1000] {
            let shop = shop(lines);
            let mut cart = cart(&shop, profile, lines);
            let path = format!("cart/item/{}", cart.lines.first().unwrap().key);
            let mut quantity = 1u32;
            group.bench_function(BenchmarkId::from_parameter(lines), |bencher| {
                bencher.iter(|| {
                    quantity = quantity % 9 + 1;
                    let request = post(&path, map! { "quantity": quantity.to_string() });
                    black_box(handle(&shop, profile, &mut cart, &request, 0));
                });
            });
        }
        group.finish();
    }
}

/// The totals alone: a command that changes nothing and calculates.
fn totals(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("totals");
    for lines in [10u64, 100, 1000] {
        let shop = shop(lines);
        let mut cart = cart(&shop, Profile::Reference, lines);
        group.bench_function(BenchmarkId::from_parameter(lines), |bencher| {
            bencher.iter(|| {
                let mut visit = Visit::open(&shop, Profile::Reference, &mut cart, 0);
                black_box(visit.apply(&Command::Calculate).is_ok());
            });
        });
    }
    group.finish();
}

fn routes(criterion: &mut Criterion) {
    let shop = shop(110);
    let mut cart = cart(&shop, Profile::Reference, 100);
    let key = cart.lines.first().unwrap().key.clone();
    let get = |path: &str| Request::new(Method::Get, format!("/cocart/v2/{path}"));
    let requests = [
        ("GET cart", get("cart")),
        ("GET cart, one field", get("cart").with_query("fields", "totals")),
        ("GET cart/items", get("cart/items")),
        ("GET cart/items/count", get("cart/items/count")),
        ("GET cart/totals", get("cart/totals")),
        ("GET cart/item", get(&format!("cart/item/{key}"))),
        ("GET products/7", get("products/7")),
        ("GET v1/get-cart", Request::new(Method::Get, "/cocart/v1/get-cart")),
        ("no such route", get("cart/none")),
        ("a refused add", post("cart/add-item", map! { "id": "99999", "quantity": "1" })),
    ];
    let mut group = criterion.benchmark_group("routes, 100 lines");
    for (name, request) in &requests {
        group.bench_function(*name, |bencher| {
            bencher.iter(|| black_box(handle(&shop, Profile::Reference, &mut cart, request, 0)));
        });
    }
    group.finish();
}

criterion_group!(benches, one_change, totals, routes);
criterion_main!(benches);
