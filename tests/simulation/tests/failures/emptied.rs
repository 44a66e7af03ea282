//! Carts that come back empty, lines that come back missing.

use crate::{H, customers, given_up, held_behind_another, not_there_yet, raw_keys, runs, synced};
use cocart_wasm::cart::{AddItem, Command};
use cocart_wasm::sync::{Config, Event, Notification};
use simulation::desk::{Desk, Page};
use simulation::server::{CUSTOMER, local_key};

#[test]
fn a_line_removed_elsewhere_is_added_again_where_its_quantity_was_changed_here() {
    let mut desk = Desk::new();
    let mut page = customers(&mut desk, &[(1, 1.0), (2, 1.0), (3, 1.0)]);
    desk.server.carts.get_mut(CUSTOMER).unwrap().lines.drain(..2);
    page.set(1, 4.0, desk.now);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 4.0), (3, 1.0)]);
    assert_eq!(page.shows(), desk.cart_of(&page));
}

#[test]
fn a_cart_bought_elsewhere_takes_waiting_changes_of_its_lines_along_and_leaves_what_was_added() {
    let mut desk = Desk::new();
    let mut page = customers(&mut desk, &[(1, 1.0), (2, 1.0)]);
    page.event(Event::Online(false), desk.now);
    page.set(1, 4.0, desk.now);
    page.set(2, 3.0, desk.now);
    page.add(2, 2.0, desk.now);
    page.add(3, 1.0, desk.now);
    page.set(3, 5.0, desk.now);
    page.set(1, 6.0, desk.now);
    page.add(1, 1.0, desk.now);
    page.set(1, 3.0, desk.now);
    desk.server.carts.get_mut(CUSTOMER).unwrap().lines.clear();
    desk.wait(&mut page, 61_000);
    page.event(Event::Online(true), desk.now);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(2, 2.0), (3, 5.0)]);
    assert_eq!(page.shows(), desk.cart_of(&page));
}

#[test]
fn a_change_held_back_by_one_in_doubt_does_not_bring_a_bought_line_back() {
    let mut desk = Desk::new();
    let mut page = customers(&mut desk, &[(1, 1.0), (2, 1.0)]);
    let _ = held_behind_another(&mut desk, &mut page);
    desk.server.carts.get_mut(CUSTOMER).unwrap().lines.clear();
    desk.settles(&mut page);
    assert_eq!((desk.cart_of(&page), page.shows()), (vec![], vec![]));
}

#[test]
fn a_removal_in_doubt_that_empties_the_cart_late_is_not_taken_for_a_purchase() {
    let mut desk = Desk::new();
    let mut page = customers(&mut desk, &[(1, 1.0)]);
    page.add(2, 1.0, desk.now);
    let _ = not_there_yet(&mut desk, &mut page);
    page.remove(1, desk.now);
    let late = given_up(&desk, &mut page);
    desk.wait(&mut page, 2_000);
    let (id, outcome) = desk.lands(&mut page); // still there
    page.event(Event::Online(false), desk.now);
    page.answer(id, outcome, desk.now);
    runs(&mut desk, &late);
    desk.wait(&mut page, H);
    page.event(Event::Online(true), desk.now);
    desk.settles(&mut page);
    assert_eq!((desk.cart_of(&page), page.conflicts()), (vec![(2, 1.0)], vec![]));
}

#[test]
fn a_guests_cart_that_a_killed_browser_emptied_is_not_taken_for_bought() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 2.0)]);
    let key = page.journal.sync().base().cart_key.clone();
    desk.wait(&mut page, 3 * H);
    page.add(2, 1.0, desk.now);
    let _ = given_up(&desk, &mut page);
    page.remove(1, desk.now);
    desk.server.carts.get_mut(&key).unwrap().lines.clear();
    desk.settles(&mut page);
    assert_eq!((desk.cart_of(&page), page.conflicts()), (vec![(2, 1.0)], vec![]));
    assert_eq!(page.shows(), desk.cart_of(&page));
}

#[test]
fn a_cart_bought_elsewhere_a_moment_after_it_was_filled_here_stays_bought() {
    let mut desk = Desk::new();
    let config = Config { prefix: "shop:".into(), signed_in: true, ..Config::default() };
    let mut page = desk.page_with(config);
    page.add(1, 1.0, desk.now);
    desk.settles(&mut page);
    desk.server.carts.get_mut(CUSTOMER).unwrap().lines.clear();
    page.event(Event::SyncNow, desk.now);
    desk.settles(&mut page);
    assert_eq!((desk.cart_of(&page), page.shows()), (vec![], vec![]));
}

#[test]
fn what_was_bought_while_an_add_was_on_its_way_does_not_come_back() {
    let email = Some("a@b.example".to_owned());
    for add in [
        AddItem { id: "3".into(), quantity: 1.0, ..AddItem::default() },
        AddItem { id: "1".into(), quantity: 1.0, email, ..AddItem::default() }, // more of a line
    ] {
        let mut desk = Desk::new();
        let mut page = customers(&mut desk, &[(1, 2.0), (2, 1.0)]);
        page.remove(2, desk.now);
        desk.settles(&mut page);
        page.add(2, 1.0, desk.now); // whose removal could arrive again
        desk.settles(&mut page);
        desk.server.carts.get_mut(CUSTOMER).unwrap().lines.clear();
        page.add_item(add.clone(), desk.now);
        desk.settles(&mut page);
        assert_eq!(desk.cart_of(&page), [(add.id.parse().unwrap(), 1.0)]);
        assert_eq!(page.shows(), desk.cart_of(&page));
    }
}

#[test]
fn a_change_of_what_was_added_after_the_cart_was_bought_is_kept() {
    let mut desk = Desk::new();
    let mut page = customers(&mut desk, &[(1, 1.0)]);
    desk.server.carts.get_mut(CUSTOMER).unwrap().lines.clear();
    page.add(2, 2.0, desk.now);
    let add = given_up(&desk, &mut page);
    runs(&mut desk, &add);
    page.set(2, 1.0, desk.now);
    desk.settles(&mut page);
    assert_eq!((desk.cart_of(&page), page.conflicts()), (vec![(2, 1.0)], vec![]));
    assert_eq!(page.shows(), desk.cart_of(&page));
}

#[test]
fn only_a_cart_that_has_run_out_is_offered_and_as_it_was_last_seen() {
    for (late, offered) in [(0, None), (1, Some(4.0))] {
        let mut desk = Desk::new();
        let mut page = synced(&mut desk, &[(1, 2.0)]);
        page.set(1, 4.0, desk.now);
        desk.settles(&mut page);
        let key = page.journal.sync().base().cart_key.clone();
        desk.server.carts.remove(&key);
        let expires = page.journal.sync().status().expires_ms.unwrap();
        desk.now.wall_ms = expires - 86_400_000 + late;
        desk.now.steady_ms += 6 * 86_400_000;
        page.event(Event::SyncNow, desk.now);
        desk.answers(&mut page);
        let offer = page.journal.sync().offer();
        assert_eq!(offer.first().map(|add| add.quantity), offered);
        let told = page.told.iter().any(|told| matches!(told, Notification::CartExpired { .. }));
        assert_eq!(told, offered.is_some());
        let written = raw_keys(&desk, ":op:").len();
        page.event(Event::DeclineOffer, desk.now);
        assert_eq!(page.journal.sync().offer(), []);
        assert_eq!(desk.page().journal.sync().offer(), []);
        assert_eq!(raw_keys(&desk, ":op:").len() > written, told, "there was something to decline");
    }
}

#[test]
fn two_adds_in_doubt_or_not_are_told_apart_when_the_cart_was_bought() {
    let mut desk = Desk::new();
    let mut page = customers(&mut desk, &[(1, 1.0)]);
    let email = Some("a@b.example".to_owned());
    let item = AddItem { id: "2".into(), quantity: 3.0, email, ..AddItem::default() };
    page.add_item(item.clone(), desk.now);
    let _ = given_up(&desk, &mut page);
    page.set(1, 4.0, desk.now);
    desk.server.carts.get_mut(CUSTOMER).unwrap().lines.clear();
    desk.settles(&mut page);
    let conflict = page.conflicts().remove(0);
    assert_eq!(conflict.code, "cocart_wasm_in_doubt");
    assert_eq!(conflict.command, Some(Command::AddItem(item)));
    assert_eq!((conflict.item_key, conflict.quantity), (Some(local_key(2)), Some((3.0, 0.0))));
    assert_eq!(conflict.lines.len(), 1);
    assert_eq!((desk.cart_of(&page), page.conflicts().len()), (vec![], 1));
}

#[test]
fn a_quantity_in_doubt_when_the_cart_was_bought_does_not_bring_the_line_back() {
    for lands in [false, true] {
        let mut desk = Desk::new();
        let mut page = customers(&mut desk, &[(1, 1.0), (2, 1.0)]);
        page.set(1, 5.0, desk.now);
        let late = given_up(&desk, &mut page);
        if lands {
            runs(&mut desk, &late);
        }
        desk.server.carts.get_mut(CUSTOMER).unwrap().lines.clear();
        desk.settles(&mut page);
        assert_eq!((desk.cart_of(&page), page.shows()), (vec![], vec![]), "landed: {lands}");
    }
}

#[test]
fn more_of_a_line_in_doubt_when_the_cart_was_bought_is_given_back_to_decide_about() {
    let mut desk = Desk::new();
    let mut page = customers(&mut desk, &[(1, 2.0), (2, 1.0)]);
    page.add(1, 1.0, desk.now);
    let _ = given_up(&desk, &mut page);
    desk.server.carts.get_mut(CUSTOMER).unwrap().lines.clear();
    desk.settles(&mut page);
    assert_eq!((desk.cart_of(&page), page.shows()), (vec![], vec![]));
    let conflict = page.conflicts().remove(0);
    assert_eq!(
        (conflict.code.as_str(), conflict.quantity),
        ("cocart_wasm_in_doubt", Some((3.0, 0.0)))
    );
}

#[test]
fn a_coupon_in_doubt_when_the_cart_was_bought_is_applied_to_what_comes_next() {
    let mut desk = Desk::new();
    desk.server.shop.plus = true;
    let mut page = customers(&mut desk, &[(1, 1.0)]);
    page.command(Command::ApplyCoupon { coupon: "ten".into() }, desk.now);
    let _ = given_up(&desk, &mut page);
    desk.server.carts.get_mut(CUSTOMER).unwrap().lines.clear();
    desk.settles(&mut page);
    assert_eq!(
        (&desk.server.carts[CUSTOMER].coupons, page.conflicts()),
        (&vec!["ten".into()], vec![])
    );
}

#[test]
fn an_add_in_doubt_that_was_taken_out_or_replaced_before_the_cart_was_bought_is_not_reported() {
    // what was done after the add in doubt was looked for and was not there; what is left; how
    // much is reported
    type Case = (fn(&mut Page, &Desk), &'static [(i64, f64)], usize);
    let cases: [Case; 5] = [
        (|page, desk| page.remove(2, desk.now), &[], 0),
        (
            |page, desk| {
                page.remove(2, desk.now);
                page.add(2, 3.0, desk.now);
            },
            &[(2, 3.0)],
            0,
        ),
        (|page, desk| page.set(2, 5.0, desk.now), &[], 1),
        (|page, desk| page.add(3, 1.0, desk.now), &[(3, 1.0)], 1),
        (
            |page, desk| {
                page.add(3, 1.0, desk.now);
                page.remove(3, desk.now);
            },
            &[],
            1,
        ),
    ];
    for (what, left, reported) in cases {
        let mut desk = Desk::new();
        let config = Config { prefix: "shop:".into(), move_lines: 0, ..Config::default() };
        let mut page = desk.page_with(config);
        page.add(1, 2.0, desk.now);
        desk.settles(&mut page);
        let key = page.journal.sync().base().cart_key.clone();
        page.add(2, 1.0, desk.now);
        let _ = not_there_yet(&mut desk, &mut page);
        page.event(Event::Online(false), desk.now);
        what(&mut page, &desk);
        desk.server.carts.get_mut(&key).unwrap().lines.clear();
        desk.wait(&mut page, 2 * H);
        page.event(Event::Online(true), desk.now);
        desk.settles(&mut page);
        assert_eq!((desk.cart_of(&page), page.conflicts().len()), (left.to_vec(), reported));
    }
}

#[test]
fn what_was_taken_out_and_added_again_after_an_add_in_doubt_is_wanted_in_a_bought_cart() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 2.0)]);
    let key = page.journal.sync().base().cart_key.clone();
    page.add(2, 1.0, desk.now);
    page.remove(2, desk.now);
    page.add(2, 3.0, desk.now);
    let _ = given_up(&desk, &mut page);
    desk.server.carts.get_mut(&key).unwrap().lines.clear();
    desk.settles(&mut page);
    assert_eq!((desk.cart_of(&page), page.conflicts()), (vec![(2, 3.0)], vec![]));
}
