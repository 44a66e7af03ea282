//! Lines whose keys a plugin of the shop changed, and what is kept to know lines by.

use crate::{
    H, answers_after, customers, given_up, looks_much_later, not_there_yet, raw_keys, runs, synced,
    synced_into,
};
use cocart_wasm::cart::{AddItem, Command};
use cocart_wasm::map;
use cocart_wasm::ports::Storage;
use cocart_wasm::sync::{Config, Event, Outcome};
use simulation::desk::{Desk, Page};
use simulation::server::{CUSTOMER, ODD_KEY, error, local_key};

/// Computed keys and those the shop chose instead.
fn aliases(page: &Page) -> Vec<(String, String)> {
    let owned = |(computed, given): (&str, &str)| (computed.to_owned(), given.to_owned());
    page.journal.sync().aliases().map(owned).collect()
}

#[test]
fn the_engine_is_told_the_keys_that_the_shop_chose_and_no_others() {
    let mut desk = Desk::new();
    let page = synced(&mut desk, &[(1, 1.0), (ODD_KEY, 1.0)]);
    let given = desk.server.carts[&page.journal.sync().base().cart_key].lines[1].0.clone();
    let chosen = [(local_key(ODD_KEY), given.clone())];
    assert_eq!(aliases(&page), chosen);
    // one that comes late under its own key
    let mut desk = Desk::new();
    let mut page = customers(&mut desk, &[(1, 1.0), (2, 1.0)]);
    page.add(3, 1.0, desk.now);
    let late = not_there_yet(&mut desk, &mut page);
    page.remove(3, desk.now);
    runs(&mut desk, &late);
    desk.settles(&mut page);
    assert!(!aliases(&page).iter().any(|(computed, _)| *computed == local_key(3)));
}

#[test]
fn a_command_is_journalled_under_the_key_that_was_computed() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(ODD_KEY, 1.0)]);
    let given = page.journal.sync().item_key(&local_key(ODD_KEY)).to_owned();
    page.event(Event::Online(false), desk.now);
    page.command(Command::UpdateItem { item_key: given.clone(), quantity: 4.0 }, desk.now);
    let newest = raw_keys(&desk, ":op:").pop().unwrap();
    let raw = desk.shared.borrow().store.get(&newest).unwrap();
    assert!(raw.contains(&local_key(ODD_KEY)) && !raw.contains(&given), "{raw}");
}

#[test]
fn a_removed_line_that_comes_late_under_the_shops_own_key_is_removed_again() {
    let mut desk = Desk::new();
    let mut page = customers(&mut desk, &[(2, 1.0)]);
    page.add(ODD_KEY, 2.0, desk.now);
    let late = not_there_yet(&mut desk, &mut page);
    page.remove(ODD_KEY, desk.now);
    runs(&mut desk, &late);
    // with something else that is new in the cart
    let cart = desk.server.carts.get_mut(CUSTOMER).unwrap();
    cart.lines.push((local_key(7), 7, 1.0));
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(2, 1.0), (7, 1.0)]);
    assert_eq!(page.shows(), desk.cart_of(&page));
}

#[test]
fn another_line_of_the_same_product_is_not_taken_for_ours() {
    let mut desk = Desk::new();
    let mut page = customers(&mut desk, &[(2, 1.0)]);
    page.add(1, 1.0, desk.now);
    desk.settles(&mut page);
    let other = local_key(0x99);
    desk.server.carts.get_mut(CUSTOMER).unwrap().lines.push((other.clone(), 1, 1.0));
    page.event(Event::SyncNow, desk.now);
    desk.settles(&mut page);
    page.set(1, 3.0, desk.now);
    desk.settles(&mut page);
    let lines = &desk.server.carts[CUSTOMER].lines;
    assert!(lines.contains(&(local_key(1), 1, 3.0)) && lines.contains(&(other, 1, 1.0)));
}

#[test]
fn a_key_the_shop_changed_for_one_line_is_not_taken_for_anothers() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(2, 1.0)]);
    page.event(Event::Online(false), desk.now);
    for id in [ODD_KEY, 1] {
        let email = Some("a@b.example".to_owned());
        let add = AddItem { id: id.to_string(), quantity: 1.0, email, ..AddItem::default() };
        page.add_item(add, desk.now);
    }
    page.event(Event::Online(true), desk.now);
    desk.answers(&mut page);
    let (id, _) = desk.lands(&mut page);
    page.answer(id, Outcome::Unreachable, desk.now);
    let writes = desk.server.writes;
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 1.0), (2, 1.0), (ODD_KEY, 1.0)]);
    assert_eq!(desk.server.writes, writes, "both are there");
}

#[test]
fn a_line_that_gets_another_key_every_time_it_is_added_is_known_by_all_of_them() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(2, 1.0), (ODD_KEY, 1.0)]);
    let first = page.journal.sync().item_key(&local_key(ODD_KEY)).to_owned();
    page.remove(ODD_KEY, desk.now);
    desk.settles(&mut page);
    page.add(ODD_KEY, 1.0, desk.now);
    let second = local_key(0x77);
    answers_after(&mut desk, &mut page, |cart| cart.lines[1].0.clone_from(&second));
    for (named, quantity) in [(&first, 2.0), (&local_key(ODD_KEY), 3.0), (&second, 4.0)] {
        page.command(Command::UpdateItem { item_key: named.clone(), quantity }, desk.now);
        desk.settles(&mut page);
        assert_eq!(desk.cart_of(&page), [(2, 1.0), (ODD_KEY, quantity)], "by {named}");
    }
}

#[test]
fn a_key_the_shop_changed_is_known_after_the_line_is_gone() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(ODD_KEY, 1.0)]);
    let given = desk.server.carts[&page.journal.sync().base().cart_key].lines[0].0.clone();
    page.command(Command::Clear { keep_removed_items: false }, desk.now);
    desk.settles(&mut page);
    looks_much_later(&mut desk, &mut page);
    // another tab may still name it so
    assert_eq!(page.journal.sync().item_key(&local_key(ODD_KEY)), given);
}

#[test]
fn two_hundred_changed_keys_are_known_and_then_only_those_of_lines_that_are_meant() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(2, 1.0)]);
    let cart_key = page.journal.sync().base().cart_key.clone();
    let gone = |desk: &mut Desk, page: &mut Page| {
        desk.server.carts.get_mut(&cart_key).unwrap().lines.retain(|line| line.1 != 1);
        desk.wait(page, 3 * H);
        page.event(Event::SyncNow, desk.now);
        desk.settles(page);
        aliases(page).len()
    };
    for round in 1..=200 {
        page.add(1, 1.0, desk.now);
        let given = local_key(0x1000 + round);
        answers_after(&mut desk, &mut page, |cart| cart.lines[1].0 = given);
        assert_eq!(gone(&mut desk, &mut page) as i64, round);
    }
    page.add(1, 1.0, desk.now);
    answers_after(&mut desk, &mut page, |cart| cart.lines[1].0 = local_key(0x999));
    assert_eq!(aliases(&page).len(), 201);
    assert_eq!(gone(&mut desk, &mut page), 0);
}

#[test]
fn a_line_removed_elsewhere_that_the_shop_does_not_put_back_is_added_as_it_was_made() {
    let mut desk = Desk::new();
    let mut page = customers(&mut desk, &[(2, 1.0)]);
    let variation = map! { "attribute_size": "l" };
    let item = AddItem { id: "1".into(), quantity: 2.0, variation, ..AddItem::default() };
    page.add_item(item, desk.now);
    desk.settles(&mut page);
    desk.wait(&mut page, 3 * H);
    let cart = desk.server.carts.get_mut(CUSTOMER).unwrap();
    let line = cart.lines.remove(1);
    cart.removed.push(line);
    page.event(Event::SyncNow, desk.now);
    desk.settles(&mut page);
    page.command(Command::RestoreItem { item_key: local_key(1) }, desk.now);
    assert_eq!(page.sent[0].request.method.name(), "PUT");
    desk.fails(&mut page, error(403, "cocart_can_not_restore_item"));
    desk.answers(&mut page); // the shop lists it all the same
    let body = format!("{:?}", page.sent[0].request.body);
    assert!(page.sent[0].request.path.ends_with("/add-item") && body.contains("attribute_size"));
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 2.0), (2, 1.0)]);
}

#[test]
fn a_guest_moves_to_a_fresh_key_with_lines_that_were_added_long_ago() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0)]);
    let variation = map! { "attribute_size": "l" };
    let item = AddItem { id: "2".into(), quantity: 2.0, variation, ..AddItem::default() };
    page.add_item(item, desk.now);
    desk.settles(&mut page);
    looks_much_later(&mut desk, &mut page);
    let old = page.journal.sync().base().cart_key.clone();
    page.add(3, 1.0, desk.now);
    desk.fails(&mut page, Outcome::Unreachable);
    let mut sent = String::new();
    while !page.journal.sync().is_settled() {
        if let Some(out) = page.sent.first() {
            sent += &format!("{:?}", out.request.body);
            desk.answers(&mut page);
        } else {
            desk.wait(&mut page, 1_000);
        }
    }
    assert_ne!(page.journal.sync().base().cart_key, old);
    assert_eq!(desk.cart_of(&page), [(1, 1.0), (2, 2.0), (3, 1.0)]);
    assert!(sent.contains("attribute_size"), "{sent}");
}

#[test]
fn a_guest_that_moves_takes_along_what_can_be_put_back() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 4.0), (2, 7.0), (3, 1.0)]);
    let old = page.journal.sync().base().cart_key.clone();
    // removed with another quantity than the shop knows, and one that a killed browser removed
    page.event(Event::Online(false), desk.now);
    page.set(1, 6.0, desk.now);
    page.remove(1, desk.now);
    let cart = desk.server.carts.get_mut(&old).unwrap();
    let line = cart.lines.remove(1);
    cart.removed.push(line);
    page.event(Event::Online(true), desk.now);
    desk.settles(&mut page);
    page.add(4, 1.0, desk.now);
    let _ = given_up(&desk, &mut page);
    desk.settles(&mut page);
    assert_ne!(page.journal.sync().base().cart_key, old);
    assert_eq!(page.view().removed, [(1, 6.0), (2, 7.0)].into());
}

#[test]
fn a_line_that_gets_another_key_in_the_fresh_cart_is_moved_once() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 2.0)]);
    let old = page.journal.sync().base().cart_key.clone();
    page.add(2, 1.0, desk.now);
    let _ = not_there_yet(&mut desk, &mut page); // it moves
    assert_ne!(page.journal.sync().base().cart_key, old);
    answers_after(&mut desk, &mut page, |cart| cart.lines[0].0 = local_key(0x77));
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 2.0), (2, 1.0)]);
    assert_eq!(page.shows(), desk.cart_of(&page));
}

#[test]
fn a_cart_under_a_key_that_the_app_gave_is_never_moved() {
    let mut desk = Desk::new();
    let cart_key = Some("mine".to_owned());
    let config = Config { prefix: "shop:".into(), cart_key, ..Config::default() };
    let mut page = desk.page_with(config);
    synced_into(&mut desk, &mut page, 1);
    page.add(2, 1.0, desk.now);
    let _ = given_up(&desk, &mut page);
    desk.settles(&mut page);
    assert_eq!(page.journal.sync().base().cart_key, "mine");
    assert_eq!(desk.cart_of(&page), [(1, 1.0), (2, 1.0)]);
}
