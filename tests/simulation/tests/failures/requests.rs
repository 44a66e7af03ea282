//! Requests and answers that are lost, late, doubled, cut.

use crate::{H, html, synced, synced_into};
use cocart_wasm::cart::AddItem;
use cocart_wasm::map;
use cocart_wasm::sync::{Config, Event, Notification, Outcome};
use cocart_wasm::value::Value;
use simulation::desk::Desk;
use simulation::server::{CUSTOMER, error, local_key};

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
fn a_set_that_found_no_line_and_arrives_twice_is_set_right() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0), (2, 1.0)]);
    let key = page.journal.sync().base().cart_key.clone();
    desk.server.carts.get_mut(&key).unwrap().lines.remove(0);
    page.set(1, 3.0, desk.now);
    let twice = page.sent[0].clone();
    desk.settles(&mut page);
    page.set(1, 5.0, desk.now);
    desk.settles(&mut page);
    let _ = desk.server.handle(&twice.request, twice.authorized, 0);
    assert_eq!(desk.cart_of(&page), [(1, 3.0), (2, 1.0)]);
    page.event(Event::SyncNow, desk.now);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 5.0), (2, 1.0)]);
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
        assert!(page.told.contains(&Notification::Retry { attempt: 1, delay_ms: 17_000 }));
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
        page.event(Event::Online(true), desk.now);
        assert!(page.sent.is_empty(), "it was online all along");
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

#[test]
fn an_add_with_email_that_arrives_twice_is_set_right() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 4.0)]);
    let email = Some("a@b.example".to_owned());
    page.add_item(AddItem { id: "1".into(), quantity: 2.0, email, ..AddItem::default() }, desk.now);
    let twice = page.sent[0].clone();
    desk.answers(&mut page);
    let _ = desk.server.handle(&twice.request, twice.authorized, 0);
    assert_eq!(desk.cart_of(&page), [(1, 8.0)]);
    page.event(Event::SyncNow, desk.now);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 6.0)]);
}

#[test]
fn what_is_done_while_a_write_is_in_doubt_is_not_taken_for_landed_with_it() {
    for lands in [true, false] {
        let mut desk = Desk::new();
        let mut page = synced(&mut desk, &[(1, 1.0), (2, 1.0)]);
        page.set(1, 5.0, desk.now);
        let out = page.sent.remove(0);
        if lands {
            let _ = desk.server.handle(&out.request, out.authorized, 0);
        }
        page.answer(out.id, Outcome::Unreachable, desk.now);
        page.add(1, 1.0, desk.now);
        page.remove(2, desk.now);
        desk.settles(&mut page);
        assert_eq!(desk.cart_of(&page), [(1, 6.0)], "landed: {lands}");
        assert_eq!(page.shows(), [(1, 6.0)]);
    }
}

#[test]
fn a_removal_whose_answer_was_lost_is_settled_by_one_look() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0), (2, 1.0)]);
    page.remove(1, desk.now);
    let (id, _) = desk.lands(&mut page);
    page.answer(id, Outcome::Unreachable, desk.now);
    assert!(page.journal.sync().status().suspect);
    desk.wait(&mut page, 2_000);
    desk.answers(&mut page);
    assert!(!page.journal.sync().status().suspect);
    assert!(page.sent.is_empty());
    assert_eq!(desk.cart_of(&page), [(2, 1.0)]);
}

#[test]
fn an_answer_to_a_request_given_up_is_not_taken_for_the_next_ones() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0)]);
    page.set(1, 2.0, desk.now);
    let (old, _) = desk.lands(&mut page);
    page.answer(old, Outcome::Unreachable, desk.now);
    desk.wait(&mut page, 2_000);
    let look = page.sent[0].id;
    assert_ne!(look, old);
    page.told.clear();
    page.answer(old, html(), desk.now);
    assert_eq!((page.told.as_slice(), page.sent.len()), ([].as_slice(), 1));
    desk.answers(&mut page);
    assert_eq!(page.shows(), [(1, 2.0)]);
}

#[test]
fn somebody_elses_quantity_and_ours_in_doubt_leave_the_larger_and_are_told() {
    // ours, theirs, what is left
    for (ours, theirs, left) in [(5.0, 3.0, 5.0), (5.0, 9.0, 9.0)] {
        let mut desk = Desk::new();
        let config = Config { prefix: "shop:".into(), signed_in: true, ..Config::default() };
        let mut page = desk.page_with(config);
        page.add(1, 1.0, desk.now);
        desk.settles(&mut page);
        desk.wait(&mut page, 3 * H);
        page.set(1, ours, desk.now);
        let lost = page.sent.remove(0);
        desk.server.carts.get_mut(CUSTOMER).unwrap().lines[0].2 = theirs;
        page.answer(lost.id, Outcome::Unreachable, desk.now);
        desk.settles(&mut page);
        assert_eq!((desk.cart_of(&page), page.shows()), (vec![(1, left)], vec![(1, left)]));
        let conflict = page.conflicts().remove(0);
        assert_eq!(conflict.code, "cocart_wasm_line_changed");
        assert_eq!(conflict.quantity, Some((ours, theirs)));
        assert_eq!(conflict.item_key, Some(local_key(1)));
        assert!(!conflict.message.is_empty());
        assert_eq!(page.journal.sync().status().pending, 0);
    }
}

#[test]
fn an_add_in_doubt_on_a_line_somebody_else_adds_to_is_not_added_once_more() {
    // whether ours runs late, theirs, what is left: where theirs is too little for ours to be
    // among it, it is added, once; where it is as much, nobody can tell it apart from ours
    for (runs, theirs, left) in [(true, 2.0, 6.0), (false, 2.0, 6.0), (false, 5.0, 5.0)] {
        let mut desk = Desk::new();
        let config = Config { prefix: "shop:".into(), signed_in: true, ..Config::default() };
        let mut page = desk.page_with(config);
        synced_into(&mut desk, &mut page, 2);
        desk.wait(&mut page, 3 * H);
        desk.settles(&mut page);
        page.add(1, 4.0, desk.now);
        let late = page.sent.remove(0);
        page.answer(late.id, Outcome::Unreachable, desk.now);
        desk.wait(&mut page, 2_000);
        desk.answers(&mut page);
        assert!(page.sent.is_empty(), "not there: the line is held");
        if runs {
            let _ = desk.server.handle(&late.request, late.authorized, desk.now.wall_ms);
        }
        let before = desk.cart_of(&page).iter().find(|line| line.0 == 1).map_or(0.0, |line| line.1);
        let lines = &mut desk.server.carts.get_mut(CUSTOMER).unwrap().lines;
        lines.retain(|line| line.0 != local_key(1));
        lines.push((local_key(1), 1, before + theirs));
        // the answer to another line's write shows it, while the line is still held
        page.add(2, 1.0, desk.now);
        desk.settles(&mut page);
        desk.wait(&mut page, 2 * H);
        desk.settles(&mut page);
        let told = page.conflicts();
        assert_eq!(desk.cart_of(&page), [(1, left), (2, 2.0)], "{runs} {theirs}");
        assert_eq!(page.shows(), desk.cart_of(&page));
        let codes: Vec<_> = told.iter().map(|conflict| conflict.code.as_str()).collect();
        let other = runs || theirs >= 4.0;
        assert_eq!(codes, if other { vec!["cocart_wasm_line_changed"] } else { vec![] });
        assert_eq!(page.journal.sync().status().pending, 0);
    }
}

#[test]
fn what_the_shop_keeps_changing_back_is_not_sent_for_ever() {
    for (changes, left) in [(10, 12.0), (22, 24.0), (23, 3.0)] {
        let mut desk = Desk::new();
        let mut page = synced(&mut desk, &[(1, 1.0)]);
        let key = page.journal.sync().base().cart_key.clone();
        for quantity in 0..=changes {
            page.set(1, f64::from(quantity + 2), desk.now);
            desk.settles(&mut page);
        }
        // as an old write of ours would leave it
        desk.server.carts.get_mut(&key).unwrap().lines[0].2 = 3.0;
        page.event(Event::SyncNow, desk.now);
        desk.settles(&mut page);
        assert_eq!((desk.cart_of(&page), page.shows()), (vec![(1, left)], vec![(1, left)]));
    }
}
