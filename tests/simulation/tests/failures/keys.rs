//! Lines whose keys a plugin of the shop changed, and what is kept to know lines by.

use crate::{H, synced, synced_into};
use cocart_wasm::cart::{AddItem, Command};
use cocart_wasm::sync::{Config, Event, Outcome};
use simulation::desk::Desk;
use simulation::server::{ODD_KEY, local_key};

#[test]
fn a_removed_line_that_comes_late_under_the_shops_own_key_is_removed_again() {
    let mut desk = Desk::new();
    let config = Config { prefix: "shop:".into(), move_lines: 0, ..Config::default() };
    let mut page = desk.page_with(config);
    synced_into(&mut desk, &mut page, 2);
    page.add(ODD_KEY, 2.0, desk.now);
    let late = page.sent.remove(0);
    page.answer(late.id, Outcome::Unreachable, desk.now);
    page.remove(ODD_KEY, desk.now);
    desk.wait(&mut page, 2_000);
    desk.answers(&mut page);
    let _ = desk.server.handle(&late.request, late.authorized, 0);
    // with something else that is new in the cart
    let cart = desk.server.carts.get_mut(&page.journal.sync().base().cart_key).unwrap();
    cart.lines.push((local_key(7), 7, 1.0));
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(2, 1.0), (7, 1.0)]);
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
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 1.0), (2, 1.0), (ODD_KEY, 1.0)]);
}

#[test]
fn a_key_the_shop_changed_is_known_after_the_line_is_gone() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(ODD_KEY, 1.0)]);
    let given = desk.server.carts[&page.journal.sync().base().cart_key].lines[0].0.clone();
    page.command(Command::Clear { keep_removed_items: false }, desk.now);
    desk.settles(&mut page);
    desk.wait(&mut page, 3 * H);
    page.event(Event::SyncNow, desk.now);
    desk.settles(&mut page);
    // another tab may still name it so
    assert_eq!(page.journal.sync().item_key(&local_key(ODD_KEY)), given);
}

#[test]
fn a_guest_moves_to_a_fresh_key_with_lines_that_were_added_long_ago() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0), (2, 2.0)]);
    desk.wait(&mut page, 3 * H);
    page.event(Event::SyncNow, desk.now);
    desk.settles(&mut page);
    let old = page.journal.sync().base().cart_key.clone();
    page.add(3, 1.0, desk.now);
    desk.fails(&mut page, Outcome::Unreachable);
    desk.settles(&mut page);
    assert_ne!(page.journal.sync().base().cart_key, old);
    assert_eq!(desk.cart_of(&page), [(1, 1.0), (2, 2.0), (3, 1.0)]);
}
