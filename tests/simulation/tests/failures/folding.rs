//! What is sent for what was done; modes.

use crate::synced;
use cocart_wasm::cart::{AddItem, Command};
use cocart_wasm::map;
use cocart_wasm::ports::Storage;
use cocart_wasm::sync::{Config, Event, Mode, Notification, Outcome};
use cocart_wasm::value::Value;
use simulation::desk::Desk;
use simulation::server::local_key;

#[test]
fn add_then_remove_sends_nothing_yet_undo_works() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(2, 1.0)]);
    page.event(Event::Online(false), desk.now);
    page.add(1, 3.0, desk.now);
    page.remove(1, desk.now);
    let writes = desk.server.writes;
    page.event(Event::Online(true), desk.now);
    desk.settles(&mut page);
    assert_eq!(desk.server.writes, writes);
    // … after a reload, too
    let mut page = desk.page();
    assert_eq!(page.view().removed.get(&1), Some(&3.0));
    page.command(Command::RestoreItem { item_key: local_key(1) }, desk.now);
    assert_eq!(page.shows(), [(1, 3.0), (2, 1.0)]);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 3.0), (2, 1.0)]);
}

#[test]
fn adds_with_email_phone_or_price_are_not_folded() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0)]);
    page.event(Event::Online(false), desk.now);
    page.add(1, 1.0, desk.now);
    let priced =
        AddItem { id: "1".into(), quantity: 1.0, price: Some("5".into()), ..AddItem::default() };
    page.add_item(priced, desk.now);
    page.add(1, 1.0, desk.now);
    let writes = desk.server.writes;
    page.event(Event::Online(true), desk.now);
    desk.settles(&mut page);
    assert_eq!(desk.server.writes - writes, 3);
    assert_eq!(desk.cart_of(&page), [(1, 4.0)]);
}

#[test]
fn a_key_the_shop_changed_is_adopted() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(5, 1.0)]);
    assert_ne!(page.journal.sync().item_key(&local_key(5)), local_key(5));
    page.add(5, 2.0, desk.now);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(5, 3.0)]);
    page.remove(5, desk.now);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), []);
}

#[test]
fn fifty_changes_offline_cost_one_request_a_line() {
    let mut desk = Desk::new();
    let mut page =
        desk.page_with(Config { prefix: "shop:".into(), online: false, ..Config::default() });
    // 50 changes to 8 lines, of which one is removed again and one never was on the server
    for round in 0..6 {
        for id in 1..=8 {
            match round {
                3 => page.set(id, 2.0, desk.now),
                _ => page.add(id, 1.0, desk.now),
            }
        }
    }
    page.remove(7, desk.now);
    page.remove(8, desk.now);
    page.event(Event::Online(true), desk.now);
    let requests = desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), (1..=6).map(|id| (id, 4.0)).collect::<Vec<_>>());
    assert_eq!(requests, 6);
    // the same on the next visit: one look before
    let mut page =
        desk.page_with(Config { prefix: "shop:".into(), online: false, ..Config::default() });
    for _ in 0..5 {
        for id in 1..=6 {
            page.add(id, 1.0, desk.now);
        }
    }
    for id in [1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2] {
        page.add(id, 1.0, desk.now);
    }
    page.event(Event::Online(true), desk.now);
    assert_eq!(desk.settles(&mut page), 7);
}

#[test]
fn without_a_server_commands_are_folded_into_the_apps_model() {
    let mut desk = Desk::new();
    let config =
        Config { prefix: "shop:".into(), mode: Mode::Off, fold_after: 3, ..Config::default() };
    let mut page = desk.page_with(config.clone());
    for _ in 0..3 {
        page.add(1, 1.0, desk.now);
    }
    assert!(page.sent.is_empty());
    page.event(Event::Fold { model: Value::text("three") }, desk.now);
    assert_eq!(page.journal.sync().base().model, Some(Value::text("three")));
    assert!(page.journal.sync().pending().is_empty());
    page.add(1, 1.0, desk.now);
    let page = desk.page_with(config);
    assert_eq!(page.journal.sync().base().model, Some(Value::text("three")));
    assert_eq!(page.journal.sync().pending().len(), 1);
}

#[test]
fn manual_mode_sends_only_when_asked() {
    let mut desk = Desk::new();
    let mut page =
        desk.page_with(Config { prefix: "shop:".into(), mode: Mode::Manual, ..Config::default() });
    page.add(1, 1.0, desk.now);
    assert!(page.sent.is_empty());
    page.event(Event::SyncNow, desk.now);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 1.0)]);
    page.add(1, 1.0, desk.now);
    assert!(page.sent.is_empty());
    // nor is it tried again by itself
    page.event(Event::SyncNow, desk.now);
    page.told.clear();
    page.timer = None;
    desk.fails(&mut page, Outcome::Unreachable);
    assert_eq!(page.timer, None);
    assert!(!page.told.iter().any(|told| matches!(told, Notification::Retry { .. })));
    desk.wait(&mut page, 600_000);
    page.event(Event::Online(true), desk.now);
    assert!(page.sent.is_empty());
    page.event(Event::SyncNow, desk.now);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 2.0)]);
}

/// Writes the sample anew; only for a schema that was never released.
#[test]
#[ignore = "writes the kept sample"]
fn write_the_sample() {
    let mut desk = Desk::new();
    desk.server.shop.stock.insert(3, 2.0);
    let mut page = synced(&mut desk, &[(1, 1.0), (2, 1.0)]);
    page.add(3, 9.0, desk.now);
    desk.settles(&mut page);
    page.event(Event::Online(false), desk.now);
    page.add(1, 2.0, desk.now);
    page.add(3, 2.0, desk.now);
    page.remove(3, desk.now);
    page.add(4, 2.0, desk.now);
    page.event(Event::Online(true), desk.now);
    let (id, _) = desk.lands(&mut page);
    page.answer(id, Outcome::Unreachable, desk.now);
    page.event(Event::Online(false), desk.now);
    page.command(Command::UpdateCustomer { fields: map! { "city": "Köln 🍮" } }, desk.now);
    let store = desk.shared.borrow().store.clone();
    let lines = store
        .keys("")
        .into_iter()
        .map(|key| format!("{key}\t{}\n", store.get(&key).unwrap_or_default()));
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/samples/journal-1.txt");
    std::fs::write(file, lines.collect::<String>()).unwrap();
}

#[test]
fn a_coupon_applied_and_removed_again_is_not_sent() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0)]);
    page.event(Event::Online(false), desk.now);
    let writes = desk.server.writes;
    page.command(Command::ApplyCoupon { coupon: "ten".into() }, desk.now);
    page.command(Command::RemoveCoupon { coupon: "TEN".into() }, desk.now);
    page.event(Event::Online(true), desk.now);
    desk.settles(&mut page);
    assert_eq!(desk.server.writes, writes);
    assert!(page.conflicts().is_empty());
}

#[test]
fn what_a_clear_makes_pointless_is_not_sent_and_what_follows_it_is() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0), (2, 1.0)]);
    page.event(Event::Online(false), desk.now);
    page.set(1, 5.0, desk.now);
    page.add(3, 1.0, desk.now);
    let phone = Some("0221".to_owned());
    page.add_item(AddItem { id: "4".into(), quantity: 1.0, phone, ..AddItem::default() }, desk.now);
    page.command(Command::Clear { keep_removed_items: false }, desk.now);
    page.add(1, 2.0, desk.now);
    assert_eq!(page.shows(), [(1, 2.0)]);
    let writes = desk.server.writes;
    page.event(Event::Online(true), desk.now);
    desk.settles(&mut page);
    assert_eq!((desk.cart_of(&page), desk.server.writes - writes), (vec![(1, 2.0)], 2));
}

#[test]
fn a_quantity_for_a_line_that_is_not_there_is_not_sent() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0)]);
    let writes = desk.server.writes;
    page.set(2, 3.0, desk.now);
    page.set(1, f64::NAN, desk.now);
    page.set(1, f64::INFINITY, desk.now);
    desk.settles(&mut page);
    assert_eq!((desk.cart_of(&page), desk.server.writes), (vec![(1, 1.0)], writes));
}
