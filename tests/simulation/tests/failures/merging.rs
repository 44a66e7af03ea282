//! A guest's cart on its way into the account, when nobody knows whether it has arrived.

use crate::{H, given_up, looks_much_later, not_there_yet, runs, synced, synced_into};
use cocart_wasm::cart::{AddItem, Command};
use cocart_wasm::sync::{Config, Event, Outgoing};
use simulation::desk::{Desk, Page};
use simulation::server::{CUSTOMER, local_key};

fn merges(out: &Outgoing) -> bool {
    out.authorized && out.request.query_value("cart_key").is_some()
}

/// The shopper signs in, the guest's cart is looked at, and nobody knows whether it was merged.
fn merge_given_up(desk: &mut Desk, page: &mut Page) -> Outgoing {
    page.event(Event::SignedIn, desk.now);
    desk.answers(page);
    let merge = given_up(desk, page);
    assert!(merges(&merge));
    merge
}

/// Until nothing is under way; how often the carts were merged.
fn settles(desk: &mut Desk, page: &mut Page) -> usize {
    let mut merged = 0;
    for _ in 0..100 {
        if let Some(out) = page.sent.first() {
            merged += usize::from(merges(out));
            desk.answers(page);
        } else if let Some(at) = page.timer.filter(|_| !page.journal.sync().is_settled()) {
            desk.wait(page, (at - desk.now.steady_ms).max(0));
        }
    }
    merged
}

#[test]
fn a_guests_cart_that_was_taken_over_is_merged_once_even_when_nothing_of_it_is_in_the_account() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 2.0), (2, 1.0)]);
    let guest = page.journal.sync().base().cart_key.clone();
    desk.wait(&mut page, 3 * H);
    let _ = merge_given_up(&mut desk, &mut page);
    desk.server.carts.remove(&guest);
    assert_eq!(settles(&mut desk, &mut page), 0);
    assert_eq!(desk.cart_of(&page), [(1, 2.0), (2, 1.0)]);
    assert_eq!(page.shows(), desk.cart_of(&page));
}

#[test]
fn a_merge_of_nothing_that_comes_after_a_late_add_is_set_right() {
    let mut desk = Desk::new();
    let config = Config { prefix: "shop:".into(), move_lines: 0, ..Config::default() };
    let mut page = desk.page_with(config);
    page.add(2, 3.0, desk.now);
    page.event(Event::SignedIn, desk.now);
    let add = not_there_yet(&mut desk, &mut page);
    let merge = given_up(&desk, &mut page);
    assert!(merges(&merge));
    page.set(2, 1.0, desk.now);
    desk.wait(&mut page, 2_000);
    while !page.sent.is_empty() {
        desk.answers(&mut page); // the guest's cart is as empty as it was before
    }
    runs(&mut desk, &add);
    runs(&mut desk, &merge);
    desk.wait(&mut page, 3 * H); // nobody asks for a look
    desk.settles(&mut page);
    assert_eq!((desk.cart_of(&page), page.shows()), (vec![(2, 1.0)], vec![(2, 1.0)]));
}

#[test]
fn a_merge_that_did_not_arrive_is_asked_for_again() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 2.0), (2, 1.0)]);
    let guest = page.journal.sync().base().cart_key.clone();
    desk.wait(&mut page, 3 * H);
    let _ = merge_given_up(&mut desk, &mut page);
    assert_eq!(settles(&mut desk, &mut page), 1);
    assert!(!desk.server.carts.contains_key(&guest));
    assert_eq!(desk.cart_of(&page), [(1, 2.0), (2, 1.0)]);
}

#[test]
fn what_reaches_the_guests_cart_after_the_merge_does_not_hide_that_it_was_merged() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 2.0)]);
    let guest = page.journal.sync().base().cart_key.clone();
    desk.wait(&mut page, 3 * H);
    let merge = merge_given_up(&mut desk, &mut page);
    runs(&mut desk, &merge);
    let stray = simulation::server::Cart {
        lines: vec![(simulation::server::local_key(3), 3, 1.0)],
        ..Default::default()
    };
    desk.server.carts.insert(guest, stray);
    assert_eq!(settles(&mut desk, &mut page), 0);
    assert_eq!(desk.cart_of(&page), [(1, 2.0)]);
    assert_eq!(page.shows(), [(1, 2.0)]);
}

#[test]
fn a_merge_that_arrives_between_two_looks_is_not_asked_for_again() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 2.0)]);
    looks_much_later(&mut desk, &mut page);
    let merge = merge_given_up(&mut desk, &mut page);
    desk.wait(&mut page, 2_000);
    desk.answers(&mut page); // not yet
    assert_eq!(page.sent.len(), 1, "another look");
    runs(&mut desk, &merge);
    assert_eq!(settles(&mut desk, &mut page), 0);
    assert_eq!((desk.cart_of(&page), page.shows()), (vec![(1, 2.0)], vec![(1, 2.0)]));
}

/// A guest who stays with the key adds line 1 to a cart that has long held line 2.
fn adds_beside_a_line(desk: &mut Desk) -> Page {
    let config = Config { prefix: "shop:".into(), move_lines: 0, ..Config::default() };
    let mut page = desk.page_with(config);
    synced_into(desk, &mut page, 2);
    looks_much_later(desk, &mut page);
    page.add(1, 2.0, desk.now);
    page
}

#[test]
fn what_a_merge_in_doubt_brings_along_late_is_taken_out_however_long_nobody_could_look() {
    let mut desk = Desk::new();
    let mut page = adds_beside_a_line(&mut desk);
    let add = given_up(&desk, &mut page);
    page.event(Event::SignedIn, desk.now);
    desk.wait(&mut page, 2_000);
    desk.answers(&mut page); // not in the guest's cart
    let merge = given_up(&desk, &mut page);
    assert!(merges(&merge));
    desk.wait(&mut page, 2_000);
    for _ in 0..3 {
        desk.answers(&mut page); // nothing was merged; it is now
    }
    assert_eq!(desk.cart_of(&page), [(2, 1.0)]);
    page.remove(1, desk.now);
    page.event(Event::Online(false), desk.now);
    runs(&mut desk, &add);
    runs(&mut desk, &merge);
    assert_eq!(desk.cart_of(&page), [(1, 2.0), (2, 1.0)]);
    desk.wait(&mut page, 3 * H);
    page.event(Event::Online(true), desk.now);
    desk.settles(&mut page);
    assert_eq!((desk.cart_of(&page), page.shows()), (vec![(2, 1.0)], vec![(2, 1.0)]));
}

#[test]
fn what_came_late_before_the_merge_is_taken_out_however_long_nobody_could_look() {
    let mut desk = Desk::new();
    let mut page = adds_beside_a_line(&mut desk);
    page.event(Event::SignedIn, desk.now);
    let add = not_there_yet(&mut desk, &mut page);
    let merge = given_up(&desk, &mut page);
    assert!(merges(&merge));
    runs(&mut desk, &add);
    runs(&mut desk, &merge);
    desk.wait(&mut page, 2_000);
    desk.answers(&mut page); // the guest's cart was taken over
    page.event(Event::Online(false), desk.now);
    let _ = given_up(&desk, &mut page); // the look at the account's
    desk.wait(&mut page, 3 * H);
    page.remove(1, desk.now);
    page.event(Event::Online(true), desk.now);
    desk.settles(&mut page);
    assert_eq!((desk.cart_of(&page), page.shows()), (vec![(2, 1.0)], vec![(2, 1.0)]));
}

/// Lines 1 and 2 were merged, which nobody knows: the guest's cart holds 1 again, from a late add.
fn merged_unseen(desk: &mut Desk) -> Page {
    let mut page = synced(desk, &[(1, 2.0), (2, 1.0)]);
    desk.wait(&mut page, 3 * H);
    let email = Some("a@b.example".to_owned());
    page.add_item(AddItem { id: "1".into(), quantity: 1.0, email, ..AddItem::default() }, desk.now);
    page.event(Event::SignedIn, desk.now);
    let add = not_there_yet(desk, &mut page);
    let merge = given_up(desk, &mut page);
    assert!(merges(&merge));
    runs(desk, &merge);
    runs(desk, &add);
    page
}

#[test]
fn a_line_taken_out_while_nobody_knows_of_the_merge_is_taken_out_of_the_account() {
    let mut desk = Desk::new();
    let mut page = merged_unseen(&mut desk);
    desk.wait(&mut page, 2_000);
    desk.answers(&mut page);
    page.remove(2, desk.now); // while the guest's cart is looked at, where it is gone
    desk.settles(&mut page);
    assert_eq!((desk.cart_of(&page), page.shows()), (vec![(1, 3.0)], vec![(1, 3.0)]));
}

#[test]
fn a_clear_while_nobody_knows_of_the_merge_clears_what_was_merged() {
    for looks_first in [false, true] {
        let mut desk = Desk::new();
        let mut page = merged_unseen(&mut desk);
        let account = desk.server.carts.get_mut(CUSTOMER).unwrap();
        account.lines.push((local_key(9), 9, 3.0)); // the account's own
        desk.wait(&mut page, 2_000);
        if looks_first {
            desk.answers(&mut page);
        }
        page.command(Command::Clear { keep_removed_items: false }, desk.now);
        desk.settles(&mut page);
        assert_eq!(
            (desk.cart_of(&page), page.shows()),
            (vec![(9, 3.0)], vec![(9, 3.0)]),
            "looks first: {looks_first}"
        );
    }
}

#[test]
fn a_line_that_comes_to_the_account_while_a_merge_is_in_doubt_is_not_taken_for_the_guests() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 2.0)]);
    desk.wait(&mut page, 3 * H);
    let merge = merge_given_up(&mut desk, &mut page);
    desk.wait(&mut page, 2_000);
    for _ in 0..3 {
        desk.answers(&mut page); // nothing was merged; it is now
    }
    assert_eq!((desk.cart_of(&page), page.shows()), (vec![(1, 2.0)], vec![(1, 2.0)]));
    // another device of the customer's
    let account = desk.server.carts.get_mut(simulation::server::CUSTOMER).unwrap();
    account.lines.push((simulation::server::local_key(9), 9, 3.0));
    page.event(Event::SyncNow, desk.now);
    desk.settles(&mut page);
    runs(&mut desk, &merge);
    looks_much_later(&mut desk, &mut page);
    assert_eq!(desk.cart_of(&page), [(1, 2.0), (9, 3.0)]);
    assert_eq!(page.shows(), desk.cart_of(&page));
}

#[test]
fn a_merge_that_arrives_twice_with_an_add_in_doubt_between_is_set_right() {
    let mut desk = Desk::new();
    let mut page = adds_beside_a_line(&mut desk);
    page.event(Event::SignedIn, desk.now);
    let add = not_there_yet(&mut desk, &mut page);
    let merge = page.sent[0].clone();
    assert!(merges(&merge));
    let start = desk.now.steady_ms;
    desk.answers(&mut page);
    page.set(1, 5.0, desk.now);
    desk.settles(&mut page);
    assert!(
        desk.now.steady_ms - start < 10_000,
        "what comes late to the guest's cart holds nothing up"
    );
    assert_eq!(desk.cart_of(&page), [(1, 5.0), (2, 1.0)]);
    runs(&mut desk, &add);
    runs(&mut desk, &merge);
    assert_eq!(desk.cart_of(&page), [(1, 2.0), (2, 1.0)]);
    page.event(Event::SyncNow, desk.now);
    desk.settles(&mut page);
    assert_eq!((desk.cart_of(&page), page.shows()), (vec![(1, 5.0), (2, 1.0)], page.shows()));
}

#[test]
fn a_sign_in_that_the_network_interrupted_goes_on_where_it_stopped() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 2.0)]);
    page.event(Event::SignedIn, desk.now);
    let (id, outcome) = desk.lands(&mut page);
    page.event(Event::Online(false), desk.now);
    page.answer(id, outcome, desk.now); // the guest's cart, as it is
    assert!(page.sent.is_empty());
    page.event(Event::Online(true), desk.now);
    assert_eq!(settles(&mut desk, &mut page), 1);
    assert_eq!(desk.cart_of(&page), [(1, 2.0)]);
}

#[test]
fn a_guests_cart_whose_keys_changed_is_not_taken_for_one_that_was_merged() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 2.0), (2, 1.0)]);
    desk.wait(&mut page, 3 * H);
    let merge = merge_given_up(&mut desk, &mut page);
    desk.server.rekey(&[1, 2], 7, true);
    page.remove(1, desk.now);
    desk.wait(&mut page, 2_000);
    desk.answers(&mut page); // not merged yet
    desk.answers(&mut page); // looked at once more
    runs(&mut desk, &merge);
    settles(&mut desk, &mut page);
    assert_eq!((desk.cart_of(&page), page.shows()), (vec![(2, 1.0)], vec![(2, 1.0)]));
}
