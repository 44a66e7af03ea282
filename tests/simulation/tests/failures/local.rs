//! Without a server: when the journal is folded into the app's model.

use cocart_wasm::map;
use cocart_wasm::sync::{Config, Event, Mode};
use cocart_wasm::value::Value;
use simulation::desk::{Desk, Page};

fn folds(page: &mut Page, desk: &Desk, model: &Value) -> bool {
    let before = page.journal.sync().pending().len();
    page.event(Event::Fold { model: model.clone() }, desk.now);
    page.journal.sync().pending().len() < before
}

#[test]
fn the_journal_is_folded_when_enough_has_gathered_and_the_page_is_there() {
    let mut desk = Desk::new();
    let config =
        Config { prefix: "shop:".into(), mode: Mode::Off, fold_after: 3, ..Config::default() };
    let mut page = desk.page_with(config);
    let lines: Vec<Value> = (0..40i64).map(Value::from).collect();
    let model: Value = map! { "lines": lines }.into();
    // the first model after three, the next one, of forty lines, after ten
    for enough in [3, 10] {
        for count in 1..enough {
            page.add(1, 1.0, desk.now);
            assert!(!folds(&mut page, &desk, &model), "{count} of {enough}");
        }
        page.event(Event::PageHide, desk.now);
        page.add(1, 1.0, desk.now);
        assert!(!folds(&mut page, &desk, &model), "nobody is there");
        let effects = page.journal.page_show(desk.now);
        page.carry_out(effects, desk.now);
        assert!(folds(&mut page, &desk, &model));
        assert_eq!(page.journal.sync().base().model.as_ref(), Some(&model));
        assert!(page.journal.sync().pending().is_empty());
        assert!(page.sent.is_empty());
    }
}
