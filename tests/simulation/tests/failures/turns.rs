//! Carts bought and expired, customers signed in and out.

use crate::{H, in_a_flush, raw_keys, synced};
use cocart_wasm::cart::Command;
use cocart_wasm::sync::{Config, Event, Notification, Outcome};
use simulation::desk::Desk;
use simulation::server::{CUSTOMER, local_key};

#[test]
fn a_bought_cart_is_adopted_and_nothing_comes_back() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 2.0), (2, 1.0)]);
    page.event(Event::Online(false), desk.now);
    page.event(Event::CheckoutStarted, desk.now);
    drop(page);
    let mut page = desk.page();
    assert!(page.journal.sync().status().handed_over, "before anybody heard of it");
    desk.settles(&mut page);
    assert!(page.journal.sync().status().handed_over, "until it comes back empty");
    let key = page.journal.sync().base().cart_key.clone();
    page.event(Event::Online(false), desk.now);
    // offline, not knowing yet
    page.set(1, 5.0, desk.now);
    page.remove(2, desk.now);
    page.add(3, 1.0, desk.now);
    desk.server.carts.get_mut(&key).unwrap().lines.clear();
    page.event(Event::Online(true), desk.now);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(3, 1.0)]);
    assert_eq!(page.shows(), [(3, 1.0)]);
    assert!(!page.told.iter().any(|told| matches!(told, Notification::CartExpired { .. })));
    assert!(!page.journal.sync().status().handed_over);
}

#[test]
fn an_add_in_doubt_when_the_cart_was_bought_is_parked_not_bought_again() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 2.0)]);
    let key = page.journal.sync().base().cart_key.clone();
    page.add(2, 1.0, desk.now);
    let (id, _) = desk.lands(&mut page);
    desk.server.carts.get_mut(&key).unwrap().lines.clear();
    page.answer(id, Outcome::Unreachable, desk.now);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), []);
    let conflict = page.conflicts().remove(0);
    assert_eq!(conflict.code, "cocart_wasm_in_doubt");
    assert_eq!((conflict.item_key, conflict.quantity), (Some(local_key(2)), Some((1.0, 0.0))));
    assert!(conflict.message.contains("bought"));
}

#[test]
fn an_add_in_doubt_that_was_taken_out_again_is_not_reported_when_the_cart_was_bought() {
    for removed_first in [true, false] {
        let mut desk = Desk::new();
        let mut page = synced(&mut desk, &[(1, 2.0)]);
        let key = page.journal.sync().base().cart_key.clone();
        page.add(2, 1.0, desk.now);
        let (id, _) = desk.lands(&mut page);
        desk.server.carts.get_mut(&key).unwrap().lines.clear();
        if removed_first {
            page.remove(2, desk.now);
        }
        page.answer(id, Outcome::Unreachable, desk.now);
        page.remove(2, desk.now);
        desk.settles(&mut page);
        assert_eq!(desk.cart_of(&page), []);
        assert_eq!(page.conflicts(), []);
        assert_eq!(page.shows(), []);
    }
}

#[test]
fn what_was_taken_out_and_added_again_is_wanted_in_an_emptied_cart_too() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 6.0)]);
    let key = page.journal.sync().base().cart_key.clone();
    page.event(Event::Online(false), desk.now);
    page.remove(1, desk.now);
    page.add(1, 2.0, desk.now);
    page.set(1, 3.0, desk.now);
    desk.server.carts.get_mut(&key).unwrap().lines.clear();
    page.event(Event::Online(true), desk.now);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 3.0)]);
    assert_eq!(page.shows(), [(1, 3.0)]);
}

#[test]
fn an_expired_cart_is_offered_and_never_rebuilt_by_itself() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 2.0), (5, 1.0)]);
    let key = page.journal.sync().base().cart_key.clone();
    desk.server.carts.remove(&key);
    desk.now.wall_ms += 8 * 86_400_000;
    page.event(Event::SyncNow, desk.now);
    desk.settles(&mut page);
    assert_eq!(page.shows(), []);
    assert!(
        page.told
            .iter()
            .any(|told| matches!(told, Notification::CartExpired { lines } if lines.len() == 2))
    );
    assert_eq!(page.journal.sync().offer().len(), 2);
    page.event(Event::Online(false), desk.now);
    page.command(Command::ReadCart, desk.now);
    assert_eq!(page.journal.sync().offer().len(), 2, "whatever else waits");
    page.event(Event::Online(true), desk.now);
    page.event(Event::AcceptOffer, desk.now);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 2.0), (5, 1.0)]);
    assert!(desk.page().journal.sync().offer().is_empty());
}

#[test]
fn signing_in_merges_once_and_sets_what_is_missing() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 2.0), (2, 1.0)]);
    let guest = page.journal.sync().base().cart_key.clone();
    desk.server.carts.entry(CUSTOMER.into()).or_default().lines.push((local_key(1), 1, 9.0));
    desk.server.carts.entry(CUSTOMER.into()).or_default().lines.push((local_key(4), 4, 1.0));
    page.event(Event::Online(false), desk.now);
    page.add(3, 1.0, desk.now);
    assert!(!page.journal.sync().status().signed_in);
    page.event(Event::SignedIn, desk.now);
    assert!(page.journal.sync().status().signed_in && !page.journal.sync().status().handed_over);
    page.event(Event::Online(true), desk.now);
    assert!(!page.journal.sync().is_settled());
    // the merge's answer is lost
    desk.answers(&mut page);
    let (id, _) = desk.lands(&mut page);
    page.answer(id, Outcome::Unreachable, desk.now);
    desk.settles(&mut page);
    assert_eq!(page.journal.sync().base().cart_key, CUSTOMER);
    assert_eq!(desk.cart_of(&page), [(1, 2.0), (2, 1.0), (3, 1.0), (4, 1.0)]);
    assert!(!desk.server.carts.contains_key(&guest));
    assert_eq!(page.shows(), [(1, 2.0), (2, 1.0), (3, 1.0), (4, 1.0)]);
}

#[test]
fn a_customers_id_is_never_sent_as_key() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0)]);
    page.event(Event::SignedIn, desk.now);
    desk.settles(&mut page);
    page.add(2, 1.0, desk.now);
    assert!(page.sent[0].authorized);
    assert_eq!(page.sent[0].request.query_value("cart_key"), None);
}

#[test]
fn signing_out_leaves_nothing_of_the_customers() {
    let mut desk = Desk::new();
    let config = Config { prefix: "shop:".into(), signed_in: true, ..Config::default() };
    let mut page = desk.page_with(config);
    page.add(1, 1.0, desk.now);
    desk.settles(&mut page);
    page.event(Event::Online(false), desk.now);
    page.add(2, 1.0, desk.now);
    page.event(Event::SignedOut, desk.now);
    assert!(page.was_told("cocart_wasm_signed_out_pending"));
    assert_eq!(page.shows(), []);
    assert_eq!(raw_keys(&desk, ""), Vec::<String>::new());
    assert!(page.journal.sync().base().cart_key.starts_with("t_"));
    // where nothing waited there is nothing to tell
    page.told.clear();
    page.event(Event::SignedOut, desk.now);
    assert!(!page.was_told("cocart_wasm_signed_out_pending"));
}

#[test]
fn an_expired_cart_is_not_rebuilt_however_its_lines_were_made() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0), (2, 1.0)]);
    // removals that, had they arrived twice, would have emptied the cart
    page.remove(1, desk.now);
    desk.settles(&mut page);
    page.add(1, 2.0, desk.now);
    desk.settles(&mut page);
    page.remove(2, desk.now);
    desk.settles(&mut page);
    let key = page.journal.sync().base().cart_key.clone();
    desk.server.carts.remove(&key);
    desk.now.steady_ms += 8 * 86_400_000;
    desk.now.wall_ms += 8 * 86_400_000;
    page.event(Event::SyncNow, desk.now);
    desk.settles(&mut page);
    assert_eq!((desk.cart_of(&page), page.shows()), (vec![], vec![]));
    page.event(Event::AcceptOffer, desk.now);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 2.0)]);
}

#[test]
fn an_emptied_cart_is_repaired_whole_or_not_at_all() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0), (2, 1.0)]);
    page.remove(1, desk.now);
    let twice = page.sent[0].clone();
    desk.answers(&mut page);
    page.add(1, 2.0, desk.now);
    desk.settles(&mut page);
    let key = page.journal.sync().base().cart_key.clone();
    // ours alone took line 1; nobody of ours took line 2
    let _ = desk.server.handle(&twice.request, twice.authorized, 0);
    desk.server.carts.get_mut(&key).unwrap().lines.clear();
    page.event(Event::SyncNow, desk.now);
    desk.settles(&mut page);
    assert_eq!((desk.cart_of(&page), page.shows()), (vec![], vec![]));
    // our own removal, twice, of the only line
    page.add(1, 2.0, desk.now);
    desk.settles(&mut page);
    page.remove(1, desk.now);
    let twice = page.sent[0].clone();
    desk.answers(&mut page);
    page.add(1, 3.0, desk.now);
    desk.settles(&mut page);
    let _ = desk.server.handle(&twice.request, twice.authorized, 0);
    assert_eq!(desk.cart_of(&page), []);
    page.event(Event::SyncNow, desk.now);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 3.0)]);
}

#[test]
fn signing_out_in_one_tab_empties_the_others_even_in_the_middle_of_a_flush() {
    let mut desk = Desk::new();
    let config = Config { prefix: "shop:".into(), signed_in: true, ..Config::default() };
    let (mut busy, answer) = in_a_flush(&mut desk, &config);
    let mut other = desk.page_with(config);
    other.event(Event::SignedOut, desk.now);
    busy.wants_lock = true;
    for key in busy.journal.sync().base_keys() {
        busy.happens(desk.now, |journal, now| journal.storage_changed(&key, now));
    }
    assert_eq!(busy.shows(), []);
    busy.answer(answer.0, answer.1, desk.now);
    assert_eq!(busy.shows(), []);
    assert_eq!(raw_keys(&desk, "base:"), Vec::<String>::new());
}

#[test]
fn an_add_that_came_late_is_not_brought_along_by_the_merge_when_it_was_removed() {
    let mut desk = Desk::new();
    let config = Config { prefix: "shop:".into(), move_lines: 0, ..Config::default() };
    let mut page = desk.page_with(config);
    page.add(2, 1.0, desk.now);
    desk.settles(&mut page);
    page.add(1, 2.0, desk.now);
    let late = page.sent.remove(0);
    page.answer(late.id, Outcome::Unreachable, desk.now);
    desk.wait(&mut page, 2_000);
    desk.answers(&mut page); // not there yet
    page.event(Event::SignedIn, desk.now);
    let (id, outcome) = desk.lands(&mut page); // still not
    page.event(Event::Online(false), desk.now);
    page.answer(id, outcome, desk.now);
    let _ = desk.server.handle(&late.request, late.authorized, 0);
    page.remove(1, desk.now);
    // longer than writes are remembered for a customer
    desk.wait(&mut page, 3 * H);
    page.event(Event::Online(true), desk.now);
    desk.settles(&mut page);
    assert_eq!(page.journal.sync().base().cart_key, CUSTOMER);
    assert_eq!(desk.cart_of(&page), [(2, 1.0)]);
}

#[test]
fn a_guests_clear_removes_the_guests_lines_only_when_the_guest_signs_in() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 2.0), (2, 1.0)]);
    desk.server.carts.entry(CUSTOMER.into()).or_default().lines.push((local_key(4), 4, 1.0));
    page.event(Event::Online(false), desk.now);
    page.command(Command::Clear { keep_removed_items: false }, desk.now);
    page.event(Event::SignedIn, desk.now);
    page.event(Event::Online(true), desk.now);
    desk.settles(&mut page);
    assert_eq!(page.journal.sync().base().cart_key, CUSTOMER);
    assert_eq!((desk.cart_of(&page), page.shows()), (vec![(4, 1.0)], vec![(4, 1.0)]));
}

#[test]
fn what_a_merge_given_up_for_lost_brings_along_later_is_set_right() {
    let mut desk = Desk::new();
    let config = Config { prefix: "shop:".into(), move_lines: 0, ..Config::default() };
    let mut page = desk.page_with(config);
    page.add(2, 1.0, desk.now);
    desk.settles(&mut page);
    page.add(1, 2.0, desk.now);
    let add = page.sent.remove(0);
    page.answer(add.id, Outcome::Unreachable, desk.now);
    page.add(1, 2.0, desk.now);
    page.event(Event::SignedIn, desk.now);
    desk.wait(&mut page, 2_000);
    desk.answers(&mut page); // the add is not there
    let merge = page.sent.remove(0);
    assert!(merge.authorized && merge.request.query_value("cart_key").is_some());
    page.answer(merge.id, Outcome::Unreachable, desk.now);
    desk.wait(&mut page, 4_000);
    desk.answers(&mut page); // nor was the cart merged
    page.add(3, 1.0, desk.now);
    while !page.sent.is_empty() {
        desk.answers(&mut page);
    }
    // the account's lines do not wait for it, but for the one that came late to the guest's cart
    assert_eq!(page.journal.sync().base().cart_key, CUSTOMER);
    assert_eq!(desk.cart_of(&page), [(2, 1.0), (3, 1.0)]);
    assert!(page.journal.sync().status().suspect);
    let _ = desk.server.handle(&add.request, add.authorized, 0);
    let _ = desk.server.handle(&merge.request, merge.authorized, 0);
    assert_eq!(desk.cart_of(&page), [(1, 2.0), (2, 1.0), (3, 1.0)]);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 4.0), (2, 1.0), (3, 1.0)]);
    assert!(!page.journal.sync().status().suspect);
}

#[test]
fn a_removal_undone_while_in_doubt_waits_until_it_cannot_arrive_any_more() {
    let mut desk = Desk::new();
    let config = Config { prefix: "shop:".into(), signed_in: true, ..Config::default() };
    let mut page = desk.page_with(config);
    page.add(1, 2.0, desk.now);
    desk.settles(&mut page);
    desk.wait(&mut page, 3 * H);
    page.remove(1, desk.now);
    let late = page.sent.remove(0);
    page.event(Event::Online(false), desk.now);
    page.answer(late.id, Outcome::Unreachable, desk.now);
    page.command(Command::RestoreItem { item_key: local_key(1) }, desk.now);
    page.event(Event::Online(true), desk.now);
    desk.wait(&mut page, 2_000);
    while !page.sent.is_empty() {
        desk.answers(&mut page);
    }
    let _ = desk.server.handle(&late.request, late.authorized, 0);
    assert_eq!(desk.cart_of(&page), []);
    desk.wait(&mut page, H);
    desk.settles(&mut page);
    assert_eq!((desk.cart_of(&page), page.shows()), (vec![(1, 2.0)], vec![(1, 2.0)]));
}
