//! Texts and quantities.

use crate::synced;
use cocart_wasm::cart::{AddItem, Command};
use cocart_wasm::map;
use cocart_wasm::sync::Config;
use cocart_wasm::value::{Map, Value};
use simulation::desk::Desk;

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
