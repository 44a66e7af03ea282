//! Lines in the cart whose keys a plugin of the shop changes.

use crate::{customers, given_up, looks_much_later, runs, synced};
use cocart_wasm::cart::Command;
use cocart_wasm::sync::{Event, Outcome};
use simulation::desk::Desk;
use simulation::server::{CUSTOMER, local_key};

/// The customer's lines as the shop has them, by product.
fn lines(desk: &Desk) -> Vec<(i64, f64)> {
    let cart = &desk.server.carts[CUSTOMER];
    let mut lines: Vec<_> = cart.lines.iter().map(|(_, id, quantity)| (*id, *quantity)).collect();
    lines.sort_by_key(|(id, _)| *id);
    lines
}

#[test]
fn a_line_whose_key_changes_in_the_cart_stays_one_line() {
    for removed in [false, true] {
        let mut desk = Desk::new();
        let mut page = customers(&mut desk, &[(1, 2.0), (2, 1.0), (3, 1.0)]);
        page.event(Event::Online(false), desk.now);
        page.set(1, 5.0, desk.now);
        page.remove(2, desk.now);
        desk.server.rekey(&[1, 2, 3], 7, removed);
        page.event(Event::Online(true), desk.now);
        desk.settles(&mut page);
        assert_eq!((lines(&desk), page.conflicts()), (vec![(1, 5.0), (3, 1.0)], vec![]));
        // by its old name, as another tab may still call it; and back again
        page.set(1, 6.0, desk.now);
        page.add(3, 1.0, desk.now);
        desk.settles(&mut page);
        assert_eq!(lines(&desk), [(1, 6.0), (3, 2.0)]);
        desk.server.rekey(&[1, 2, 3], 0, removed);
        page.set(1, 7.0, desk.now);
        page.remove(3, desk.now);
        desk.settles(&mut page);
        assert_eq!((lines(&desk), page.shows()), (vec![(1, 7.0)], vec![(1, 7.0)]));
    }
}

#[test]
fn a_write_in_doubt_is_settled_on_the_line_it_went_to_whatever_its_key_is_by_now() {
    let mut desk = Desk::new();
    let mut page = customers(&mut desk, &[(1, 2.0), (2, 1.0)]);
    page.set(1, 5.0, desk.now);
    let late = given_up(&desk, &mut page);
    runs(&mut desk, &late);
    desk.server.rekey(&[1], 7, true);
    let writes = desk.server.writes;
    desk.settles(&mut page);
    assert_eq!((lines(&desk), page.conflicts()), (vec![(1, 5.0), (2, 1.0)], vec![]));
    assert_eq!(desk.server.writes, writes, "it had landed");
}

#[test]
fn a_removed_line_is_put_back_under_the_key_it_has_by_now() {
    for removed in [false, true] {
        let mut desk = Desk::new();
        let mut page = customers(&mut desk, &[(1, 2.0), (2, 1.0)]);
        page.remove(1, desk.now);
        desk.settles(&mut page);
        desk.server.rekey(&[1, 2], 7, removed);
        page.command(Command::RestoreItem { item_key: local_key(1) }, desk.now);
        page.add(1, 1.0, desk.now);
        desk.settles(&mut page);
        assert_eq!((lines(&desk), page.shows()), (vec![(1, 3.0), (2, 1.0)], lines(&desk)));
    }
}

#[test]
fn a_line_the_shop_lists_as_removed_is_put_back_whatever_its_key_was() {
    let mut desk = Desk::new();
    let mut page = customers(&mut desk, &[(1, 1.0)]);
    let cart = desk.server.carts.get_mut(CUSTOMER).unwrap();
    cart.removed.push((local_key(3), 3, 7.0)); // by another device
    looks_much_later(&mut desk, &mut page);
    desk.server.rekey(&[3], 7, true);
    looks_much_later(&mut desk, &mut page);
    page.command(Command::RestoreItem { item_key: local_key(3) }, desk.now);
    desk.settles(&mut page);
    assert_eq!((lines(&desk), page.shows()), (vec![(1, 1.0), (3, 7.0)], lines(&desk)));
}

#[test]
fn a_guest_moves_with_lines_whose_keys_changed() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0), (2, 2.0)]);
    desk.server.rekey(&[1, 2], 7, true);
    looks_much_later(&mut desk, &mut page);
    let old = page.journal.sync().base().cart_key.clone();
    page.add(3, 1.0, desk.now);
    desk.fails(&mut page, Outcome::Unreachable);
    desk.settles(&mut page);
    assert_ne!(page.journal.sync().base().cart_key, old);
    assert_eq!(desk.cart_of(&page), [(1, 1.0), (2, 2.0), (3, 1.0)]);
}

#[test]
fn a_line_that_was_removed_and_added_again_is_not_taken_for_the_removed_one() {
    let mut desk = Desk::new();
    let mut page = customers(&mut desk, &[(1, 2.0), (2, 1.0)]);
    page.remove(1, desk.now);
    desk.settles(&mut page);
    page.add(1, 4.0, desk.now);
    desk.settles(&mut page);
    // the removed one has a third key
    desk.server.rekey(&[1], 7, true);
    desk.server.rekey(&[1], 8, false);
    page.event(Event::SyncNow, desk.now);
    desk.settles(&mut page);
    page.set(1, 3.0, desk.now);
    desk.settles(&mut page);
    assert_eq!((lines(&desk), page.shows()), (vec![(1, 3.0), (2, 1.0)], lines(&desk)));
}
