//! Without a server: when the journal is folded into the app's model.

use cocart_wasm::map;
use cocart_wasm::sync::{Config, Effect, Event, Mode, Notification};
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
        page.happens(desk.now, |journal, now| journal.page_show(now));
        assert!(folds(&mut page, &desk, &model));
        assert_eq!(page.journal.sync().base().model.as_ref(), Some(&model));
        assert!(page.journal.sync().pending().is_empty());
        assert!(page.sent.is_empty());
    }
}

#[test]
fn the_app_is_told_of_another_tabs_commands_before_it_is_asked_for_its_model() {
    let mut desk = Desk::new();
    let config =
        Config { prefix: "shop:".into(), mode: Mode::Off, fold_after: 3, ..Config::default() };
    let mut page = desk.page_with(config.clone());
    let mut other = desk.page_with(config);
    page.wants_lock = true; // until it is granted below
    for id in 1..=3 {
        page.add(id, 1.0, desk.now);
    }
    other.wants_lock = true;
    other.add(4, 1.0, desk.now);
    let effects = page.journal.lock_granted(desk.now);
    let at = |wanted: &Effect| effects.iter().position(|effect| effect == wanted);
    let told = at(&Effect::Emit(Notification::Changed)).expect("what it had not heard of");
    assert!(told < at(&Effect::AskForFold).expect("enough has gathered"));
}
