//! What a tab hears of the others late, or in the middle of its own doings.

use crate::storage::sealed_as;
use crate::tabs::{hears, hears_gone};
use crate::{customers, given_up, held_behind_another, newest_base, raw_keys, synced};
use cocart_wasm::ports::Storage;
use cocart_wasm::sync::{Config, Event, Outcome};
use simulation::desk::{Desk, Page};

#[test]
fn what_another_tab_of_before_was_shown_as_its_key_is_not_taken_for_a_moved_carts() {
    let mut desk = Desk::new();
    let mut behind = desk.page();
    behind.wants_lock = true; // and never hears of anything
    let mut page = synced(&mut desk, &[(1, 1.0)]);
    page.add(2, 1.0, desk.now);
    desk.fails(&mut page, Outcome::Unreachable);
    desk.settles(&mut page);
    let key = page.journal.sync().base().cart_key.clone();
    behind.add(3, 1.0, desk.now);
    assert_ne!(behind.journal.sync().base().cart_key, key);
    page.event(Event::Online(false), desk.now);
    hears(&mut page, &desk, "op:");
    assert_eq!(page.journal.sync().base().cart_key, key);
    page.event(Event::Online(true), desk.now);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 1.0), (2, 1.0), (3, 1.0)]);
}

#[test]
fn what_is_added_while_a_cart_goes_slot_by_slot_stays() {
    for lines in [1, 2] {
        let mut desk = Desk::new();
        let lines: Vec<(i64, f64)> = (1..=lines).map(|id| (id, 1.0)).collect();
        let mut page = synced(&mut desk, &lines);
        page.event(Event::Online(false), desk.now);
        let mut slots = raw_keys(&desk, "base:");
        let newest = newest_base(&desk);
        slots.sort_by_key(|key| *key != newest);
        for key in raw_keys(&desk, "") {
            desk.shared.borrow_mut().store.remove(&key);
        }
        hears_gone(&mut page, &desk, &slots[..1]);
        page.add(9, 1.0, desk.now);
        hears_gone(&mut page, &desk, &slots[1..]);
        assert_eq!(page.shows(), [(9, 1.0)]);
    }
}

#[test]
fn a_write_in_doubt_is_looked_after_while_another_line_is_held() {
    let mut desk = Desk::new();
    let mut page = customers(&mut desk, &[(1, 1.0), (2, 1.0)]);
    let signed_in = Config { prefix: "shop:".into(), signed_in: true, ..Config::default() };
    let mut other = desk.page_with(Config { online: false, ..signed_in });
    let _ = held_behind_another(&mut desk, &mut page);
    other.set(2, 3.0, desk.now);
    hears(&mut page, &desk, "op:");
    let _ = given_up(&desk, &mut page);
    desk.wait(&mut page, 2_000);
    assert_eq!(page.sent.len(), 1, "now, not only when the line may be written to");
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 7.0), (2, 3.0)]);
}

#[test]
fn a_page_that_hears_of_a_newer_record_looks_before_its_first_write_all_the_same() {
    let mut desk = Desk::new();
    let offline = Config { prefix: "shop:".into(), online: false, ..Config::default() };
    let mut other = desk.page_with(offline.clone());
    let stores_a_record_and_sends_nothing = |other: &mut Page, desk: &Desk| {
        other.add(1, 1.0, desk.now);
        other.remove(1, desk.now);
        other.event(Event::Online(true), desk.now);
        assert!(other.sent.is_empty() && !raw_keys(desk, "base:").is_empty());
        other.event(Event::Online(false), desk.now);
    };
    stores_a_record_and_sends_nothing(&mut other, &desk);
    // a killed browser may have sent something under this key and forgotten it
    let mut page = desk.page_with(offline);
    stores_a_record_and_sends_nothing(&mut other, &desk);
    hears(&mut page, &desk, "base:");
    page.add(2, 1.0, desk.now);
    page.event(Event::Online(true), desk.now);
    assert_eq!(page.sent[0].request.method.name(), "GET");
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(2, 1.0)]);
}

#[test]
fn a_newer_schema_written_by_another_tab_stops_this_one() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0)]);
    let newer = sealed_as(9, "{\"rev\":99}");
    let key = newest_base(&desk);
    desk.shared.borrow_mut().store.set(&key, &newer).unwrap();
    page.happens(desk.now, |journal, now| journal.storage_changed(&key, now));
    assert!(page.was_told("storage_newer_schema") && page.journal.sync().status().read_only);
    page.set(1, 2.0, desk.now);
    assert!(page.sent.is_empty());
}
