//! The routes that change the cart (`spec/cocart-v2.md` 3): a command each, and the answer it gets.

use super::Call;
use super::reply::{cart_answer, line_answer};
use super::route::Route;
use crate::api::{Answer, Response, document};
use crate::cart::{Command, Outcome, Visit};
use crate::value::Map;

/// Carries a command out and answers as the route does.
pub(super) fn write(visit: &mut Visit<'_>, call: &Call<'_>, command: Command) -> Answer {
    let before = visit.cart.line(call.key).map(|line| line.quantity);
    match visit.apply(&command) {
        Ok(outcome) => {
            let told = (!outcome.refused).then_some(command);
            let answer = Answer::to_change(written(visit, call, &outcome, before), told);
            Answer { added: outcome.added, ..answer }
        }
        Err(error) => {
            let (command, added) = visit.partial.take().unzip();
            let answer = Answer::to_change(error.into(), command);
            Answer { added: added.unwrap_or_default(), ..answer }
        }
    }
}

fn written(
    visit: &mut Visit<'_>,
    call: &Call<'_>,
    outcome: &Outcome,
    before: Option<f64>,
) -> Response {
    let params = call.params;
    match call.route {
        Route::AddItem if params.flag("return_item") => {
            consume_notices(visit);
            line_answer(visit, outcome.added.first().map(String::as_str))
        }
        Route::AddItems if params.flag("return_items") => {
            consume_notices(visit);
            let lines = outcome.added.iter().filter_map(|key| visit.cart.line(key));
            Response::ok(lines.map(|l| document::one_item(visit, l, true)).collect::<Vec<_>>())
        }
        Route::RestoreItem if params.flag("return_item") => {
            consume_notices(visit);
            line_answer(visit, Some(call.key))
        }
        Route::UpdateItem if params.flag("return_status") => {
            let status = update_status(visit, call.key, before.unwrap_or(0.0));
            consume_notices(visit);
            Response::ok(status)
        }
        Route::RemoveItem if params.flag("return_status") => {
            let text = visit.cart.notices.last().map(|n| n.text.clone()).unwrap_or_default();
            consume_notices(visit);
            Response::ok(text)
        }
        Route::Calculate if params.flag("return_totals") && !visit.mirrors_oddities() => {
            Response::ok(document::cart_totals(visit))
        }
        _ => cart_answer(visit, call, None),
    }
}

/// Answers that throw the cart away have built it all the same, and so emptied the queue.
fn consume_notices(visit: &mut Visit<'_>) {
    visit.cart.notices.clear();
}

fn update_status(visit: &Visit<'_>, key: &str, before: f64) -> Map {
    let now = visit.cart.line(key).map_or(0.0, |line| line.quantity);
    // from 4.3.7 on the line is read before the write
    let told = if visit.generation.cocart_437 { before } else { now };
    document::quantity_status(visit, key, (before, now), told)
}

/// CoCart Plus: all coupons go, by a command each.
pub(super) fn remove_coupons(visit: &mut Visit<'_>, call: &Call<'_>) -> Answer {
    let codes: Vec<String> = visit.cart.coupons.iter().map(|c| c.code.clone()).collect();
    let mut commands: Vec<_> =
        codes.into_iter().map(|coupon| Command::RemoveCoupon { coupon }).collect();
    commands.retain(|command| visit.apply(command).is_ok());
    Answer::to_change(cart_answer(visit, call, None), commands)
}

/// CoCart Plus: `DELETE cart/items` empties the cart, removed lines included.
pub(super) fn remove_items(visit: &mut Visit<'_>, call: &Call<'_>) -> Answer {
    write(visit, call, Command::Clear { keep_removed_items: false })
}
