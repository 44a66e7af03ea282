//! What the shop is sent, word for word, and what the app is told of what waits.

use crate::{H, synced};
use cocart_wasm::api::Body;
use cocart_wasm::cart::{AddItem, AddItems, Command, Fee};
use cocart_wasm::map;
use cocart_wasm::sync::{Config, Event, Notification, Outcome, Touched};
use cocart_wasm::value::{Map, Value};
use simulation::desk::{Desk, Page};
use simulation::server::{error, local_key};

/// What the page is sending: method, path below the cart, body.
fn sending(page: &Page) -> (&'static str, &str, Map) {
    let request = &page.sent[0].request;
    let body = match &request.body {
        Body::Json(Value::Object(map)) => Map::clone(map),
        _ => Map::new(),
    };
    (request.method.name(), request.path.strip_prefix("/cocart/v2/cart").unwrap(), body)
}

/// Requests one after the other, until nothing is under way.
fn sends(desk: &mut Desk, page: &mut Page) -> Vec<(String, Map)> {
    let mut all = Vec::new();
    while !page.sent.is_empty() {
        let (method, path, body) = sending(page);
        all.push((format!("{method} {path}"), body));
        desk.answers(page);
    }
    all
}

fn with_few_moves(desk: &mut Desk) -> Page {
    let config = Config { prefix: "shop:".into(), move_lines: 0, ..Config::default() };
    let mut page = desk.page_with(config);
    page.add(1, 1.0, desk.now);
    desk.settles(&mut page);
    page
}

#[test]
fn a_group_is_sent_product_by_product_and_its_email_once() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0)]);
    page.event(Event::Online(false), desk.now);
    let items = AddItems::Group {
        id: "99".into(),
        quantity: map! { "2": "3", "3": "1", "40": "1" },
        email: Some("a@b.example".into()),
        phone: Some("555".into()),
    };
    let touched = |id: i64, quantity| Touched { item_key: local_key(id), id, quantity };
    // the shop had none of the second; the third is sold as one of its variations
    let lines = vec![touched(3, 0.0), touched(2, 3.0), touched(4, 1.0)];
    page.event(Event::Command { command: Command::AddItems(items), lines }, desk.now);
    page.event(Event::Online(true), desk.now);
    let sent = |page: &Page| (sending(page).1.to_owned(), sending(page).2);
    let first = map! { "id": "2", "quantity": "3", "email": "a@b.example", "phone": "555" };
    assert_eq!(sent(&page), ("/add-item".into(), first));
    desk.answers(&mut page);
    assert_eq!(sent(&page), ("/add-item".into(), map! { "id": "4", "quantity": "1" }));
}

#[test]
fn a_list_is_sent_line_by_line_and_one_line_may_take_several_items() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0)]);
    page.event(Event::Online(false), desk.now);
    let item = |id: i64, quantity, email: Option<&str>| {
        let email = email.map(str::to_owned);
        let touched = Touched { item_key: local_key(id), id, quantity };
        (AddItem { id: id.to_string(), quantity, email, ..AddItem::default() }, touched)
    };
    let list = [item(2, 3.0, None), item(1, 5.0, None), item(2, 1.0, None)];
    let (items, lines) = list.into_iter().chain([item(2, 2.0, Some("a@b.example"))]).unzip();
    let command = Command::AddItems(AddItems::List { items });
    page.event(Event::Command { command, lines }, desk.now);
    page.event(Event::Online(true), desk.now);
    let sent: Vec<_> = sends(&mut desk, &mut page).into_iter().map(|(path, _)| path).collect();
    assert_eq!(sent.len(), 3, "{sent:?}");
    assert_eq!(desk.cart_of(&page), [(1, 6.0), (2, 6.0)]);
}

#[test]
fn quantities_posted_as_text_keep_digits_and_points() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0), (2, 1.0), (3, 1.0), (4, 9.0)]);
    let mut quantity = Map::new();
    for (id, posted) in [(1, Value::text("1e2")), (2, (-3.0).into()), (3, "2.5 kg".into())] {
        quantity.push(local_key(id), posted);
    }
    quantity.push(local_key(4), "none");
    page.command(Command::UpdateItems { quantity }, desk.now);
    desk.settles(&mut page);
    assert_eq!(desk.cart_of(&page), [(1, 12.0), (2, 3.0), (3, 2.5)]);
}

#[test]
fn an_add_carries_its_attributes_and_data_and_nothing_empty() {
    let mut desk = Desk::new();
    let mut page = desk.page();
    let plain = AddItem { id: "1".into(), quantity: 1.0, ..AddItem::default() };
    let item = AddItem {
        variation: map! { "attribute_size": "l" },
        item_data: map! { "note": "hi" },
        ..plain.clone()
    };
    page.add_item(plain, desk.now);
    assert_eq!(sending(&page).2, map! { "id": "1", "quantity": "1" });
    desk.settles(&mut page);
    page.add_item(AddItem { id: "2".into(), ..item }, desk.now);
    let own = (map! { "attribute_size": "l" }, map! { "note": "hi" });
    let body = map! { "id": "2", "quantity": "1", "variation": own.0, "item_data": own.1 };
    assert_eq!(sending(&page).2, body);
}

#[test]
fn customer_data_entered_in_steps_is_sent_once_and_an_address_for_both() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0)]);
    page.event(Event::Online(false), desk.now);
    page.command(Command::UpdateCustomer { fields: map! { "city": "Ulm", "zip": "1" } }, desk.now);
    page.command(Command::UpdateCustomer { fields: map! { "city": "Bonn" } }, desk.now);
    page.event(Event::Online(true), desk.now);
    let body = map! { "namespace": "update-customer", "city": "Bonn", "zip": "1" };
    assert_eq!(sends(&mut desk, &mut page), [("POST /update".to_owned(), body)]);
    page.command(Command::SetAddress { address: map! { "country": "DE" } }, desk.now);
    let body = map! { "namespace": "update-customer", "country": "DE", "s_country": "DE" };
    assert_eq!(sends(&mut desk, &mut page), [("POST /update".to_owned(), body)]);
}

#[test]
fn of_several_deliveries_chosen_offline_the_last_is_sent() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0)]);
    page.event(Event::Online(false), desk.now);
    for rate in ["flat_rate:1", "local_pickup:2"] {
        page.command(Command::ChooseShippingRate { rate: rate.into() }, desk.now);
    }
    page.command(Command::RemoveFees, desk.now);
    page.event(Event::Online(true), desk.now);
    let chosen = ("POST /set-shipping-method".to_owned(), map! { "method_key": "local_pickup:2" });
    assert_eq!(sends(&mut desk, &mut page), [chosen, ("POST /remove-fees".to_owned(), Map::new())]);
}

#[test]
fn a_coupon_taken_back_while_it_is_being_applied_is_removed_after_it() {
    let mut desk = Desk::new();
    desk.server.shop.plus = true;
    let mut page = synced(&mut desk, &[(1, 1.0)]);
    page.command(Command::ApplyCoupon { coupon: "ten".into() }, desk.now);
    page.command(Command::ApplyCoupon { coupon: "five".into() }, desk.now);
    page.command(Command::RemoveCoupon { coupon: "ten".into() }, desk.now);
    desk.settles(&mut page);
    let key = &page.journal.sync().base().cart_key;
    assert_eq!(desk.server.carts[key].coupons, ["five"]);
}

#[test]
fn what_concerns_no_line_waits_only_for_its_like() {
    let mut desk = Desk::new();
    let mut page = with_few_moves(&mut desk);
    let city = |city: &str| Command::UpdateCustomer { fields: map! { "city": city } };
    page.command(city("Ulm"), desk.now);
    let late = page.sent.remove(0);
    page.answer(late.id, Outcome::Unreachable, desk.now);
    desk.wait(&mut page, 2_000);
    desk.answers(&mut page);
    desk.answers(&mut page); // the very same again need not wait
    page.command(city("Bonn"), desk.now);
    assert!(page.sent.is_empty(), "the late one must not overwrite it");
    let fee = Fee { name: "Gift".into(), amount: 2.0, ..Fee::default() };
    let plugin = map! { "namespace": "points" };
    for command in [
        Command::ApplyCoupon { coupon: "ten".into() },
        Command::ChooseShippingRate { rate: "flat_rate:1".into() },
        Command::AddFee(fee),
        Command::Update { fields: plugin, effects: Vec::new() },
    ] {
        page.command(command.clone(), desk.now);
        assert_eq!(page.sent.len(), 1, "{command:?}");
        desk.answers(&mut page);
    }
    let _ = desk.server.handle(&late.request, late.authorized, 0);
    desk.wait(&mut page, H);
    desk.settles(&mut page);
    let key = &page.journal.sync().base().cart_key;
    assert_eq!(desk.server.carts[key].customer["city"], "Bonn");
}

#[test]
fn too_many_requests_is_no_doubt_and_waited_out() {
    let slow = || vec![("Retry-After".to_owned(), "7".to_owned())];
    let Outcome::Answer { body, .. } = error(429, "rate_limited") else { panic!() };
    for answer in [
        Outcome::Answer { status: 429, headers: slow(), body },
        Outcome::Unparsable { status: 429, headers: slow() },
    ] {
        let mut desk = Desk::new();
        let mut page = synced(&mut desk, &[(1, 1.0)]);
        page.set(1, 3.0, desk.now);
        assert_eq!(answer.status(), 429);
        desk.fails(&mut page, answer);
        let status = page.journal.sync().status();
        assert!(status.failing && !status.suspect);
        desk.wait(&mut page, 6_999);
        assert!(page.sent.is_empty());
        desk.wait(&mut page, 1);
        assert_eq!(sending(&page).0, "POST", "nothing has to be looked for");
        desk.settles(&mut page);
        assert_eq!(desk.cart_of(&page), [(1, 3.0)]);
    }
}

#[test]
fn an_error_after_which_the_write_may_be_done_is_looked_after() {
    for code in ["cocart_response_returned_empty", "cocart_cart_error"] {
        let mut desk = Desk::new();
        let mut page = synced(&mut desk, &[(1, 1.0)]);
        page.add(1, 2.0, desk.now);
        let (id, _) = desk.lands(&mut page);
        page.answer(id, error(404, code), desk.now);
        assert!(page.conflicts().is_empty());
        desk.settles(&mut page);
        assert_eq!(desk.cart_of(&page), [(1, 3.0)]);
    }
}

#[test]
fn a_request_nobody_answers_is_given_up_in_time_and_looked_after() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0)]);
    page.set(1, 2.0, desk.now);
    let (late, outcome) = desk.lands(&mut page);
    desk.wait(&mut page, 19_999);
    assert!(page.journal.sync().status().syncing && page.journal.sync().status().online);
    desk.wait(&mut page, 1);
    assert!(!page.journal.sync().status().syncing && !page.journal.sync().status().online);
    // its answer, when it comes all the same, is not taken for another's
    page.answer(late, outcome, desk.now);
    assert_eq!(page.journal.sync().status().pending, 1);
    desk.settles(&mut page);
    assert_eq!((desk.server.writes, desk.cart_of(&page)), (2, vec![(1, 2.0)]));
}

#[test]
fn what_waits_is_counted_whether_taken_over_or_not() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0)]);
    page.told.clear();
    page.set(1, 2.0, desk.now); // in the outbox, being sent
    page.add(2, 1.0, desk.now);
    page.add(3, 1.0, desk.now);
    assert_eq!(page.journal.sync().status().pending, 3);
    assert!(!page.journal.sync().is_settled());
    desk.settles(&mut page);
    let told = page.told.iter().filter_map(|told| match told {
        Notification::Pending(count) => Some(*count),
        _ => None,
    });
    assert_eq!(told.collect::<Vec<_>>(), [1, 2, 3, 2, 1, 0]);
    page.event(Event::Online(false), desk.now);
    page.command(Command::ReadCart, desk.now);
    page.command(Command::Calculate, desk.now);
    assert_eq!(page.journal.sync().status().pending, 0, "nothing the shop has to be told");
}

#[test]
fn a_write_in_doubt_is_not_settled_until_nothing_can_come_late() {
    let mut desk = Desk::new();
    let mut page = with_few_moves(&mut desk);
    page.set(1, 2.0, desk.now);
    let late = page.sent.remove(0);
    page.answer(late.id, Outcome::Unreachable, desk.now);
    page.set(1, 1.0, desk.now);
    desk.wait(&mut page, 2_000);
    while !page.sent.is_empty() {
        desk.answers(&mut page);
    }
    let sync = page.journal.sync();
    assert!(sync.status().suspect && !sync.is_settled());
    desk.wait(&mut page, H);
    desk.settles(&mut page);
    let sync = page.journal.sync();
    assert!(!sync.status().suspect && sync.is_settled());
}

#[test]
fn a_look_that_was_asked_for_is_tried_again_after_a_pause_whatever_the_shop_says_instead() {
    for answer in [Outcome::Unreachable, error(404, "cocart_no_items"), error(404, "other")] {
        let mut desk = Desk::new();
        let mut page = synced(&mut desk, &[(1, 1.0)]);
        page.event(Event::SyncNow, desk.now);
        desk.fails(&mut page, answer);
        assert!(page.sent.is_empty() && page.journal.sync().status().failing);
        desk.wait(&mut page, 2_000);
        assert_eq!(sending(&page).0, "GET");
        desk.answers(&mut page);
        assert!(page.sent.is_empty() && !page.journal.sync().status().failing);
    }
}
