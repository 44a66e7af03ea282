//! The failure table of `docs/sync-tests.md`: each row that needs no browser, by name.

mod asleep;
mod data;
mod doubts;
mod emptied;
mod folding;
mod heard;
mod keys;
mod local;
mod merging;
mod outbox;
mod rekeyed;
mod requests;
mod shop;
mod storage;
mod tabs;
mod turns;
mod undo;

use cocart_wasm::api::{Method, Request};
use cocart_wasm::ports::Storage;
use cocart_wasm::sync::{Config, Event, Outcome, Outgoing, Stored, unseal};
use cocart_wasm::value::Value;
use simulation::desk::{Desk, Page};
use simulation::server::Cart;

const H: i64 = 30_000;

fn html() -> Outcome {
    Outcome::Unparsable { status: 200, headers: Vec::new() }
}

fn synced(desk: &mut Desk, lines: &[(i64, f64)]) -> Page {
    let mut page = desk.page();
    for (id, quantity) in lines {
        page.add(*id, *quantity, desk.now);
    }
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), lines);
    page
}

/// A page in the middle of a flush, and the answer that is on its way to it.
fn in_a_flush(desk: &mut Desk, config: &Config) -> (Page, (u64, Outcome)) {
    let mut busy = desk.page_with(config.clone());
    synced_into(desk, &mut busy, 1);
    busy.add(2, 1.0, desk.now);
    let answer = desk.lands(&mut busy);
    (busy, answer)
}

fn raw_keys(desk: &Desk, part: &str) -> Vec<String> {
    desk.shared.borrow().store.keys("shop:").into_iter().filter(|key| key.contains(part)).collect()
}

fn newest_base(desk: &Desk) -> String {
    let rev = |key: &String| {
        let raw = desk.shared.borrow().store.get(key).unwrap();
        match unseal(key, &raw) {
            Stored::Whole(value) => {
                value.get("rev").and_then(Value::as_f64).map_or(0, |rev| rev as i64)
            }
            _ => -1,
        }
    };
    raw_keys(desk, "base:").into_iter().max_by_key(rev).unwrap()
}

fn synced_into(desk: &mut Desk, page: &mut Page, id: i64) {
    page.add(id, 1.0, desk.now);
    desk.settles(page);
}

/// A customer's page whose lines are so old that nothing of ours explains what becomes of them.
fn customers(desk: &mut Desk, lines: &[(i64, f64)]) -> Page {
    let config = Config { prefix: "shop:".into(), signed_in: true, ..Config::default() };
    let mut page = desk.page_with(config);
    for (id, quantity) in lines {
        page.add(*id, *quantity, desk.now);
    }
    desk.settles(&mut page);
    desk.wait(&mut page, 3 * H);
    assert_eq!(desk.cart_of(&page), lines);
    page
}

/// Nobody knows whether the oldest request was carried out; it may still be.
fn given_up(desk: &Desk, page: &mut Page) -> Outgoing {
    let out = page.sent.remove(0);
    page.answer(out.id, Outcome::Unreachable, desk.now);
    out
}

/// The oldest request is given up for lost and looked after: it has not been carried out so far.
fn not_there_yet(desk: &mut Desk, page: &mut Page) -> Outgoing {
    let late = given_up(desk, page);
    desk.wait(page, 2_000);
    desk.answers(page);
    late
}

/// Line 1 is to be 7, but an earlier 5 that was given up for lost may still arrive after it.
fn held_behind_another(desk: &mut Desk, page: &mut Page) -> Outgoing {
    page.set(1, 5.0, desk.now);
    let late = given_up(desk, page);
    page.set(1, 7.0, desk.now);
    desk.wait(page, 2_000);
    desk.answers(page); // not there
    desk.answers(page); // the very same need not wait
    assert!(page.sent.is_empty(), "held");
    late
}

/// The cart is looked at when nothing of ours explains any more what became of it.
fn looks_much_later(desk: &mut Desk, page: &mut Page) {
    desk.wait(page, 3 * H);
    page.event(Event::SyncNow, desk.now);
    desk.settles(page);
}

fn runs(desk: &mut Desk, late: &Outgoing) {
    let _ = desk.server.handle(&late.request, late.authorized, desk.now.wall_ms);
}

/// The oldest request is carried out, something else happens to the cart, and the answer shows it.
fn answers_after(desk: &mut Desk, page: &mut Page, change: impl FnOnce(&mut Cart)) {
    let out = page.sent.remove(0);
    runs(desk, &out);
    let key = &page.journal.sync().base().cart_key;
    change(desk.server.carts.entry(key.clone()).or_default());
    let look = Request::new(Method::Get, "/cocart/v2/cart").with_query("cart_key", key.clone());
    let outcome = desk.server.handle(&look, false, desk.now.wall_ms);
    page.answer(out.id, outcome, desk.now);
}
