//! The failure table of `docs/sync.md`: each row that needs no browser, by name.

use cocart_wasm::cart::{AddItem, Command, Fee};
use cocart_wasm::map;
use cocart_wasm::ports::Storage;
use cocart_wasm::sync::{Config, Event, Mode, Notification, Outcome, Stored, unseal};
use cocart_wasm::value::{Map, Value};
use simulation::desk::{Desk, Page};
use simulation::server::{CUSTOMER, error, local_key};
use simulation::storage::Json;

const H: i64 = 30_000;

fn html() -> Outcome {
    Outcome::Unparsable { status: 200, headers: Vec::new() }
}

fn synced(desk: &mut Desk, lines: &[(i64, f64)]) -> Page {
    let mut page = desk.page();
    for (id, quantity) in lines {
        page.add(*id, *quantity, desk.now);
    }
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), lines);
    page
}

fn raw_keys(desk: &Desk, part: &str) -> Vec<String> {
    desk.shared.borrow().store.keys("shop:").into_iter().filter(|key| key.contains(part)).collect()
}

// --- storage ---------------------------------------------------------------------------------

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
    desk.wait(&mut page, 6_000);
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
    let used = desk.shared.borrow().store.used();
    desk.shared.borrow_mut().store.set_room(Some(used));
    page.set(1, 5.0, desk.now);
    desk.settles(&mut page);
    desk.wait(&mut page, 6_000);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 5.0), (2, 1.0), (3, 1.0)]);
    assert_eq!(desk.page().shows(), [(1, 5.0), (2, 1.0), (3, 1.0)]);
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

fn newest_base(desk: &Desk) -> String {
    let rev = |key: &String| {
        let raw = desk.shared.borrow().store.get(key).unwrap();
        match unseal(&Json, key, &raw) {
            Stored::Whole(value) => {
                value.get("rev").and_then(Value::as_f64).map_or(0, |rev| rev as i64)
            }
            _ => -1,
        }
    };
    raw_keys(desk, "base:").into_iter().max_by_key(rev).unwrap()
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

fn sealed_as(schema: u32, text: &str) -> String {
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
    let sample = include_str!("samples/journal-1.txt");
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

// --- tabs and clocks -------------------------------------------------------------------------

#[test]
fn two_tabs_that_write_at_once_both_count() {
    let mut desk = Desk::new();
    let (mut one, mut two) = (desk.page(), desk.page());
    two.wants_lock = true; // the other has it
    one.add(1, 1.0, desk.now);
    two.add(1, 2.0, desk.now);
    desk.settles(&mut one);
    two.wants_lock = false;
    let effects = two.journal.lock_granted(desk.now);
    two.carry_out(effects, desk.now);
    desk.settles(&mut two);
    assert_eq!(desk.cart_of(&one), [(1, 3.0)]);
    assert_eq!(two.shows(), [(1, 3.0)]);
}

#[test]
fn a_tab_back_from_the_cache_reads_everything_again() {
    let mut desk = Desk::new();
    let mut old = synced(&mut desk, &[(1, 1.0)]);
    old.event(Event::PageHide, desk.now);
    let mut other = desk.page();
    other.set(1, 4.0, desk.now);
    desk.settles(&mut other);
    let effects = old.journal.page_show(desk.now);
    old.carry_out(effects, desk.now);
    assert_eq!(old.shows(), [(1, 4.0)]);
}

#[test]
fn a_page_that_goes_lets_the_lock_go_and_the_next_settles_its_request() {
    let mut desk = Desk::new();
    let mut page = desk.page();
    page.add(1, 2.0, desk.now);
    let late = desk.lands(&mut page);
    page.event(Event::PageHide, desk.now);
    page.answer(late.0, late.1, desk.now); // nobody is home
    let mut next = desk.page();
    desk.settles(&mut next);
    assert_eq!(desk.cart_of(&next), [(1, 2.0)]);
}

#[test]
fn an_overtaken_tab_writes_nothing() {
    let mut desk = Desk::new();
    let mut frozen = synced(&mut desk, &[(1, 1.0)]);
    frozen.set(1, 2.0, desk.now);
    let answer = desk.lands(&mut frozen);
    // its lock was taken from it
    let mut other = desk.page();
    desk.settles(&mut other);
    other.set(1, 9.0, desk.now);
    desk.settles(&mut other);
    let base = desk.shared.borrow().store.get(&newest_base(&desk));
    frozen.wants_lock = true;
    frozen.answer(answer.0, answer.1, desk.now);
    assert_eq!(desk.shared.borrow().store.get(&newest_base(&desk)), base);
    assert!(frozen.sent.is_empty());
    assert_eq!(desk.cart_of(&other), [(1, 9.0)]);
}

#[test]
fn without_web_locks_every_flush_looks_first_and_only_the_visible_tab_flushes() {
    let mut desk = Desk::new();
    let config =
        Config { prefix: "shop:".into(), locks: false, visible: false, ..Config::default() };
    let mut page = desk.page_with(config);
    page.add(1, 1.0, desk.now);
    assert!(page.sent.is_empty());
    page.event(Event::Visible(true), desk.now);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 1.0)]);
    page.set(1, 2.0, desk.now);
    assert_eq!(page.sent[0].request.method.name(), "GET");
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 2.0)]);
}

#[test]
fn a_wall_clock_set_back_reorders_nothing() {
    let mut desk = Desk::new();
    let offline = Config { prefix: "shop:".into(), online: false, ..Config::default() };
    let mut page = desk.page_with(offline.clone());
    page.add(1, 5.0, desk.now);
    desk.now.wall_ms -= 1_000_000_000;
    page.set(1, 2.0, desk.now);
    assert_eq!(page.shows(), [(1, 2.0)]);
    assert_eq!(desk.page_with(offline).shows(), [(1, 2.0)]);
}

#[test]
fn a_steady_clock_that_goes_back_begins_the_wait_anew() {
    let mut desk = Desk::new();
    let mut page =
        desk.page_with(Config { prefix: "shop:".into(), move_lines: 0, ..Config::default() });
    synced_into(&mut desk, &mut page, 2);
    page.add(1, 2.0, desk.now);
    let late = page.sent.remove(0);
    page.answer(late.id, Outcome::Unreachable, desk.now);
    drop(page);
    desk.now.steady_ms = 5; // the browser was restarted
    let mut page =
        desk.page_with(Config { prefix: "shop:".into(), move_lines: 0, ..Config::default() });
    desk.answers(&mut page); // the look: not there
    assert!(page.sent.is_empty(), "held");
    desk.wait(&mut page, H + 1);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 2.0), (2, 1.0)]);
}

fn synced_into(desk: &mut Desk, page: &mut Page, id: i64) {
    page.add(id, 1.0, desk.now);
    desk.settles(page);
}

// --- requests and answers --------------------------------------------------------------------

#[test]
fn a_lost_answer_is_settled_by_looking() {
    let mut desk = Desk::new();
    let mut page = desk.page();
    page.add(1, 2.0, desk.now);
    let (id, _) = desk.lands(&mut page);
    page.answer(id, Outcome::Unreachable, desk.now);
    desk.wait(&mut page, 2_000);
    assert_eq!(page.sent[0].request.method.name(), "GET");
    desk.settles(&mut page);
    assert_eq!(desk.server.writes, 1);
    assert_eq!(desk.cart_of(&page), [(1, 2.0)]);
}

#[test]
fn a_500_after_the_items_were_added_is_settled_by_looking() {
    let mut desk = Desk::new();
    let mut page = desk.page();
    page.add(1, 2.0, desk.now);
    let (id, _) = desk.lands(&mut page);
    page.answer(id, error(500, "internal_server_error"), desk.now);
    desk.settles(&mut page);
    assert_eq!((desk.server.writes, desk.cart_of(&page)), (1, vec![(1, 2.0)]));
}

#[test]
fn an_add_given_up_for_lost_that_runs_late_is_not_doubled() {
    let mut desk = Desk::new();
    let config = Config { prefix: "shop:".into(), move_lines: 0, ..Config::default() };
    let mut page = desk.page_with(config);
    synced_into(&mut desk, &mut page, 2);
    page.add(1, 2.0, desk.now);
    let late = page.sent.remove(0);
    page.answer(late.id, Outcome::Unreachable, desk.now);
    desk.wait(&mut page, 2_000);
    desk.answers(&mut page); // not there
    assert!(page.sent.is_empty(), "the line is held");
    assert!(page.journal.sync().status().suspect);
    // other lines are not
    page.add(3, 1.0, desk.now);
    desk.answers(&mut page);
    let _ = desk.server.handle(&late.request, late.authorized, 0);
    desk.wait(&mut page, H);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 2.0), (2, 1.0), (3, 1.0)]);
    assert!(!page.journal.sync().status().suspect);
}

#[test]
fn a_guest_with_a_doubtful_add_moves_to_a_fresh_key_at_once() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0), (2, 2.0)]);
    let old = page.journal.sync().base().cart_key.clone();
    page.add(3, 1.0, desk.now);
    let late = page.sent.remove(0);
    page.answer(late.id, Outcome::Unreachable, desk.now);
    desk.settles(&mut page);
    let _ = desk.server.handle(&late.request, late.authorized, 0);
    let new = page.journal.sync().base().cart_key.clone();
    assert_ne!(new, old);
    assert!(new.starts_with("t_") && new.len() == 32);
    assert_eq!(desk.cart_of(&page), [(1, 1.0), (2, 2.0), (3, 1.0)]);
    assert_eq!(page.shows(), [(1, 1.0), (2, 2.0), (3, 1.0)]);
}

#[test]
fn a_request_that_arrives_twice_is_set_right() {
    let mut desk = Desk::new();
    let mut page = desk.page();
    page.add(1, 2.0, desk.now);
    let twice = page.sent[0].clone();
    desk.answers(&mut page);
    let _ = desk.server.handle(&twice.request, twice.authorized, 0);
    assert_eq!(desk.cart_of(&page), [(1, 4.0)]);
    page.event(Event::SyncNow, desk.now);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 2.0)]);
    assert!(page.conflicts().is_empty());
}

#[test]
fn an_old_set_that_arrives_after_a_newer_one_is_set_right() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0)]);
    page.set(1, 3.0, desk.now);
    let old = page.sent[0].clone();
    desk.answers(&mut page);
    page.set(1, 5.0, desk.now);
    desk.settles(&mut page);
    let _ = desk.server.handle(&old.request, old.authorized, 0);
    page.event(Event::SyncNow, desk.now);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 5.0)]);
}

#[test]
fn an_answer_that_comes_twice_or_too_late_changes_nothing() {
    let mut desk = Desk::new();
    let mut page = desk.page();
    page.add(1, 2.0, desk.now);
    let (id, outcome) = desk.lands(&mut page);
    desk.wait(&mut page, 21_000); // given up
    desk.wait(&mut page, 5_000);
    page.answer(id, outcome.clone(), desk.now);
    desk.settles(&mut page);
    page.set(1, 7.0, desk.now);
    desk.settles(&mut page);
    page.answer(id, outcome, desk.now);
    assert_eq!(page.shows(), [(1, 7.0)]);
    assert_eq!(desk.cart_of(&page), [(1, 7.0)]);
}

#[test]
fn a_reload_with_a_request_in_flight_is_settled_on_return() {
    let mut desk = Desk::new();
    for lands in [true, false] {
        let prefix = if lands { "a:" } else { "b:" };
        let config = Config { prefix: prefix.into(), ..Config::default() };
        let mut page = desk.page_with(config.clone());
        page.add(1, 2.0, desk.now);
        page.add(2, 1.0, desk.now);
        if lands {
            let _ = desk.lands(&mut page);
        }
        drop(page);
        let mut page = desk.page_with(config);
        assert_eq!(page.shows(), [(1, 2.0), (2, 1.0)]);
        desk.settles(&mut page);
        assert_eq!(desk.cart_of(&page), [(1, 2.0), (2, 1.0)], "landed: {lands}");
    }
}

#[test]
fn a_captive_portals_html_is_offline() {
    let mut desk = Desk::new();
    let mut page = desk.page();
    page.add(1, 1.0, desk.now);
    desk.fails(&mut page, html());
    assert!(!page.journal.sync().status().online);
    assert!(page.told.contains(&Notification::Offline));
    assert_eq!(page.shows(), [(1, 1.0)]);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 1.0)]);
    assert!(page.journal.sync().status().online);
}

#[test]
fn an_answer_cut_in_half_or_of_the_wrong_shape_is_in_doubt() {
    let shapes = [
        Value::Null,
        Value::Bool(true),
        map! { "items": "none" }.into(),
        map! { "items": vec![Value::Null] }.into(),
    ];
    for body in shapes {
        let mut desk = Desk::new();
        let mut page = desk.page();
        page.add(1, 1.0, desk.now);
        let (id, _) = desk.lands(&mut page);
        page.answer(id, Outcome::Answer { status: 200, headers: Vec::new(), body }, desk.now);
        desk.settles(&mut page);
        assert_eq!((desk.server.writes, desk.cart_of(&page)), (1, vec![(1, 1.0)]));
    }
}

#[test]
fn repeated_failure_while_the_browser_is_online_is_told_apart() {
    let mut desk = Desk::new();
    let mut page = desk.page();
    page.add(1, 1.0, desk.now);
    for _ in 0..5 {
        assert!(!page.was_told("cocart_wasm_unreachable"));
        desk.fails(&mut page, Outcome::Unreachable);
        let until = page.timer.unwrap_or(0) - desk.now.steady_ms;
        desk.wait(&mut page, until);
    }
    assert!(page.was_told("cocart_wasm_unreachable"));
}

#[test]
fn retry_after_is_honoured() {
    for status in [429, 503] {
        let mut desk = Desk::new();
        let mut page = desk.page();
        page.add(1, 1.0, desk.now);
        let headers = vec![("retry-after".to_owned(), "17".to_owned())];
        desk.fails(&mut page, Outcome::Unparsable { status, headers });
        desk.wait(&mut page, 16_900);
        assert!(page.sent.is_empty());
        desk.wait(&mut page, 200);
        assert_eq!(page.sent.len(), 1);
    }
}

#[test]
fn backoff_has_jitter_a_ceiling_and_no_hot_loop() {
    let mut desk = Desk::new();
    let mut page = desk.page();
    page.add(1, 1.0, desk.now);
    let mut pauses = Vec::new();
    for _ in 0..60 {
        desk.fails(&mut page, error(408, "x"));
        assert!(page.sent.is_empty());
        let pause = page.timer.unwrap_or(0) - desk.now.steady_ms;
        assert!((250..=120_000).contains(&pause), "{pause}");
        pauses.push(pause);
        desk.wait(&mut page, pause);
    }
    pauses.sort_unstable();
    pauses.dedup();
    assert!(pauses.len() > 40, "{pauses:?}");
    // the network is said to be back: at once
    desk.fails(&mut page, Outcome::Unreachable);
    page.event(Event::Online(false), desk.now);
    page.event(Event::Online(true), desk.now);
    assert_eq!(page.sent.len(), 1);
}

// --- what the shop says ----------------------------------------------------------------------

#[test]
fn a_refused_command_is_parked_alone() {
    let mut desk = Desk::new();
    desk.server.shop.stock.insert(2, 0.0);
    let mut page = desk.page();
    page.add(1, 1.0, desk.now);
    page.add(2, 1.0, desk.now);
    page.add(3, 1.0, desk.now);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 1.0), (3, 1.0)]);
    assert_eq!(page.shows(), [(1, 1.0), (3, 1.0)]);
    let conflict = page.conflicts().remove(0);
    assert_eq!((conflict.code.as_str(), conflict.status), ("cocart_product_out_of_stock", 404));
    assert_eq!(conflict.quantity, Some((1.0, 0.0)));
    // in stock again: the shopper insists
    desk.server.shop.stock.clear();
    page.event(Event::Retry { conflict: conflict.id }, desk.now);
    assert!(page.journal.sync().conflicts().is_empty());
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 1.0), (2, 1.0), (3, 1.0)]);
}

#[test]
fn a_dismissed_conflict_stays_away() {
    let mut desk = Desk::new();
    desk.server.shop.stock.insert(2, 0.0);
    let mut page = desk.page();
    page.add(2, 1.0, desk.now);
    desk.settles(&mut page);
    let id = page.journal.sync().conflicts()[0].id.clone();
    page.event(Event::Dismiss { conflict: id }, desk.now);
    desk.settles(&mut page);
    assert!(desk.page().journal.sync().conflicts().is_empty());
}

#[test]
fn a_changed_price_is_told_with_old_and_new() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0)]);
    page.set(1, 2.0, desk.now);
    let (id, outcome) = desk.lands(&mut page);
    let Outcome::Answer { status, headers, body } = outcome else { panic!() };
    let text = serde_json::to_string(&body).unwrap().replace("\"1000\"", "\"1250\"");
    let body = serde_json::from_str(&text).unwrap();
    page.answer(id, Outcome::Answer { status, headers, body }, desk.now);
    let conflict = page.conflicts().remove(0);
    assert_eq!(conflict.price, Some((Value::text("1000"), Value::text("1250"))));
    assert_eq!(conflict.command, None);
}

#[test]
fn an_authentication_failure_pauses_and_asks() {
    for answer in [
        error(401, "cocart_authentication_error"),
        error(403, "cocart_authentication_error"),
        Outcome::NotSent,
    ] {
        let mut desk = Desk::new();
        let config = Config { prefix: "shop:".into(), signed_in: true, ..Config::default() };
        let mut page = desk.page_with(config);
        page.add(1, 1.0, desk.now);
        desk.fails(&mut page, answer);
        assert!(page.asked_for_credentials && page.journal.sync().status().unauthorized);
        desk.wait(&mut page, 600_000);
        assert!(page.sent.is_empty());
        page.event(Event::SignedIn, desk.now);
        desk.settles(&mut page);
        assert_eq!(desk.cart_of(&page), [(1, 1.0)]);
    }
}

#[test]
fn a_business_403_parks() {
    let mut desk = Desk::new();
    let mut page = desk.page();
    page.add(1, 1.0, desk.now);
    desk.fails(&mut page, error(403, "cocart_product_sold_individually"));
    assert!(!page.asked_for_credentials);
    assert_eq!(page.conflicts()[0].code, "cocart_product_sold_individually");
    assert_eq!(page.journal.sync().status().pending, 0);
}

#[test]
fn credentials_the_shop_ignores_are_noticed() {
    let mut desk = Desk::new();
    let config = Config { prefix: "shop:".into(), signed_in: true, ..Config::default() };
    let mut page = desk.page_with(config);
    page.add(1, 1.0, desk.now);
    // served as a guest, with a key nobody asked for
    let out = page.sent.remove(0);
    let outcome = desk.server.handle(&out.request, false, 0);
    page.answer(out.id, outcome, desk.now);
    assert!(page.asked_for_credentials);
    assert_eq!(page.shows(), [(1, 1.0)]);
}

#[test]
fn a_line_that_is_gone_is_added_again_when_it_is_wanted() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0), (2, 1.0)]);
    let key = page.journal.sync().base().cart_key.clone();
    desk.server.carts.get_mut(&key).unwrap().lines.remove(0);
    page.set(1, 3.0, desk.now);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 3.0), (2, 1.0)]);
}

#[test]
fn a_line_that_is_gone_needs_no_removing() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0), (2, 1.0)]);
    let key = page.journal.sync().base().cart_key.clone();
    desk.server.carts.get_mut(&key).unwrap().lines.remove(0);
    page.remove(1, desk.now);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(2, 1.0)]);
    assert!(page.conflicts().is_empty());
}

#[test]
fn coupons_fees_and_shipping_are_parked_where_the_shop_has_no_routes() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0)]);
    let fee = Fee { name: "Gift".into(), amount: 2.5, ..Fee::default() };
    page.command(Command::ApplyCoupon { coupon: "ten".into() }, desk.now);
    page.command(Command::ChooseShippingRate { rate: "flat_rate:1".into() }, desk.now);
    page.command(Command::AddFee(fee), desk.now);
    page.set(1, 2.0, desk.now);
    desk.settles(&mut page);
    let codes: Vec<_> = page.conflicts().into_iter().map(|conflict| conflict.code).collect();
    assert_eq!(codes, ["rest_no_route"; 3]);
    assert_eq!(desk.cart_of(&page), [(1, 2.0)]);
}

fn points() -> Command {
    let fields = map! { "namespace": "points" };
    Command::Update { fields, effects: vec![Command::AddFee(Fee::default())] }
}

fn points_of(desk: &Desk, page: &Page) -> String {
    let key = &page.journal.sync().base().cart_key;
    desk.server.carts[key].customer.get("points").cloned().unwrap_or_default()
}

#[test]
fn a_plugins_update_is_sent_as_it_is_and_its_effects_are_not() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0)]);
    page.event(Event::Online(false), desk.now);
    page.command(points(), desk.now);
    page.set(1, 2.0, desk.now);
    let mut page = desk.page();
    assert_eq!(page.journal.sync().pending()[0], points());
    desk.settles(&mut page);
    assert_eq!((points_of(&desk, &page).as_str(), desk.cart_of(&page)), ("*", vec![(1, 2.0)]));
    assert!(page.conflicts().is_empty());
    // one that no plugin of the shop knows is the shop's to refuse
    page.command(
        Command::Update { fields: map! { "namespace": "gone" }, effects: vec![] },
        desk.now,
    );
    desk.settles(&mut page);
    assert_eq!(page.conflicts()[0].code, "cocart_update_cart_no_namespace_error");
}

#[test]
fn a_plugins_update_in_doubt_is_parked_not_repeated() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0)]);
    page.command(points(), desk.now);
    let (id, _) = desk.lands(&mut page);
    page.answer(id, Outcome::Unreachable, desk.now);
    page.set(1, 2.0, desk.now);
    desk.settles(&mut page);
    assert_eq!((points_of(&desk, &page).as_str(), desk.cart_of(&page)), ("*", vec![(1, 2.0)]));
    let conflicts = page.conflicts();
    assert_eq!(conflicts.len(), 1);
    assert_eq!(conflicts[0].code, "cocart_wasm_in_doubt");
    assert_eq!(conflicts[0].command, Some(points()));
}

#[test]
fn a_shop_without_cocart_is_an_outage() {
    let mut desk = Desk::new();
    let mut page = desk.page();
    page.add(1, 1.0, desk.now);
    desk.fails(&mut page, error(404, "rest_no_route"));
    assert!(page.conflicts().is_empty());
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 1.0)]);
}

// --- bought, expired, signed in --------------------------------------------------------------

#[test]
fn a_bought_cart_is_adopted_and_nothing_comes_back() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 2.0), (2, 1.0)]);
    page.event(Event::CheckoutStarted, desk.now);
    desk.settles(&mut page);
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
    assert_eq!(page.conflicts()[0].code, "cocart_wasm_in_doubt");
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
    page.event(Event::SignedIn, desk.now);
    page.event(Event::Online(true), desk.now);
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
}

// --- data ------------------------------------------------------------------------------------

#[test]
fn proto_and_constructor_are_plain_data() {
    let mut desk = Desk::new();
    let offline = Config { prefix: "shop:".into(), online: false, ..Config::default() };
    let mut page = desk.page_with(offline.clone());
    let item_data: Map =
        [("__proto__", Value::text("x")), ("constructor", map! { "prototype": 1i64 }.into())]
            .into_iter()
            .collect();
    let item = AddItem {
        id: "1".into(),
        quantity: 1.0,
        item_data: item_data.clone(),
        ..AddItem::default()
    };
    page.add_item(item.clone(), desk.now);
    assert_eq!(desk.page_with(offline).journal.sync().pending(), [Command::AddItem(item)]);
}

#[test]
fn texts_come_back_as_they_were() {
    let mut desk = Desk::new();
    let offline = Config { prefix: "shop:".into(), online: false, ..Config::default() };
    let long = "🍮".repeat(2_500);
    for text in
        ["مرحبا \u{202e}abc", "<b onclick=x>&amp;</b>", "\u{fffd}\u{0}\u{2028}\"\\", long.as_str()]
    {
        let mut desk2 = Desk::new();
        let mut page = desk2.page_with(offline.clone());
        let item_data = map! { "engraving": text };
        let item = AddItem { id: "1".into(), quantity: 1.0, item_data, ..AddItem::default() };
        page.add_item(item.clone(), desk2.now);
        assert_eq!(
            desk2.page_with(offline.clone()).journal.sync().pending(),
            [Command::AddItem(item)]
        );
    }
    drop(desk.page());
}

#[test]
fn quantities_are_sent_as_plain_digits() {
    for (quantity, digits) in [
        (2.0, "2"),
        (1.5, "1.5"),
        (1e21, "1000000000000000000000"),
        (0.1 + 0.2, "0.30000000000000004"),
    ] {
        let mut desk = Desk::new();
        let mut page = desk.page();
        page.add(1, quantity, desk.now);
        let cocart_wasm::api::Body::Json(body) = &page.sent[0].request.body else { panic!() };
        assert_eq!(body.get("quantity").and_then(Value::as_str), Some(digits));
    }
}

#[test]
fn quantities_that_are_none_are_never_sent() {
    for quantity in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.0, 0.0, -3.0] {
        let mut desk = Desk::new();
        let mut page = desk.page();
        page.add(1, quantity, desk.now);
        desk.settles(&mut page);
        assert_eq!(desk.server.writes, 0, "{quantity}");
    }
}

#[test]
fn quantity_0_is_sent_as_delete() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0), (2, 1.0)]);
    page.set(1, 0.0, desk.now);
    assert_eq!(page.sent[0].request.method.name(), "DELETE");
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(2, 1.0)]);
}

// --- folding ---------------------------------------------------------------------------------

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
