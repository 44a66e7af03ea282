//! What a shopper does and takes back before the shop hears of it.

use crate::{H, synced, synced_into};
use cocart_wasm::cart::{AddItem, Command};
use cocart_wasm::map;
use cocart_wasm::sync::{Config, Event, Outcome, Touched};
use simulation::desk::{Desk, Page};
use simulation::server::{CUSTOMER, local_key};

fn by_mail(id: i64, quantity: f64) -> AddItem {
    let (email, phone) = (Some("a@b.example".to_owned()), Some("0221".to_owned()));
    AddItem { id: id.to_string(), quantity, email, phone, ..AddItem::default() }
}

fn signed_in(desk: &mut Desk, ids: &[i64]) -> Page {
    let config = Config { prefix: "shop:".into(), signed_in: true, ..Config::default() };
    let mut page = desk.page_with(config);
    for id in ids {
        synced_into(desk, &mut page, *id);
    }
    page
}

fn offline(page: &mut Page, desk: &mut Desk, what: impl FnOnce(&mut Page, &Desk)) {
    page.event(Event::Online(false), desk.now);
    what(page, desk);
    page.event(Event::Online(true), desk.now);
}

#[test]
fn an_add_of_nothing_or_of_endlessly_many_is_not_sent() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0)]);
    let writes = desk.server.writes;
    page.add_item(by_mail(1, 0.0), desk.now);
    page.add(1, f64::INFINITY, desk.now);
    desk.settles(&mut page);
    assert_eq!((desk.cart_of(&page), desk.server.writes), (vec![(1, 1.0)], writes));
}

#[test]
fn an_add_with_email_asks_for_as_many_as_the_shopper_was_shown() {
    let mut desk = Desk::new();
    let mut page = desk.page();
    // one was asked for, the product's minimum is three
    let lines = vec![Touched { item_key: local_key(1), id: 1, quantity: 3.0 }];
    let command = Command::AddItem(by_mail(1, 1.0));
    page.event(Event::Command { command, lines }, desk.now);
    desk.settles(&mut page);
    assert_eq!((desk.cart_of(&page), desk.server.writes), (vec![(1, 3.0)], 1));
}

#[test]
fn a_quantity_set_after_the_line_was_removed_does_not_bring_it_back() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0), (2, 1.0)]);
    offline(&mut page, &mut desk, |page, desk| {
        page.remove(1, desk.now);
        page.set(1, 3.0, desk.now);
    });
    desk.settles(&mut page);
    assert_eq!((desk.cart_of(&page), page.shows()), (vec![(2, 1.0)], vec![(2, 1.0)]));
}

#[test]
fn a_quantity_set_in_a_cart_that_was_bought_meanwhile_buys_nothing_more() {
    let mut desk = Desk::new();
    let mut page = signed_in(&mut desk, &[1]);
    desk.wait(&mut page, 3 * H);
    page.event(Event::Online(false), desk.now);
    page.set(1, 3.0, desk.now);
    desk.server.carts.get_mut(CUSTOMER).unwrap().lines.clear();
    page.event(Event::SyncNow, desk.now);
    page.event(Event::Online(true), desk.now);
    desk.settles(&mut page);
    assert_eq!((desk.server.carts[CUSTOMER].lines.len(), page.shows()), (0, vec![]));
}

#[test]
fn a_quantity_for_what_the_shop_refused_to_add_is_not_added_another_way() {
    let mut desk = Desk::new();
    desk.server.shop.stock.insert(1, 0.0);
    let mut page = synced(&mut desk, &[(2, 1.0)]);
    let writes = desk.server.writes;
    offline(&mut page, &mut desk, |page, desk| {
        page.add_item(by_mail(1, 2.0), desk.now);
        page.set(1, 3.0, desk.now);
    });
    desk.settles(&mut page);
    assert_eq!((desk.server.writes - writes, page.conflicts().len()), (1, 1));
    assert_eq!(page.shows(), [(2, 1.0)]);
}

#[test]
fn a_customers_add_taken_back_leaves_what_else_was_added() {
    let mut desk = Desk::new();
    let mut page = signed_in(&mut desk, &[2]);
    let writes = desk.server.writes;
    offline(&mut page, &mut desk, |page, desk| {
        page.add(3, 1.0, desk.now);
        page.add(1, 3.0, desk.now);
        page.remove(1, desk.now);
    });
    desk.settles(&mut page);
    assert_eq!(desk.server.carts[CUSTOMER].by_product(), [(2, 1.0), (3, 1.0)].into());
    assert_eq!(desk.server.writes - writes, 1);
}

#[test]
fn a_lost_removal_is_not_forgotten_with_an_add_taken_back_after_it() {
    let mut desk = Desk::new();
    let mut page = signed_in(&mut desk, &[1, 2]);
    desk.wait(&mut page, 3 * H);
    desk.settles(&mut page);
    page.remove(1, desk.now);
    page.add(1, 2.0, desk.now);
    page.remove(1, desk.now);
    desk.fails(&mut page, Outcome::Unreachable);
    desk.settles(&mut page);
    assert_eq!(desk.server.carts[CUSTOMER].by_product(), [(2, 1.0)].into());
}

#[test]
fn a_cleared_cart_gives_a_removed_line_back_only_where_it_was_to_be_kept() {
    for (keep, left) in [(false, vec![]), (true, vec![(1, 1.0)])] {
        let mut desk = Desk::new();
        let mut page = synced(&mut desk, &[(1, 1.0), (2, 1.0)]);
        page.remove(1, desk.now);
        desk.settles(&mut page);
        page.command(Command::Clear { keep_removed_items: keep }, desk.now);
        desk.settles(&mut page);
        page.command(Command::RestoreItem { item_key: local_key(1) }, desk.now);
        desk.settles(&mut page);
        assert_eq!(desk.cart_of(&page), left, "kept: {keep}");
    }
}

#[test]
fn a_clear_takes_no_customers_data_along() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0)]);
    offline(&mut page, &mut desk, |page, desk| {
        page.command(Command::UpdateCustomer { fields: map! { "city": "Köln" } }, desk.now);
        page.command(Command::Clear { keep_removed_items: false }, desk.now);
    });
    desk.settles(&mut page);
    let cart = &desk.server.carts[&page.journal.sync().base().cart_key];
    assert_eq!(cart.customer.get("city").map(String::as_str), Some("Köln"));
    assert!(cart.lines.is_empty());
}

#[test]
fn what_was_added_with_email_and_removed_is_remembered_without_it() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(2, 1.0)]);
    offline(&mut page, &mut desk, |page, desk| {
        page.add_item(by_mail(1, 3.0), desk.now);
        page.remove(1, desk.now);
    });
    let removed = page.journal.sync().base().removed[0].clone();
    assert_eq!((removed.id, removed.add.quantity), (1, 3.0));
    assert_eq!((removed.add.email, removed.add.phone), (None, None));
}

#[test]
fn the_last_twenty_removed_lines_can_be_put_back() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0)]);
    offline(&mut page, &mut desk, |page, desk| {
        for id in 11..=32 {
            page.add(id, 1.0, desk.now);
            page.remove(id, desk.now);
        }
    });
    desk.settles(&mut page);
    let removed = &page.journal.sync().base().removed;
    let ids: Vec<i64> = removed.iter().map(|removed| removed.id).collect();
    assert_eq!(ids, (13..=32).collect::<Vec<_>>());
}

#[test]
fn a_line_removed_while_its_last_change_is_on_its_way_is_not_changed_once_more() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0)]);
    for id in [1, 2] {
        match id {
            1 => page.set(1, 5.0, desk.now),
            _ => page.add(2, 2.0, desk.now),
        }
        page.remove(id, desk.now);
        desk.fails(&mut page, Outcome::Unreachable);
        desk.wait(&mut page, 2_000);
        assert_eq!(page.journal.sync().pending().len(), 2, "the change and the removal");
        desk.settles(&mut page);
        page.add(3, 1.0, desk.now);
        desk.settles(&mut page);
    }
    assert_eq!(desk.cart_of(&page), [(3, 2.0)]);
}

#[test]
fn of_the_lines_the_shop_lists_as_removed_the_one_meant_is_put_back() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0)]);
    let cart = desk.server.carts.get_mut(&page.journal.sync().base().cart_key).unwrap();
    cart.removed.extend([(local_key(2), 2, 4.0), (local_key(3), 3, 7.0)]);
    page.event(Event::SyncNow, desk.now);
    desk.settles(&mut page);
    page.command(Command::RestoreItem { item_key: local_key(3) }, desk.now);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 1.0), (3, 7.0)]);
}

#[test]
fn a_guests_add_taken_back_is_taken_out_where_a_killed_browser_sent_it() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(2, 1.0)]);
    let key = page.journal.sync().base().cart_key.clone();
    desk.wait(&mut page, 3 * H);
    offline(&mut page, &mut desk, |page, desk| {
        page.add(1, 3.0, desk.now);
        page.remove(1, desk.now);
        page.event(Event::Online(false), desk.now);
    });
    page.event(Event::Online(false), desk.now);
    desk.server.carts.get_mut(&key).unwrap().lines.push((local_key(1), 1, 3.0));
    page.event(Event::Online(true), desk.now);
    desk.settles(&mut page);
    assert_eq!((desk.cart_of(&page), page.shows()), (vec![(2, 1.0)], vec![(2, 1.0)]));
}

#[test]
fn what_is_added_after_a_clear_is_not_cleared_with_what_was_in_doubt_before_it() {
    let mut desk = Desk::new();
    let mut page = signed_in(&mut desk, &[1]);
    desk.wait(&mut page, 3 * H);
    page.set(1, 5.0, desk.now);
    desk.fails(&mut page, Outcome::Unreachable);
    page.command(Command::Clear { keep_removed_items: false }, desk.now);
    desk.wait(&mut page, 2_000);
    page.add(1, 2.0, desk.now); // while it is looked for
    desk.settles(&mut page);
    assert_eq!(desk.server.carts[CUSTOMER].by_product(), [(1, 2.0)].into());
    assert_eq!(page.shows(), [(1, 2.0)]);
}
