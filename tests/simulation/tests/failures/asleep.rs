//! Tabs that slept, frozen or behind the lock, and what they show once they hear or are seen.

use crate::tabs::hears;
use crate::{in_a_flush, raw_keys, synced};
use cocart_wasm::sync::{Config, Effect, Event, Notification};
use simulation::desk::{Desk, Page};

/// Everything that changed in storage since `before` reaches the page as `storage` events do: the
/// keys in any order, and what stands there by then.
fn hears_all_since(page: &mut Page, desk: &Desk, before: Vec<String>) {
    let mut keys = raw_keys(desk, "");
    keys.extend(before);
    keys.sort();
    keys.dedup();
    for key in keys {
        page.happens(desk.now, |journal, now| journal.storage_changed(&key, now));
    }
}

#[test]
fn a_tab_that_slept_while_another_signed_out_shows_nothing_of_the_customers_once_it_hears() {
    for pages in 0..16 {
        let mut desk = Desk::new();
        for _ in 0..pages {
            drop(desk.page()); // the new cart's records count from elsewhere each time
        }
        let config = Config { prefix: "shop:".into(), signed_in: true, ..Config::default() };
        let mut asleep = desk.page_with(config.clone());
        asleep.add(1, 1.0, desk.now);
        desk.settles(&mut asleep);
        asleep.wants_lock = true;
        asleep.add(2, 1.0, desk.now);
        let before = raw_keys(&desk, "");
        let mut other = desk.page_with(config);
        other.event(Event::SignedOut, desk.now);
        other.add(3, 1.0, desk.now);
        desk.settles(&mut other);
        hears_all_since(&mut asleep, &desk, before);
        assert_eq!(asleep.shows(), [(3, 1.0)], "{pages}");
        assert!(!asleep.journal.sync().status().signed_in, "{pages}");
    }
}

#[test]
fn a_tab_that_heard_nothing_while_it_slept_shows_what_is_there_when_it_is_seen() {
    let mut desk = Desk::new();
    let config = Config { prefix: "shop:".into(), signed_in: true, ..Config::default() };
    let mut asleep = desk.page_with(config.clone());
    asleep.add(1, 1.0, desk.now);
    desk.settles(&mut asleep);
    asleep.happens(desk.now, |journal, now| journal.visible(false, now));
    desk.page_with(config).event(Event::SignedOut, desk.now);
    assert_eq!(asleep.shows(), [(1, 1.0)], "which nobody sees");
    asleep.told.clear();
    asleep.happens(desk.now, |journal, now| journal.visible(true, now));
    assert_eq!(asleep.shows(), []);
    assert!(asleep.told.contains(&Notification::Changed));
}

#[test]
fn what_is_first_read_under_the_lock_is_told_to_the_app() {
    let mut desk = Desk::new();
    let mut one = synced(&mut desk, &[(1, 1.0)]);
    let mut two = desk.page();
    desk.settles(&mut two);
    one.wants_lock = true; // the other has it
    one.set(1, 2.0, desk.now);
    // it sends what the first one wants, and the lock comes before the news
    hears(&mut two, &desk, "op:");
    desk.settles(&mut two);
    two.add(2, 1.0, desk.now);
    desk.settles(&mut two);
    one.told.clear();
    one.wants_lock = false;
    one.event(Event::Online(false), desk.now);
    one.happens(desk.now, |journal, now| journal.lock_granted(now));
    assert_eq!(one.shows(), [(1, 2.0), (2, 1.0)]);
    assert!(one.told.contains(&Notification::Changed));
}

#[test]
fn a_tab_that_slept_through_hundreds_of_commands_sends_its_own_once() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0)]);
    let mut asleep = desk.page();
    asleep.wants_lock = true;
    asleep.add(2, 1.0, desk.now);
    hears(&mut page, &desk, "op:");
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 1.0), (2, 1.0)]);
    for step in 0..300 {
        page.set(1, f64::from(step % 5 + 1), desk.now);
        if step % 50 == 49 {
            desk.settles(&mut page);
        }
    }
    // it hears of the newest record alone, which has forgotten whose commands it took over
    hears(&mut asleep, &desk, "base:");
    assert_eq!(asleep.shows(), [(1, 5.0), (2, 1.0)]);
    asleep.add(3, 1.0, desk.now);
    asleep.wants_lock = false;
    asleep.happens(desk.now, |journal, now| journal.lock_granted(now));
    desk.settles(&mut asleep);
    assert_eq!(desk.cart_of(&asleep), [(1, 5.0), (2, 1.0), (3, 1.0)]);
}

#[test]
fn what_is_forgotten_before_anything_was_sent_goes_from_a_cart_that_hears_of_records_alone() {
    // another cart of the same page, or one over an app's own storage, is told of base records
    let mut desk = Desk::new();
    let offline = Config { prefix: "shop:".into(), online: false, ..Config::default() };
    let (mut one, mut two) = (desk.page_with(offline.clone()), desk.page_with(offline));
    one.add(1, 1.0, desk.now);
    two.add(2, 1.0, desk.now);
    hears(&mut two, &desk, "op:");
    assert_eq!(two.shows(), [(1, 1.0), (2, 1.0)]);
    let told = one.journal.step(Event::Forget, desk.now);
    for effect in told {
        if let Effect::Broadcast { key } = effect {
            two.happens(desk.now, |journal, now| journal.storage_changed(&key, now));
        }
    }
    assert_eq!(two.shows(), []);
}

#[test]
fn a_sign_out_ends_a_flush_even_where_the_new_cart_has_commands_already() {
    let mut desk = Desk::new();
    let config = Config { prefix: "shop:".into(), signed_in: true, ..Config::default() };
    let (mut busy, answer) = in_a_flush(&mut desk, &config);
    let before = raw_keys(&desk, "");
    let mut other = desk.page_with(Config { online: false, ..config });
    other.event(Event::SignedOut, desk.now);
    other.add(3, 1.0, desk.now);
    busy.wants_lock = true;
    hears_all_since(&mut busy, &desk, before);
    busy.answer(answer.0, answer.1, desk.now);
    assert_eq!(busy.shows(), [(3, 1.0)]);
    assert_eq!(raw_keys(&desk, "base:"), Vec::<String>::new());
}

#[test]
fn what_found_no_room_is_still_there_when_the_page_is_seen_again() {
    for base in [false, true] {
        let mut desk = Desk::new();
        let mut page = desk.page();
        if base {
            page.add(1, 1.0, desk.now);
            desk.settles(&mut page);
            desk.wait(&mut page, 60_000); // nothing else is kept
        }
        page.event(Event::Online(false), desk.now);
        desk.shared.borrow_mut().store.set_room(Some(0));
        page.add(2, 1.0, desk.now);
        let shown = page.shows();
        page.happens(desk.now, |journal, now| journal.visible(true, now));
        assert_eq!(page.shows(), shown);
        assert_eq!(page.journal.sync().status().unsaved, 1);
    }
}
