//! Storage that is full, corrupt, foreign, newer, erased.

use crate::tabs::hears;
use crate::{newest_base, raw_keys, synced};
use cocart_wasm::cart::{AddItem, Command};
use cocart_wasm::ports::Storage;
use cocart_wasm::sync::{Config, Event, Notification};
use simulation::desk::{Desk, Page};

#[test]
fn quota_exceeded_keeps_the_command_and_tells_the_app() {
    let mut desk = Desk::new();
    let mut page =
        desk.page_with(Config { prefix: "shop:".into(), online: false, ..Config::default() });
    desk.shared.borrow_mut().store.set_room(Some(0));
    page.add(1, 2.0, desk.now);
    assert_eq!(page.shows(), [(1, 2.0)]);
    assert!(page.was_told("storage_quota"));
    assert_eq!(page.journal.sync().status().unsaved, 1);
    // room again: it is stored, and another page sees it
    desk.shared.borrow_mut().store.set_room(None);
    desk.wait(&mut page, 5_000);
    assert_eq!(page.journal.sync().status().unsaved, 0);
    assert_eq!(desk.page().shows(), [(1, 2.0)]);
}

#[test]
fn a_full_storage_sends_nothing_that_is_not_written_down() {
    let mut desk = Desk::new();
    let mut page = desk.page();
    desk.shared.borrow_mut().store.set_room(Some(0));
    page.add(1, 2.0, desk.now);
    assert!(page.sent.iter().all(|out| out.request.method.name() == "GET"));
    desk.shared.borrow_mut().store.set_room(None);
    desk.wait(&mut page, 6_000);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 2.0)]);
}

#[test]
fn a_nearly_full_storage_keeps_lines_and_drops_prose() {
    let mut desk = Desk::new();
    desk.server.shop.prose = "lorem ipsum ".repeat(400);
    let mut page = synced(&mut desk, &[(1, 1.0), (2, 1.0), (3, 1.0)]);
    let mut other = desk.page();
    let used = desk.shared.borrow().store.used();
    desk.shared.borrow_mut().store.set_room(Some(used));
    page.set(1, 5.0, desk.now);
    desk.settles(&mut page);
    desk.wait(&mut page, 6_000);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 5.0), (2, 1.0), (3, 1.0)]);
    let kept = |desk: &Desk| desk.shared.borrow().store.get(&newest_base(desk)).unwrap();
    assert!(kept(&desk).contains("compacted"));
    hears(&mut other, &desk, "base:");
    assert!(other.journal.sync().base().document.get("compacted").is_some());
    // who wrote it, and reads it again when it is seen, still has it all; others ask for the rest
    for (own, requests) in [(&mut page, 0), (&mut other, 1)] {
        for visible in [false, true] {
            own.happens(desk.now, |journal, now| journal.visible(visible, now));
        }
        assert_eq!(own.sent.len(), requests);
        assert_eq!(desk.settles(own), requests);
        assert!(own.journal.sync().base().document.get("compacted").is_none());
    }
    // once there is room it is kept whole
    desk.shared.borrow_mut().store.set_room(None);
    page.set(1, 4.0, desk.now);
    desk.settles(&mut page);
    assert!(kept(&desk).contains("lorem ipsum") && !kept(&desk).contains("compacted"));
}

#[test]
fn a_corrupt_command_is_set_aside_and_the_others_count() {
    let mut desk = Desk::new();
    let offline = Config { prefix: "shop:".into(), online: false, ..Config::default() };
    let mut page = desk.page_with(offline.clone());
    page.add(1, 1.0, desk.now);
    page.add(2, 1.0, desk.now);
    let key = raw_keys(&desk, ":1").first().cloned().unwrap();
    let raw = desk.shared.borrow().store.get(&key).unwrap();
    desk.shared.borrow_mut().store.set(&key, &raw[..raw.len() - 3]).unwrap();
    let page = desk.page_with(offline);
    assert_eq!(page.shows(), [(2, 1.0)]);
    assert!(page.was_told("storage_corrupt"));
    assert_eq!(raw_keys(&desk, "corrupt:").len(), 1);
}

#[test]
fn a_corrupt_base_is_set_aside_and_the_last_good_one_counts() {
    let mut desk = Desk::new();
    let page = synced(&mut desk, &[(1, 1.0), (2, 2.0)]);
    let key = page.journal.sync().base().cart_key.clone();
    let newest = newest_base(&desk);
    desk.shared.borrow_mut().store.set(&newest, "cw1 0000000000000000 {\"rev\":999}").unwrap();
    let mut page = desk.page();
    assert!(page.was_told("storage_corrupt"));
    assert_eq!(page.journal.sync().base().cart_key, key);
    page.event(Event::SyncNow, desk.now);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 1.0), (2, 2.0)]);
    assert_eq!(page.shows(), [(1, 1.0), (2, 2.0)]);
}

#[test]
fn a_foreign_value_under_our_prefix_is_set_aside() {
    let mut desk = Desk::new();
    desk.shared.borrow_mut().store.set("shop:base:0", "hello").unwrap();
    desk.shared.borrow_mut().store.set("shop:op:x:1", "{}").unwrap();
    desk.shared.borrow_mut().store.set("shop:unknown", "mine").unwrap();
    let page = desk.page();
    assert_eq!(page.shows(), []);
    assert_eq!(raw_keys(&desk, "corrupt:").len(), 2);
    assert_eq!(desk.shared.borrow().store.get("shop:unknown").as_deref(), Some("mine"));
}

#[test]
fn a_newer_schema_is_never_overwritten_and_the_app_is_told() {
    let mut desk = Desk::new();
    drop(synced(&mut desk, &[(1, 1.0)]));
    let key = newest_base(&desk);
    let newer = sealed_as(9, "{\"rev\":99}");
    desk.shared.borrow_mut().store.set(&key, &newer).unwrap();
    let before = desk.shared.borrow().store.clone();
    let mut page = desk.page();
    assert!(page.was_told("storage_newer_schema"));
    assert!(page.journal.sync().status().read_only);
    page.add(2, 1.0, desk.now);
    page.event(Event::SyncNow, desk.now);
    assert!(page.sent.is_empty());
    assert_eq!(desk.shared.borrow().store.keys(""), before.keys(""));
    assert_eq!(desk.shared.borrow().store.get(&key), Some(newer));
}

pub(crate) fn sealed_as(schema: u32, text: &str) -> String {
    use md5::{Digest, Md5};
    let mut digest = Md5::new();
    digest.update(schema.to_le_bytes());
    digest.update(text.as_bytes());
    let sum: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("cw{schema} {} {text}", &sum[..16])
}

#[test]
fn a_kept_sample_of_schema_1_still_opens() {
    let mut desk = Desk::new();
    let sample = include_str!("../samples/journal-1.txt");
    for line in sample.lines() {
        let (key, raw) = line.split_once('\t').unwrap();
        desk.shared.borrow_mut().store.set(key, raw).unwrap();
    }
    let page =
        desk.page_with(Config { prefix: "shop:".into(), online: false, ..Config::default() });
    assert_eq!(page.shows(), [(1, 3.0), (2, 1.0), (4, 2.0)]);
    assert_eq!(page.view().removed.get(&3), Some(&2.0));
    assert_eq!(page.journal.sync().base().cart_key, "t_b0f91c1b6b2469e231d6139a493fda");
    assert_eq!(page.journal.sync().conflicts().len(), 1);
}

#[test]
fn storage_erased_by_the_browser_starts_a_new_cart() {
    let mut desk = Desk::new();
    let old = synced(&mut desk, &[(1, 1.0)]);
    let key = old.journal.sync().base().cart_key.clone();
    *desk.shared.borrow_mut() = Default::default();
    let mut page = desk.page();
    page.add(2, 1.0, desk.now);
    desk.settles(&mut page);
    assert_ne!(page.journal.sync().base().cart_key, key);
    assert_eq!(desk.cart_of(&page), [(2, 1.0)]);
}

#[test]
fn two_carts_do_not_meet() {
    let mut desk = Desk::new();
    let mut one = desk.page_with(Config { prefix: "one:".into(), ..Config::default() });
    let mut two = desk.page_with(Config { prefix: "two:".into(), ..Config::default() });
    one.add(1, 1.0, desk.now);
    two.add(2, 1.0, desk.now);
    desk.settles(&mut one);
    desk.settles(&mut two);
    assert_eq!(desk.cart_of(&one), [(1, 1.0)]);
    assert_eq!(desk.cart_of(&two), [(2, 1.0)]);
}

#[test]
fn forget_leaves_nothing_behind() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0)]);
    let key = page.journal.sync().base().cart_key.clone();
    page.event(Event::Forget, desk.now);
    assert_eq!(raw_keys(&desk, ""), Vec::<String>::new());
    assert_eq!(page.shows(), []);
    assert_ne!(page.journal.sync().base().cart_key, key);
}

#[test]
fn a_cart_nobody_touched_for_longer_than_the_app_allows_is_erased() {
    let mut desk = Desk::new();
    drop(synced(&mut desk, &[(1, 1.0)]));
    desk.now.wall_ms += 10 * 86_400_000;
    let config =
        Config { prefix: "shop:".into(), retention_ms: Some(86_400_000), ..Config::default() };
    assert_eq!(desk.page_with(config).shows(), []);
    assert_eq!(raw_keys(&desk, ""), Vec::<String>::new());
}

#[test]
fn acknowledged_commands_are_tidied_away() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0), (2, 1.0), (3, 1.0)]);
    page.add(4, 1.0, desk.now);
    desk.settles(&mut page);
    assert!(raw_keys(&desk, ":op:").len() <= 1, "{:?}", raw_keys(&desk, ":op:"));
}

#[test]
fn a_lost_base_doubles_nothing_in_a_customers_cart() {
    let mut desk = Desk::new();
    let config = Config { prefix: "shop:".into(), signed_in: true, ..Config::default() };
    let mut page = desk.page_with(config.clone());
    page.add(1, 1.0, desk.now);
    page.add(2, 1.0, desk.now);
    desk.settles(&mut page);
    desk.wait(&mut page, 61_000);
    page.add(2, 2.0, desk.now);
    // the record that knew of the request is the one that is lost
    let _ = desk.lands(&mut page);
    drop(page);
    let newest = newest_base(&desk);
    desk.shared.borrow_mut().store.set(&newest, "lost").unwrap();
    let mut page = desk.page_with(config);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 1.0), (2, 3.0)]);
    assert_eq!(page.shows(), desk.cart_of(&page));
    assert!(page.conflicts().is_empty());
}

#[test]
fn storage_erased_under_an_open_page_starts_a_new_cart_when_it_is_seen() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0)]);
    let key = page.journal.sync().base().cart_key.clone();
    page.event(Event::PageHide, desk.now);
    for key in raw_keys(&desk, "") {
        desk.shared.borrow_mut().store.remove(&key);
    }
    page.happens(desk.now, |journal, now| journal.page_show(now));
    assert_eq!(page.shows(), []);
    let fresh = page.journal.sync().base().cart_key.clone();
    assert_ne!(fresh, key);
    // nothing was there to be erased now: the key stays
    page.event(Event::PageHide, desk.now);
    page.happens(desk.now, |journal, now| journal.page_show(now));
    assert_eq!(page.journal.sync().base().cart_key, fresh);
}

#[test]
fn a_cart_is_erased_after_the_time_the_app_allows_and_not_before() {
    let days = |days: i64, touched: bool| {
        let mut desk = Desk::new();
        let mut page =
            desk.page_with(Config { prefix: "shop:".into(), online: false, ..Config::default() });
        if touched {
            page.add(1, 1.0, desk.now);
        }
        desk.now.wall_ms += days * 86_400_000;
        let retention_ms = Some(2 * 86_400_000);
        let config =
            Config { prefix: "shop:".into(), online: false, retention_ms, ..Config::default() };
        desk.page_with(config).shows()
    };
    assert_eq!((days(1, true), days(2, true)), (vec![(1, 1.0)], vec![(1, 1.0)]));
    assert_eq!((days(3, true), days(3, false)), (vec![], vec![]));
}

#[test]
fn that_storage_is_full_is_told_once_a_minute() {
    let mut desk = Desk::new();
    let mut page =
        desk.page_with(Config { prefix: "shop:".into(), online: false, ..Config::default() });
    desk.shared.borrow_mut().store.set_room(Some(0));
    let full = |page: &mut Page| {
        let of = |told: &Notification| {
            matches!(told, Notification::Problem { code: "storage_quota", .. })
        };
        std::mem::take(&mut page.told).iter().filter(|told| of(told)).count()
    };
    page.add(1, 1.0, desk.now);
    assert_eq!(full(&mut page), 1);
    for (later, told) in [(59_999, 0), (1, 1), (30_000, 0)] {
        desk.now.steady_ms += later;
        page.add(1, 1.0, desk.now);
        assert_eq!(full(&mut page), told, "{later}");
    }
    assert_eq!(page.journal.sync().status().unsaved, 4);
}

#[test]
fn what_no_line_needs_any_more_is_not_kept() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(2, 1.0)]);
    let item_data = cocart_wasm::map! { "engraving": "only once" };
    let item = AddItem { id: "1".into(), quantity: 1.0, item_data, ..AddItem::default() };
    page.add_item(item, desk.now);
    desk.settles(&mut page);
    let newest = |desk: &Desk| desk.shared.borrow().store.get(&newest_base(desk)).unwrap();
    assert!(newest(&desk).contains("only once"));
    page.command(Command::Clear { keep_removed_items: false }, desk.now);
    desk.settles(&mut page);
    desk.wait(&mut page, 60_000);
    page.event(Event::SyncNow, desk.now);
    desk.settles(&mut page);
    assert!(!newest(&desk).contains("only once"), "{}", newest(&desk));
}

#[test]
fn a_command_that_is_stored_late_is_done_once() {
    let mut desk = Desk::new();
    let offline = Config { prefix: "shop:".into(), online: false, ..Config::default() };
    let mut late = desk.page_with(offline.clone());
    let mut page = desk.page_with(offline);
    desk.shared.borrow_mut().store.set_room(Some(0));
    late.add(1, 1.0, desk.now);
    desk.shared.borrow_mut().store.set_room(None);
    late.add(2, 1.0, desk.now);
    page.event(Event::Online(true), desk.now);
    page.event(Event::SyncNow, desk.now);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(2, 1.0)]);
    desk.wait(&mut late, 5_000);
    for _ in 0..3 {
        page.event(Event::SyncNow, desk.now);
        desk.settles(&mut page);
        assert_eq!(desk.cart_of(&page), [(1, 1.0), (2, 1.0)]);
    }
}

#[test]
fn a_command_that_the_shop_has_needs_no_storing_any_more() {
    let mut desk = Desk::new();
    let offline = Config { prefix: "shop:".into(), online: false, ..Config::default() };
    let mut page = desk.page_with(offline);
    desk.shared.borrow_mut().store.set_room(Some(0));
    page.add(1, 2.0, desk.now);
    assert_eq!(page.journal.sync().status().unsaved, 1);
    desk.shared.borrow_mut().store.set_room(None);
    page.event(Event::Online(true), desk.now);
    desk.answers(&mut page);
    assert_eq!((desk.cart_of(&page), page.journal.sync().status().unsaved), (vec![(1, 2.0)], 0));
}

#[test]
fn what_is_stored_again_is_ones_own() {
    let mut desk = Desk::new();
    let offline = Config { prefix: "shop:".into(), online: false, ..Config::default() };
    let mut other = desk.page_with(offline.clone());
    other.add(1, 1.0, desk.now);
    let mut page = desk.page_with(offline);
    desk.shared.borrow_mut().store.set_room(Some(0));
    page.add(2, 1.0, desk.now);
    desk.shared.borrow_mut().store.set_room(None);
    // the other one's was taken over and tidied away, which this page has not heard of
    let key = raw_keys(&desk, ":op:").remove(0);
    desk.shared.borrow_mut().store.remove(&key);
    desk.wait(&mut page, 5_000);
    let stored = raw_keys(&desk, ":op:");
    assert!(stored.len() == 1 && stored[0] != key, "{stored:?}");
}

#[test]
fn what_finds_no_room_once_more_holds_back_no_request() {
    let mut desk = Desk::new();
    desk.server.shop.prose = "lorem ipsum ".repeat(400);
    let mut page = synced(&mut desk, &[(1, 1.0), (2, 1.0)]);
    desk.server.shop.prose.clear();
    // only what takes less room than what it replaces is let in
    desk.shared.borrow_mut().store.set_room(Some(0));
    page.add(3, 1.0, desk.now);
    page.add(4, 1.0, desk.now);
    assert_eq!((page.sent.len(), page.journal.sync().status().unsaved), (1, 2));
    desk.now.steady_ms += 5_000; // a timer of a page in the background rings late
    desk.answers(&mut page);
    assert_eq!((page.sent.len(), page.journal.sync().status().unsaved), (1, 1));
    desk.answers(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 1.0), (2, 1.0), (3, 1.0), (4, 1.0)]);
    assert!(!page.journal.sync().status().suspect);
}
