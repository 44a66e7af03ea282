//! Several tabs, and clocks.

use crate::{H, newest_base, raw_keys, synced, synced_into};
use cocart_wasm::ports::Storage;
use cocart_wasm::sync::{Config, Event, Notification, Outcome};
use simulation::desk::{Desk, Page};

#[test]
fn two_tabs_that_write_at_once_both_count() {
    let mut desk = Desk::new();
    let (mut one, mut two) = (desk.page(), desk.page());
    two.wants_lock = true; // the other has it
    one.add(1, 1.0, desk.now);
    two.add(1, 2.0, desk.now);
    desk.settles(&mut one);
    two.wants_lock = false;
    let effects = two.journal.lock_granted(desk.now);
    two.carry_out(effects, desk.now);
    desk.settles(&mut two);
    assert_eq!(desk.cart_of(&one), [(1, 3.0)]);
    assert_eq!(two.shows(), [(1, 3.0)]);
}

#[test]
fn a_tab_back_from_the_cache_reads_everything_again() {
    let mut desk = Desk::new();
    let mut old = synced(&mut desk, &[(1, 1.0)]);
    old.event(Event::PageHide, desk.now);
    let mut other = desk.page();
    other.set(1, 4.0, desk.now);
    desk.settles(&mut other);
    let effects = old.journal.page_show(desk.now);
    old.carry_out(effects, desk.now);
    assert_eq!(old.shows(), [(1, 4.0)]);
}

#[test]
fn a_page_that_goes_lets_the_lock_go_and_the_next_settles_its_request() {
    let mut desk = Desk::new();
    let mut page = desk.page();
    page.add(1, 2.0, desk.now);
    let late = desk.lands(&mut page);
    page.event(Event::PageHide, desk.now);
    page.answer(late.0, late.1, desk.now); // nobody is home
    let mut next = desk.page();
    desk.settles(&mut next);
    assert_eq!(desk.cart_of(&next), [(1, 2.0)]);
}

#[test]
fn an_overtaken_tab_writes_nothing() {
    let mut desk = Desk::new();
    let mut frozen = synced(&mut desk, &[(1, 1.0)]);
    frozen.set(1, 2.0, desk.now);
    let answer = desk.lands(&mut frozen);
    // its lock was taken from it
    let mut other = desk.page();
    desk.settles(&mut other);
    other.set(1, 9.0, desk.now);
    desk.settles(&mut other);
    let base = desk.shared.borrow().store.get(&newest_base(&desk));
    frozen.wants_lock = true;
    frozen.answer(answer.0, answer.1, desk.now);
    assert_eq!(desk.shared.borrow().store.get(&newest_base(&desk)), base);
    assert!(frozen.sent.is_empty());
    assert_eq!(desk.cart_of(&other), [(1, 9.0)]);
}

#[test]
fn without_web_locks_every_flush_looks_first_and_only_the_visible_tab_flushes() {
    let mut desk = Desk::new();
    let config =
        Config { prefix: "shop:".into(), locks: false, visible: false, ..Config::default() };
    let mut page = desk.page_with(config);
    page.add(1, 1.0, desk.now);
    assert!(page.sent.is_empty());
    page.event(Event::Visible(true), desk.now);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 1.0)]);
    page.set(1, 2.0, desk.now);
    assert_eq!(page.sent[0].request.method.name(), "GET");
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 2.0)]);
}

#[test]
fn a_wall_clock_set_back_reorders_nothing() {
    let mut desk = Desk::new();
    let offline = Config { prefix: "shop:".into(), online: false, ..Config::default() };
    let mut page = desk.page_with(offline.clone());
    page.add(1, 5.0, desk.now);
    desk.now.wall_ms -= 1_000_000_000;
    page.set(1, 2.0, desk.now);
    assert_eq!(page.shows(), [(1, 2.0)]);
    assert_eq!(desk.page_with(offline).shows(), [(1, 2.0)]);
}

#[test]
fn a_steady_clock_that_goes_back_begins_the_wait_anew() {
    let mut desk = Desk::new();
    let mut page =
        desk.page_with(Config { prefix: "shop:".into(), move_lines: 0, ..Config::default() });
    synced_into(&mut desk, &mut page, 2);
    page.add(1, 2.0, desk.now);
    let late = page.sent.remove(0);
    page.answer(late.id, Outcome::Unreachable, desk.now);
    drop(page);
    desk.now.steady_ms = 5; // the browser was restarted
    let mut page =
        desk.page_with(Config { prefix: "shop:".into(), move_lines: 0, ..Config::default() });
    desk.answers(&mut page); // the look: not there
    assert!(page.sent.is_empty(), "held");
    desk.wait(&mut page, H + 1);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 2.0), (2, 1.0)]);
}

/// What is stored under the keys with `part` in them reaches the page as `storage` events do.
fn hears(page: &mut Page, desk: &Desk, part: &str) {
    for key in raw_keys(desk, part) {
        let raw = desk.shared.borrow().store.get(&key);
        let effects = page.journal.storage_changed(&key, raw.as_deref(), desk.now);
        page.carry_out(effects, desk.now);
    }
}

#[test]
fn another_tabs_command_shows_at_once_and_is_sent_once() {
    let mut desk = Desk::new();
    let offline = Config { prefix: "shop:".into(), online: false, ..Config::default() };
    let (mut one, mut two) = (desk.page_with(offline.clone()), desk.page_with(offline));
    one.add(1, 1.0, desk.now);
    hears(&mut two, &desk, "op:");
    assert_eq!(two.shows(), [(1, 1.0)]);
    assert!(two.told.contains(&Notification::Changed));
    two.add(1, 2.0, desk.now);
    two.event(Event::Online(true), desk.now);
    desk.settles(&mut two);
    hears(&mut one, &desk, "base:");
    assert_eq!((one.shows(), desk.cart_of(&two)), (vec![(1, 3.0)], vec![(1, 3.0)]));
    assert_eq!(one.journal.sync().status().pending, 0);
}

#[test]
fn a_command_copied_under_another_key_is_not_done_twice() {
    let mut desk = Desk::new();
    let offline = Config { prefix: "shop:".into(), online: false, ..Config::default() };
    let mut page = desk.page_with(offline.clone());
    page.add(1, 1.0, desk.now);
    let key = raw_keys(&desk, "op:").remove(0);
    let raw = desk.shared.borrow().store.get(&key).unwrap();
    for copy in ["shop:op:copied:1", &key.replace(":1", ":7")] {
        desk.shared.borrow_mut().store.set(copy, &raw).unwrap();
    }
    let page = desk.page_with(offline);
    assert_eq!(page.shows(), [(1, 1.0)]);
    assert_eq!(raw_keys(&desk, "corrupt:").len(), 2);
}

#[test]
fn an_old_cart_is_looked_at_again_when_the_page_is_seen_and_a_fresh_one_is_not() {
    for (age, looks) in [(59_000, 0), (61_000, 1), (-1_000, 1)] {
        let mut desk = Desk::new();
        let mut page = synced(&mut desk, &[(1, 1.0)]);
        page.event(Event::Visible(false), desk.now);
        desk.now.wall_ms += age;
        page.event(Event::Visible(true), desk.now);
        assert_eq!(page.sent.len(), looks, "{age}");
    }
}
