//! Writes that nobody knows the fate of, next to what others, or a browser that was killed, wrote.

use crate::{
    H, answers_after, customers, given_up, held_behind_another, not_there_yet, runs, synced,
};
use cocart_wasm::api::Method;
use cocart_wasm::cart::{AddItem, Command, Fee};
use cocart_wasm::sync::{Event, Now, Outcome};
use cocart_wasm::value::json;
use simulation::desk::{Desk, Page};
use simulation::server::{CUSTOMER, error, local_key};

fn with_email(id: i64, quantity: f64) -> AddItem {
    let email = Some("a@b.example".to_owned());
    AddItem { id: id.to_string(), quantity, email, ..AddItem::default() }
}

/// One add for each thing that only the shop can keep.
fn private_adds(id: i64) -> [AddItem; 3] {
    let item = AddItem { id: id.to_string(), quantity: 1.0, ..AddItem::default() };
    let told = || Some("told".to_owned());
    [
        AddItem { email: told(), ..item.clone() },
        AddItem { phone: told(), ..item.clone() },
        AddItem { price: told(), ..item },
    ]
}

#[test]
fn a_change_waits_while_another_to_the_same_line_may_still_arrive() {
    let mut desk = Desk::new();
    let mut page = customers(&mut desk, &[(1, 1.0)]);
    let late = held_behind_another(&mut desk, &mut page);
    runs(&mut desk, &late);
    desk.settles(&mut page);
    assert_eq!((desk.cart_of(&page), page.shows()), (vec![(1, 7.0)], vec![(1, 7.0)]));
}

#[test]
fn an_add_in_doubt_that_was_taken_out_again_and_comes_late_is_taken_out() {
    let mut desk = Desk::new();
    let mut page = customers(&mut desk, &[(2, 1.0)]);
    page.add(1, 2.0, desk.now);
    let late = not_there_yet(&mut desk, &mut page);
    page.remove(1, desk.now);
    assert_eq!(page.journal.sync().status().pending, 0);
    runs(&mut desk, &late);
    desk.settles(&mut page);
    assert_eq!((desk.cart_of(&page), page.shows()), (vec![(2, 1.0)], vec![(2, 1.0)]));
}

#[test]
fn a_guests_write_that_arrives_twice_after_a_long_time_is_set_right() {
    let mut desk = Desk::new();
    let mut page = desk.page();
    page.add(1, 2.0, desk.now);
    let twice = page.sent[0].clone();
    desk.answers(&mut page);
    desk.wait(&mut page, 3 * H);
    runs(&mut desk, &twice);
    page.event(Event::SyncNow, desk.now);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 2.0)]);
}

#[test]
fn a_customers_write_that_arrives_twice_is_set_right_for_two_horizons() {
    // whether another line's write is in doubt by then makes no difference
    for (after, left, doubt) in
        [(H + H / 2, 5.0, false), (2 * H + 1, 3.0, false), (2 * H + 1, 3.0, true)]
    {
        let mut desk = Desk::new();
        let mut page = customers(&mut desk, &[(1, 1.0), (2, 1.0)]);
        page.set(1, 3.0, desk.now);
        let old = page.sent[0].clone();
        desk.answers(&mut page);
        page.set(1, 5.0, desk.now);
        desk.answers(&mut page);
        desk.wait(&mut page, after);
        if doubt {
            page.set(2, 2.0, desk.now);
            let _ = given_up(&desk, &mut page);
        }
        runs(&mut desk, &old);
        page.event(Event::SyncNow, desk.now);
        desk.settles(&mut page);
        let second = if doubt { 2.0 } else { 1.0 };
        assert_eq!(desk.cart_of(&page), [(1, left), (2, second)]);
        assert_eq!(page.shows(), desk.cart_of(&page));
    }
}

#[test]
fn what_somebody_else_puts_on_another_line_says_nothing_of_an_add_in_doubt() {
    let mut desk = Desk::new();
    let mut page = customers(&mut desk, &[(2, 1.0), (3, 1.0)]);
    page.add(1, 4.0, desk.now);
    let _ = not_there_yet(&mut desk, &mut page);
    desk.server.carts.get_mut(CUSTOMER).unwrap().lines[0].2 = 9.0;
    page.set(3, 2.0, desk.now);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 4.0), (2, 9.0), (3, 2.0)]);
    assert_eq!(page.conflicts(), []);
}

#[test]
fn a_gift_in_doubt_on_a_line_somebody_else_wrote_to_is_given_back_to_decide_about() {
    // theirs while it is looked for, theirs later
    for (first, later) in [(3.0, None), (1.0, Some(7.0))] {
        let mut desk = Desk::new();
        let mut page = customers(&mut desk, &[(1, 1.0), (2, 1.0)]);
        page.add_item(with_email(1, 4.0), desk.now);
        let _ = given_up(&desk, &mut page);
        desk.server.carts.get_mut(CUSTOMER).unwrap().lines[0].2 = first;
        desk.wait(&mut page, 2_000);
        desk.answers(&mut page);
        if let Some(later) = later {
            desk.server.carts.get_mut(CUSTOMER).unwrap().lines[0].2 = later;
            page.set(2, 2.0, desk.now);
        }
        desk.settles(&mut page);
        let has = later.unwrap_or(first);
        assert_eq!(desk.cart_of(&page)[0], (1, has));
        let conflict = page.conflicts().remove(0);
        assert_eq!(conflict.code, "cocart_wasm_line_changed");
        assert_eq!(conflict.quantity, Some((5.0, has)));
        let again = later.is_none().then(|| Command::AddItem(with_email(1, 4.0)));
        assert_eq!(conflict.command, again, "offered only where it can be missing");
    }
}

#[test]
fn a_removal_in_doubt_is_carried_out_whatever_somebody_else_made_of_the_line() {
    let mut desk = Desk::new();
    let mut page = customers(&mut desk, &[(1, 1.0), (2, 1.0)]);
    page.remove(1, desk.now);
    let _ = given_up(&desk, &mut page);
    desk.server.carts.get_mut(CUSTOMER).unwrap().lines[0].2 = 6.0;
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(2, 1.0)]);
    assert_eq!(page.conflicts(), []);
}

#[test]
fn a_clear_whose_answer_was_lost_is_settled_by_one_look() {
    let mut desk = Desk::new();
    let mut page = customers(&mut desk, &[(1, 1.0), (2, 1.0)]);
    let sent_at = desk.now.steady_ms;
    page.set(1, 3.0, desk.now);
    let _ = given_up(&desk, &mut page);
    desk.wait(&mut page, 2_000);
    page.command(Command::Clear { keep_removed_items: false }, desk.now);
    desk.answers(&mut page); // the change is not there
    desk.wait(&mut page, 10_000);
    let (id, _) = desk.lands(&mut page);
    page.answer(id, Outcome::Unreachable, desk.now);
    while desk.now.steady_ms < sent_at + H {
        desk.wait(&mut page, 1_000);
        while !page.sent.is_empty() {
            desk.answers(&mut page);
        }
    }
    // the change cannot arrive any more, and there is no doubt about the clear
    assert!(!page.journal.sync().status().suspect);
    assert_eq!((desk.cart_of(&page), page.shows()), (vec![], vec![]));
}

#[test]
fn a_change_that_did_not_arrive_is_nobodys_conflict_however_often_the_line_was_changed_before() {
    let mut desk = Desk::new();
    let mut page = customers(&mut desk, &[(1, 1.0)]);
    for quantity in 2..=30 {
        page.set(1, f64::from(quantity), desk.now);
        desk.settles(&mut page);
    }
    page.set(1, 40.0, desk.now);
    let _ = not_there_yet(&mut desk, &mut page);
    desk.settles(&mut page);
    assert_eq!((desk.cart_of(&page), page.conflicts()), (vec![(1, 40.0)], vec![]));
}

#[test]
fn what_a_killed_browser_forgot_it_wrote_is_nobodys_conflict() {
    // in doubt, with a quantity that nothing explains
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0), (2, 1.0)]);
    let key = page.journal.sync().base().cart_key.clone();
    page.set(1, 5.0, desk.now);
    let _ = given_up(&desk, &mut page);
    desk.server.carts.get_mut(&key).unwrap().lines[0].2 = 30.0;
    desk.settles(&mut page);
    assert_eq!((desk.cart_of(&page), page.conflicts()), (vec![(1, 5.0), (2, 1.0)], vec![]));
    // seen by the answer to an add
    let key = page.journal.sync().base().cart_key.clone();
    desk.server.carts.get_mut(&key).unwrap().lines.push((local_key(3), 3, 3.0));
    page.add(3, 2.0, desk.now);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 5.0), (2, 1.0), (3, 2.0)]);
    // seen by a look while an add waits
    page.event(Event::Online(false), desk.now);
    page.add(1, 1.0, desk.now);
    desk.server.carts.get_mut(&key).unwrap().lines.retain(|line| line.1 != 1);
    desk.server.carts.get_mut(&key).unwrap().lines.push((local_key(1), 1, 70.0));
    desk.wait(&mut page, 61_000);
    page.event(Event::Online(true), desk.now);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 6.0), (2, 1.0), (3, 2.0)]);
}

#[test]
fn a_quantity_the_shop_answers_with_instead_is_taken_over() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0)]);
    page.set(1, 50.0, desk.now);
    answers_after(&mut desk, &mut page, |cart| cart.lines[0].2 = 8.0);
    desk.settles(&mut page);
    assert_eq!((desk.cart_of(&page), page.shows()), (vec![(1, 8.0)], vec![(1, 8.0)]));
}

#[test]
fn a_fee_whose_answer_was_lost_is_not_added_twice() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0)]);
    page.command(
        Command::AddFee(Fee { name: "Gift".into(), amount: 2.5, ..Fee::default() }),
        desk.now,
    );
    let _ = given_up(&desk, &mut page);
    desk.wait(&mut page, 2_000);
    let (id, outcome) = desk.lands(&mut page);
    let Outcome::Answer { status, headers, body } = outcome else { panic!() };
    let text = json::write(&body);
    let text = text.replace("\"fees\":[]", "\"fees\":[{\"name\":\"Gift\"}]");
    let body = json::read(&text).unwrap();
    page.answer(id, Outcome::Answer { status, headers, body }, desk.now);
    assert!(page.sent.is_empty());
    assert_eq!(page.journal.sync().status().pending, 0);
}

#[test]
fn a_clear_in_doubt_is_not_taken_for_landed_where_an_earlier_removal_emptied_the_cart() {
    let mut desk = Desk::new();
    let mut page = customers(&mut desk, &[(1, 1.0)]);
    page.remove(1, desk.now);
    let removal = given_up(&desk, &mut page);
    page.command(Command::Clear { keep_removed_items: false }, desk.now);
    desk.wait(&mut page, 2_000);
    desk.answers(&mut page); // still there
    let clear = given_up(&desk, &mut page);
    runs(&mut desk, &removal);
    page.add(2, 1.0, desk.now);
    desk.wait(&mut page, 2_000);
    desk.answers(&mut page); // empty
    assert!(page.sent.is_empty(), "held");
    runs(&mut desk, &clear);
    desk.settles(&mut page);
    assert_eq!((desk.cart_of(&page), page.shows()), (vec![(2, 1.0)], vec![(2, 1.0)]));
}

#[test]
fn a_cart_with_something_only_the_shop_knows_keeps_its_key_until_it_is_cleared() {
    for item in private_adds(1) {
        let mut desk = Desk::new();
        let mut page = synced(&mut desk, &[(2, 1.0)]);
        let key = page.journal.sync().base().cart_key.clone();
        page.add_item(item, desk.now);
        desk.settles(&mut page);
        page.add(3, 1.0, desk.now);
        let _ = given_up(&desk, &mut page);
        desk.settles(&mut page);
        assert_eq!(page.journal.sync().base().cart_key, key);
        page.command(Command::Clear { keep_removed_items: false }, desk.now);
        desk.settles(&mut page);
        page.add(3, 2.0, desk.now);
        let _ = given_up(&desk, &mut page);
        desk.settles(&mut page);
        assert_ne!(page.journal.sync().base().cart_key, key);
        assert_eq!(desk.cart_of(&page), [(3, 2.0)]);
    }
}

#[test]
fn a_line_that_has_to_be_added_again_is_not_announced_or_priced_again() {
    for item in private_adds(1) {
        let mut desk = Desk::new();
        let mut page = synced(&mut desk, &[(2, 1.0)]);
        let key = page.journal.sync().base().cart_key.clone();
        page.add_item(item, desk.now);
        desk.settles(&mut page);
        desk.server.carts.get_mut(&key).unwrap().lines.retain(|line| line.1 != 1);
        page.set(1, 3.0, desk.now);
        let mut told = String::new();
        for _ in 0..5 {
            if let Some(out) = page.sent.first() {
                told += &format!("{:?}", out.request.body);
                desk.answers(&mut page);
            }
        }
        desk.settles(&mut page);
        assert_eq!(desk.cart_of(&page), [(1, 3.0), (2, 1.0)]);
        assert!(!told.contains("told"), "{told}");
    }
}

#[test]
fn a_coupon_whose_answer_was_lost_is_settled_by_looking() {
    let mut desk = Desk::new();
    desk.server.shop.plus = true;
    let mut page = synced(&mut desk, &[(1, 1.0)]);
    let key = page.journal.sync().base().cart_key.clone();
    let coupon = || "ten".to_owned();
    for (command, left) in [
        (Command::ApplyCoupon { coupon: coupon() }, vec![coupon()]),
        (Command::RemoveCoupon { coupon: coupon() }, vec![]),
    ] {
        let writes = desk.server.writes;
        page.command(command, desk.now);
        let (id, _) = desk.lands(&mut page);
        page.answer(id, Outcome::Unreachable, desk.now);
        desk.settles(&mut page);
        assert_eq!((desk.server.writes - writes, &desk.server.carts[&key].coupons), (1, &left));
        assert!(page.conflicts().is_empty());
        assert!(page.journal.sync().is_settled());
    }
}

#[test]
fn storage_from_before_the_first_request_does_not_hide_what_was_sent_then() {
    let mut desk = Desk::new();
    let mut page = desk.page();
    page.event(Event::Online(false), desk.now);
    page.add(1, 1.0, desk.now);
    page.remove(1, desk.now);
    page.event(Event::Online(true), desk.now);
    // written down that there is nothing to send
    desk.settles(&mut page);
    let before = desk.shared.borrow().store.clone();
    assert!(!crate::raw_keys(&desk, "base:").is_empty());
    page.add(3, 2.0, desk.now);
    desk.settles(&mut page);
    let forgotten = page.journal.sync().base().cart_key.clone();
    // the browser is killed and comes back without the add
    desk.shared.borrow_mut().store = before;
    desk.wait(&mut page, 30_000);
    let mut page = desk.page();
    assert_eq!((page.journal.sync().base().cart_key.clone(), page.shows()), (forgotten, vec![]));
    desk.settles(&mut page);
    assert_eq!((desk.cart_of(&page), page.shows()), (vec![(3, 2.0)], vec![(3, 2.0)]));
}

#[test]
fn a_shop_that_shows_the_cart_and_fails_at_every_write_is_asked_ever_more_seldom() {
    type Change = fn(&mut Page, Now);
    // what is added can be moved to a fresh key, what is changed need not wait
    let adds = |page: &mut Page, now| page.add(2, 1.0, now);
    let changes = |page: &mut Page, now| page.set(1, 2.0, now);
    let merges = |page: &mut Page, now| page.event(Event::SignedIn, now);
    let all: [(Change, &[(i64, f64)]); 3] =
        [(adds, &[(1, 1.0), (2, 1.0)]), (changes, &[(1, 2.0)]), (merges, &[(1, 1.0)])];
    for (change, asked_for) in all {
        let mut desk = Desk::new();
        let mut page = synced(&mut desk, &[(1, 1.0)]);
        change(&mut page, desk.now);
        let (mut writes, end) = (0, desk.now.steady_ms + 600_000);
        while desk.now.steady_ms < end {
            match page.sent.first() {
                Some(out) if out.request.method == Method::Get && !out.authorized => {
                    desk.answers(&mut page);
                }
                Some(_) => {
                    writes += 1;
                    desk.fails(&mut page, error(500, "cocart_error"));
                }
                None => {
                    let ms = (page.timer.unwrap() - desk.now.steady_ms).max(0);
                    desk.wait(&mut page, ms);
                }
            }
        }
        assert!((5..40).contains(&writes), "{asked_for:?}: {writes}");
        desk.settles(&mut page);
        assert_eq!((page.shows(), desk.cart_of(&page)), (asked_for.to_vec(), asked_for.to_vec()));
    }
}
