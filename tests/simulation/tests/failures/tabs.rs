//! Several tabs, and clocks.

use crate::{H, newest_base, raw_keys, synced, synced_into};
use cocart_wasm::ports::Storage;
use cocart_wasm::sync::{Config, Effect, Event, Notification, Outcome, Stored, unseal};
use cocart_wasm::value::Value;
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
    two.happens(desk.now, |journal, now| journal.lock_granted(now));
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
    old.happens(desk.now, |journal, now| journal.page_show(now));
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
    assert!(!page.sent.is_empty(), "no longer than that");
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 2.0), (2, 1.0)]);
}

/// What is stored under the keys with `part` in them reaches the page as `storage` events do.
pub(crate) fn hears(page: &mut Page, desk: &Desk, part: &str) {
    for key in raw_keys(desk, part) {
        page.happens(desk.now, |journal, now| journal.storage_changed(&key, now));
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
    let key = raw_keys(&desk, ":op:").remove(0);
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
    for (age, looks) in [(60_000, 0), (60_001, 1), (-1, 1)] {
        let mut desk = Desk::new();
        let mut page = synced(&mut desk, &[(1, 1.0)]);
        page.event(Event::Visible(false), desk.now);
        desk.now.wall_ms += age;
        page.event(Event::Visible(true), desk.now);
        assert_eq!(page.sent.len(), looks, "{age}");
    }
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0)]);
    desk.now.wall_ms += 61_000;
    page.event(Event::Visible(true), desk.now);
    assert!(page.sent.is_empty(), "it was seen all along");
}

/// The page hears that keys went, which they do.
pub(crate) fn hears_gone(page: &mut Page, desk: &Desk, keys: &[String]) {
    for key in keys {
        desk.shared.borrow_mut().store.remove(key);
        page.happens(desk.now, |journal, now| journal.storage_changed(key, now));
    }
}

#[test]
fn commands_erased_before_anything_was_sent_go_from_every_tab() {
    let mut desk = Desk::new();
    let offline = Config { prefix: "shop:".into(), online: false, ..Config::default() };
    let (mut one, mut two) = (desk.page_with(offline.clone()), desk.page_with(offline));
    one.add(1, 1.0, desk.now);
    one.add(3, 1.0, desk.now);
    two.add(2, 1.0, desk.now);
    hears(&mut two, &desk, "op:");
    assert_eq!(two.shows(), [(1, 1.0), (2, 1.0), (3, 1.0)]);
    let keys = raw_keys(&desk, ":op:");
    let (own, others) = (keys.iter().position(|key| desk_key_adds(&desk, key, 2)).unwrap(), keys);
    let own = others[own].clone();
    one.event(Event::Forget, desk.now);
    two.told.clear();
    let others: Vec<String> = others.into_iter().filter(|key| *key != own).collect();
    hears_gone(&mut two, &desk, &others[..1]);
    assert_eq!(two.shows().len(), 2);
    assert!(two.told.contains(&Notification::Changed));
    hears_gone(&mut two, &desk, &others);
    assert_eq!(two.shows(), [(2, 1.0)]);
    hears_gone(&mut two, &desk, &[own]);
    assert_eq!(two.shows(), []);
}

fn desk_key_adds(desk: &Desk, key: &str, id: i64) -> bool {
    desk.shared.borrow().store.get(key).unwrap().contains(&format!("\"id\":\"{id}\""))
}

#[test]
fn a_slot_or_a_command_that_goes_in_its_turn_takes_nothing_along() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0)]);
    page.event(Event::Online(false), desk.now);
    let mut other =
        desk.page_with(Config { prefix: "shop:".into(), online: false, ..Config::default() });
    other.add(2, 1.0, desk.now);
    hears(&mut page, &desk, ":op:");
    let commands = raw_keys(&desk, ":op:");
    let newest = newest_base(&desk);
    let old: Vec<String> =
        raw_keys(&desk, "base:").into_iter().filter(|own| *own != newest).collect();
    hears_gone(&mut page, &desk, &old);
    hears_gone(&mut page, &desk, &commands);
    assert_eq!(page.shows(), [(1, 1.0), (2, 1.0)]);
    // the newest is another matter
    hears_gone(&mut page, &desk, &[newest]);
    assert_eq!(page.shows(), []);
}

#[test]
fn records_heard_of_late_are_no_news_to_who_has_read_them() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0)]);
    page.set(1, 2.0, desk.now);
    desk.settles(&mut page);
    page.told.clear();
    hears(&mut page, &desk, "base:");
    assert_eq!(page.shows(), [(1, 2.0)]);
    assert!(!page.told.contains(&Notification::Changed), "nothing it did not know");
}

#[test]
fn a_page_takes_the_key_of_commands_whose_page_is_gone_and_looks_first() {
    let mut desk = Desk::new();
    let offline = Config { prefix: "shop:".into(), online: false, ..Config::default() };
    let mut gone = desk.page_with(offline.clone());
    gone.add(1, 1.0, desk.now);
    let key = gone.journal.sync().base().cart_key.clone();
    drop(gone);
    let mut page = desk.page_with(offline);
    assert_eq!(page.journal.sync().base().cart_key, key);
    // a browser that was killed may have sent it
    page.event(Event::Online(true), desk.now);
    assert_eq!(page.sent[0].request.method.name(), "GET");
    desk.settles(&mut page);
    assert_eq!((&page.journal.sync().base().cart_key, desk.cart_of(&page)), (&key, vec![(1, 1.0)]));
    // … but not the key the app has of its own
    let mut desk = Desk::new();
    let own = |cart_key: Option<&str>| Config {
        prefix: "shop:".into(),
        online: false,
        cart_key: cart_key.map(str::to_owned),
        ..Config::default()
    };
    desk.page_with(own(None)).add(1, 1.0, desk.now);
    let page = desk.page_with(own(Some("mine")));
    assert_eq!(page.journal.sync().base().cart_key, "mine");
}

#[test]
fn a_tab_frozen_since_before_a_sign_out_does_not_bring_the_customers_cart_back() {
    let mut desk = Desk::new();
    let config = Config { prefix: "shop:".into(), signed_in: true, ..Config::default() };
    let mut frozen = desk.page_with(config.clone());
    frozen.add(1, 1.0, desk.now);
    desk.settles(&mut frozen);
    frozen.add(2, 1.0, desk.now);
    let answer = desk.lands(&mut frozen);
    let known = rev(&desk);
    // its lock was taken from it
    let mut other = desk.page_with(config);
    other.event(Event::SignedOut, desk.now);
    // the new cart's record may not come to look like the old one's
    for _ in 0..4 {
        other.add(3, 1.0, desk.now);
        if rev(&desk) == known {
            break;
        }
        desk.settles(&mut other);
    }
    let stored = desk.shared.borrow().store.get(&newest_base(&desk));
    frozen.wants_lock = true;
    frozen.answer(answer.0, answer.1, desk.now);
    assert_eq!(desk.shared.borrow().store.get(&newest_base(&desk)), stored);
    frozen.happens(desk.now, |journal, now| journal.page_show(now));
    assert_eq!(frozen.shows(), other.shows());
    assert!(!frozen.journal.sync().status().signed_in);
}

fn rev(desk: &Desk) -> Option<f64> {
    let key = newest_base(desk);
    match unseal(&key, &desk.shared.borrow().store.get(&key)?) {
        Stored::Whole(value) => value.get("rev").and_then(Value::as_f64),
        _ => None,
    }
}

#[test]
fn a_tab_that_waits_for_credentials_goes_on_as_a_guest_when_another_signs_out() {
    for seen in [false, true] {
        let mut desk = Desk::new();
        let config = Config { prefix: "shop:".into(), signed_in: true, ..Config::default() };
        let mut page = desk.page_with(config.clone());
        page.add(1, 1.0, desk.now);
        desk.fails(&mut page, Outcome::NotSent);
        assert!(page.journal.sync().status().unauthorized);
        let gone = raw_keys(&desk, "base:");
        let mut other = desk.page_with(config);
        other.event(Event::SignedOut, desk.now);
        if seen {
            hears_gone(&mut page, &desk, &gone);
        }
        other.add(2, 1.0, desk.now);
        desk.settles(&mut other);
        page.event(Event::PageHide, desk.now);
        page.happens(desk.now, |journal, now| journal.page_show(now));
        let status = page.journal.sync().status();
        assert!(!status.unauthorized && !status.signed_in);
        page.add(2, 1.0, desk.now);
        desk.settles(&mut page);
        assert_eq!(desk.cart_of(&page), [(2, 2.0)]);
    }
}

#[test]
fn a_lock_that_is_granted_to_a_page_that_is_gone_is_given_back() {
    let mut desk = Desk::new();
    let mut page = desk.page();
    page.wants_lock = true; // another one has it
    page.add(1, 1.0, desk.now);
    page.event(Event::PageHide, desk.now);
    let effects = page.journal.lock_granted(desk.now);
    assert_eq!(effects, [Effect::ReleaseLock]);
}

#[test]
fn the_record_does_not_grow_with_every_page_load() {
    let mut desk = Desk::new();
    drop(synced(&mut desk, &[(1, 1.0)]));
    let mut after = |pages: i64| {
        for page in 0..pages {
            let mut own = desk.page();
            desk.settles(&mut own);
            own.set(1, 2.0 + (page % 2) as f64, desk.now);
            desk.settles(&mut own);
            assert_eq!(own.shows(), desk.cart_of(&own));
            desk.wait(&mut own, 2 * H);
        }
        desk.shared.borrow().store.get(&newest_base(&desk)).unwrap().len()
    };
    let (before, more) = (after(230), after(20));
    assert!(more < before + 200, "{before}, then {more}");
}

#[test]
fn the_record_does_not_grow_with_every_command() {
    let mut desk = Desk::new();
    let mut tabs = [synced(&mut desk, &[(1, 1.0)]), desk.page()];
    let mut after = |commands: i64| {
        for command in 0..commands {
            // now one is idle and now the other, for as long as their commands are stored
            let page = &mut tabs[usize::from(command / 5 % 2 == 1)];
            page.set(1, 2.0 + (command % 2) as f64, desk.now);
            desk.settles(page);
            desk.wait(page, 2 * H);
        }
        desk.shared.borrow().store.get(&newest_base(&desk)).unwrap().len()
    };
    let (before, more) = (after(20), after(100));
    assert!(more < before + 50, "{before}, then {more}");
}
