//! What the shopper has to decide about, or at least to know.

use super::answer::Refusal;
use super::document::Parsed;
use super::ledger::Ledger;
use super::todo::{Act, Todo};
use super::{Conflict, Notification, Touched};
use crate::cart::Command;
use crate::value::Value;

/// Conflicts nobody looks at do not pile up for ever.
const MOST_CONFLICTS: usize = 50;

impl Ledger {
    /// A line that costs something else than it did when it was last shown: the server's price
    /// wins, and the shopper is told.
    pub(super) fn report_prices(
        &mut self,
        before: &Parsed,
        found: &Parsed,
        told: &mut Vec<Notification>,
    ) {
        for line in &found.lines {
            let Some(was) = before.line(&line.key).filter(|was| was.price != line.price) else {
                continue;
            };
            if was.price == Value::Null {
                continue;
            }
            let conflict = Conflict {
                code: "cocart_wasm_price_changed".into(),
                message: format!("The price of {} has changed.", line.name),
                item_key: Some(line.key.clone()),
                price: Some((was.price.clone(), line.price.clone())),
                ..self.conflict_of(None)
            };
            self.tell(conflict, told);
        }
    }

    /// A refused command leaves the outbox and waits for the shopper's decision.
    pub(super) fn park(&mut self, todo: u64, refusal: Refusal, told: &mut Vec<Notification>) {
        let Some(at) = self.outbox.iter().position(|own| own.id == todo) else { return };
        let todo = self.outbox.remove(at);
        let conflict = Conflict {
            code: refusal.code,
            message: refusal.message,
            status: refusal.status,
            ..self.conflict_of(Some(&todo))
        };
        self.tell(conflict, told);
    }

    pub(super) fn conflict_of(&mut self, todo: Option<&Todo>) -> Conflict {
        let shown = self.shown();
        let key = todo.and_then(|todo| todo.line_key()).map(str::to_owned);
        let has = key.as_ref().map_or(0.0, |key| shown.quantity(key));
        let (wanted, id) = match todo.map(|todo| &todo.act) {
            Some(Act::Line(line)) => (Some((line.target(has), has)), line.id),
            _ => (None, 0),
        };
        let command = todo.map(|todo| todo.command(has > 0.0));
        let lines = match (todo.map(|todo| &todo.act), &command, &key) {
            (Some(Act::Whole(change)), ..) => change.lines.clone(),
            (_, Some(Command::AddItem(add)), Some(key)) => {
                vec![Touched { item_key: key.clone(), id, quantity: add.quantity }]
            }
            _ => Vec::new(),
        };
        let id = format!("c{}", self.name());
        Conflict { id, command, lines, item_key: key, quantity: wanted, ..Conflict::default() }
    }

    pub(super) fn tell(&mut self, conflict: Conflict, told: &mut Vec<Notification>) {
        self.conflicts.push(conflict.clone());
        if self.conflicts.len() > MOST_CONFLICTS {
            self.conflicts.remove(0);
        }
        told.push(Notification::Conflict(Box::new(conflict)));
    }
}
