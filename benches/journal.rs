//! What keeping costs, natively: one command journalled, and a journal opened and replayed.
#![allow(missing_docs, clippy::unwrap_used, reason = "a bench")]

mod common;

use cocart_wasm::api::{Profile, handle};
use cocart_wasm::cart::{Cart, Command, Visit};
use cocart_wasm::map;
use cocart_wasm::ports::MemoryStorage;
use cocart_wasm::sync::{Config, Event, Journal, Mode, Now};
use common::{post, shop};
use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use std::hint::black_box;

const NOW: Now = Now { steady_ms: 1_000_000, wall_ms: 1_795_295_187_000 };

/// Offline, so that everything stays journalled.
fn config() -> Config {
    Config { mode: Mode::Manual, online: false, ..Config::default() }
}

/// A journal of so many additions.
fn journal(commands: u64) -> Journal<MemoryStorage> {
    let (mut journal, _) = Journal::open(config(), MemoryStorage::new(), NOW, [7; 32]);
    let shop = shop(100);
    let mut cart = Cart::new("bench");
    for at in 0..commands {
        let body = map! { "id": (at % 100 + 1).to_string(), "quantity": "1" };
        let answer = handle(&shop, Profile::Reference, &mut cart, &post("cart/add-item", body), 0);
        journal.step(
            Event::Command {
                command: answer.commands.into_iter().next().unwrap(),
                lines: Vec::new(),
            },
            NOW,
        );
    }
    journal
}

fn write(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("one command journalled, behind");
    for waiting in [0u64, 50, 500] {
        group.bench_function(BenchmarkId::from_parameter(waiting), |bencher| {
            bencher.iter_batched_ref(
                || journal(waiting),
                |journal| {
                    let command = Command::RemoveItem { item_key: "k".repeat(32) };
                    black_box(journal.step(Event::Command { command, lines: Vec::new() }, NOW));
                },
                BatchSize::LargeInput,
            );
        });
    }
    group.finish();
}

fn replay(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("open and replay");
    let shop = shop(100);
    for commands in [10u64, 100, 1000] {
        let storage = journal(commands).storage().clone();
        group.bench_function(BenchmarkId::from_parameter(commands), |bencher| {
            bencher.iter(|| {
                let (journal, _) = Journal::open(config(), storage.clone(), NOW, [8; 32]);
                let mut cart = Cart::default();
                for command in journal.sync().pending() {
                    drop(Visit::open(&shop, Profile::Reference, &mut cart, 0).apply(&command));
                }
                assert_eq!(cart.lines.len() as u64, commands.min(100));
                black_box(cart)
            });
        });
    }
    group.finish();
}

criterion_group!(benches, write, replay);
criterion_main!(benches);
