//! What the shop says: no, not signed in, not there, another price.

use crate::{answers_after, synced};
use cocart_wasm::cart::{AddItem, Command, Fee};
use cocart_wasm::map;
use cocart_wasm::sync::{Config, Event, Outcome, Touched};
use cocart_wasm::value::{Value, json};
use simulation::desk::{Desk, Page};
use simulation::server::{Cart, error, local_key};

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
    assert_eq!((conflict.message.as_str(), conflict.item_key), ("…", Some(local_key(2))));
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
    let text = json::write(&body).replace("\"1000\"", "\"1250\"");
    let body = json::read(&text).unwrap();
    page.answer(id, Outcome::Answer { status, headers, body }, desk.now);
    let conflict = page.conflicts().remove(0);
    assert_eq!(conflict.price, Some((Value::text("1000"), Value::text("1250"))));
    assert_eq!(conflict.command, None);
    assert_eq!(conflict.code, "cocart_wasm_price_changed");
    assert_eq!(conflict.message, "The price of Product 1 has changed.");
    assert_eq!(conflict.item_key, Some(local_key(1)));
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
fn a_cart_that_does_not_say_whose_it_is_is_taken_for_the_one_that_was_asked_for() {
    let mut desk = Desk::new();
    let config = Config { prefix: "shop:".into(), signed_in: true, ..Config::default() };
    let mut page = desk.page_with(config);
    page.add(1, 1.0, desk.now);
    while !page.sent.is_empty() {
        let (id, outcome) = desk.lands(&mut page);
        let Outcome::Answer { status, headers, body } = outcome else { panic!() };
        let text = json::write(&body).replace("\"cart_key\":\"7\"", "\"cart_key\":\"\"");
        let body = json::read(&text).unwrap();
        page.answer(id, Outcome::Answer { status, headers, body }, desk.now);
    }
    assert!(!page.asked_for_credentials && page.journal.sync().is_settled());
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

#[test]
fn what_was_refused_is_told_as_the_shopper_would_do_it_again() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(1, 1.0), (2, 1.0)]);
    let key = page.journal.sync().base().cart_key.clone();
    desk.server.shop.stock.extend([(1, 2.0), (2, 0.0), (3, 0.0)]);
    // a line that is there
    page.set(1, 5.0, desk.now);
    desk.settles(&mut page);
    // one that is gone
    desk.server.carts.get_mut(&key).unwrap().lines.retain(|line| line.1 != 2);
    page.set(2, 3.0, desk.now);
    desk.settles(&mut page);
    // one that carries more than a quantity
    let phone = Some("123".to_owned());
    let gift = AddItem { id: "3".into(), quantity: 2.0, phone, ..AddItem::default() };
    page.add_item(gift.clone(), desk.now);
    desk.settles(&mut page);
    let [set, add, whole] = page.conflicts().try_into().unwrap();
    let item_key = local_key(1);
    assert_eq!(set.command, Some(Command::UpdateItem { item_key, quantity: 5.0 }));
    assert_eq!(set.lines, []);
    let Some(Command::AddItem(item)) = add.command else { panic!() };
    assert_eq!((item.id.as_str(), item.quantity), ("2", 3.0));
    let touched = |id, quantity| Touched { item_key: local_key(id), id, quantity };
    assert_eq!(add.lines.len(), 1);
    assert_eq!((&add.lines[0].item_key, add.lines[0].quantity), (&local_key(2), 3.0));
    assert_eq!((whole.command, whole.lines), (Some(Command::AddItem(gift)), vec![touched(3, 2.0)]));
    assert!(set.id != add.id && add.id != whole.id && !set.id.is_empty());
}

#[test]
fn the_fifty_newest_conflicts_are_kept() {
    let mut desk = Desk::new();
    let mut page = desk.page();
    for id in 1..=51 {
        desk.server.shop.stock.insert(id, 0.0);
        page.add(id, 1.0, desk.now);
        desk.settles(&mut page);
        let kept = page.journal.sync().conflicts();
        assert_eq!(kept.len() as i64, id.min(50));
        assert_eq!(kept[0].item_key, Some(local_key((id - 49).max(1))));
    }
}

#[test]
fn what_the_shop_makes_another_product_of_is_not_added_for_ever() {
    let mut desk = Desk::new();
    let mut page = synced(&mut desk, &[(2, 1.0)]);
    page.add(1, 3.0, desk.now);
    // a plugin sells it under another id and key: a translation, a bundle
    let another = |cart: &mut Cart| {
        for line in cart.lines.iter_mut().filter(|line| line.1 == 1) {
            *line = (local_key(101), 101, line.2);
        }
    };
    answers_after(&mut desk, &mut page, another);
    assert!(page.sent.is_empty(), "{:?}", page.sent);
    assert_eq!(
        (page.shows(), page.journal.sync().status().pending),
        (vec![(2, 1.0), (101, 3.0)], 0)
    );
}

#[test]
fn what_the_shop_shows_and_does_not_find_is_not_sent_for_ever() {
    for removes in [false, true] {
        let mut desk = Desk::new();
        let mut page = synced(&mut desk, &[(1, 1.0)]);
        page.event(Event::SyncNow, desk.now);
        assert!(page.sent[0].request.query_value("_").is_none(), "nothing is in doubt");
        desk.answers(&mut page);
        let to = if removes { 0.0 } else { 2.0 };
        page.set(1, to, desk.now);
        let mut asked = 0;
        while asked < 40 && !page.sent.is_empty() {
            asked += 1;
            if page.sent[0].request.method.name() == "GET" {
                // not from a cache
                assert!(page.sent[0].request.query_value("_").is_some());
                desk.answers(&mut page);
            } else {
                desk.fails(&mut page, error(404, "cocart_item_not_in_cart"));
            }
        }
        assert!(asked < 20, "{asked}");
        assert_eq!((page.shows(), page.conflicts().len()), (vec![(1, 1.0)], 1));
    }
}
