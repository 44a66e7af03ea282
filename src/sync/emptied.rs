//! Carts that came back empty, and lines that came back missing: what is offered, what is told, and
//! what is wanted all the same.

use super::document::{self, Line, Parsed};
use super::ledger::{Ledger, Sent, What};
use super::op::Change;
use super::todo::{Act, Todo};
use super::{Config, Conflict, Notification, Now, Touched};
use crate::cart::{AddItem, Command};

/// A day: clocks are wrong, and a guest's cart may be renewed without our knowing.
const EXPIRY_SLACK_MS: i64 = 86_400_000;

impl Ledger {
    /// Whether the server will have forgotten a guest's cart by now.
    pub(super) fn ran_out(&self, now: Now) -> bool {
        let past = |at: i64| now.wall_ms > at.saturating_sub(EXPIRY_SLACK_MS);
        !self.customer && self.expires_ms.is_some_and(past)
    }

    /// Whether nothing is left of a cart: what is there, our own answered add perhaps, came after
    /// it was bought. Nobody but us empties a private cart to fill it again.
    pub(super) fn is_emptied(&self, before: &Parsed, found: &Parsed, added: Option<&Sent>) -> bool {
        let new = |line: &Line| match added.filter(|sent| sent.key == line.key) {
            Some(sent) => sent.after - sent.before,
            None => 0.0,
        };
        let left = |line: &Line| found.quantity(&line.key) != new(line);
        !before.is_empty()
            && !before.lines.iter().any(left)
            && (found.is_empty() || !self.is_private())
    }

    /// Nothing came back of what was in the cart, and not by our doing: bought, or cleared
    /// elsewhere. What is `found` came after that. It is adopted. Only an expired one is offered.
    pub(super) fn emptied(
        &mut self,
        found: &Parsed,
        before: &Parsed,
        now: Now,
        config: &Config,
        told: &mut Vec<Notification>,
    ) {
        if self.ran_out(now) && self.handed_over_ms.is_none() && !before.is_empty() {
            self.offer = before.lines.iter().map(|line| self.adding(line)).collect();
            told.push(Notification::CartExpired { lines: self.offered() });
        }
        if config.breaks(super::Fault::RebuildEmptied) {
            for line in &before.lines {
                self.settle_on(&line.key, line.id, line.quantity, self.recipe(&line.key));
            }
            return;
        }
        self.handed_over_ms = None;
        self.server_only = false;
        if self.outbox.iter().any(|todo| matches!(todo.act, Act::Clear(_))) {
            return; // as was wanted; what comes after it starts from nothing anyway
        }
        // an add that may have been bought with the rest must not be bought again, unless it was
        // taken out since
        let adds = |late: &&Sent| {
            let own = self.outbox.iter().find(|todo| todo.id == late.todo);
            let more = |todo: &Todo| matches!(&todo.act, Act::Line(line) if line.set.is_none());
            let in_doubt =
                |todo: &Todo| !todo.takes_out(&late.key) && (late.what == What::Add || more(todo));
            late.doubtful && found.line(&late.key).is_none() && own.is_some_and(in_doubt)
        };
        let doubtful: Vec<Sent> = self.late.iter().filter(adds).cloned().collect();
        let mut added: Vec<String> = Vec::new();
        self.outbox.retain_mut(|todo| {
            let key = todo.line_key().unwrap_or("").to_owned();
            match &mut todo.act {
                Act::Line(line)
                    if line.set.is_some()
                        && !line.born
                        && found.line(&key).is_none()
                        && !added.contains(&key) =>
                {
                    // a change of a line that is gone; what was added to it since is wanted
                    line.set = None;
                    let wanted = line.plus > 0.0;
                    added.extend(wanted.then_some(key));
                    wanted
                }
                _ => {
                    added.push(key);
                    true
                }
            }
        });
        for late in doubtful {
            if let Some(at) = self.outbox.iter().position(|todo| todo.id == late.todo) {
                let todo = self.outbox.remove(at);
                if self.outbox.iter().skip(at).any(|todo| todo.takes_out(&late.key)) {
                    continue;
                }
                let conflict = Conflict {
                    code: "cocart_wasm_in_doubt".into(),
                    message: "The cart was bought or emptied while this was being added.".into(),
                    quantity: Some((late.after, 0.0)),
                    ..self.conflict_of(Some(&todo))
                };
                self.tell(conflict, told);
            }
        }
    }

    /// The lines of an expired cart that the shopper may have back.
    pub(super) fn offered(&self) -> Vec<AddItem> {
        let adds = self.offer.iter().filter_map(|change| match &change.command {
            Command::AddItem(add) => Some(add.clone()),
            _ => None,
        });
        adds.collect()
    }

    fn adding(&self, line: &Line) -> Change {
        let recipe = self.recipes.get(&line.key).cloned().unwrap_or_else(|| document::recipe(line));
        let touched = Touched { item_key: line.key.clone(), id: line.id, quantity: line.quantity };
        let command = Command::AddItem(AddItem { quantity: line.quantity, ..recipe });
        Change { command, lines: vec![touched] }
    }

    /// A line that is gone while the shopper changed its quantity here is added again; the others
    /// that are gone stay gone.
    pub(super) fn want_back(&mut self, found: &Parsed, before: &Parsed) {
        for todo in &mut self.outbox {
            let Act::Line(line) = &mut todo.act else { continue };
            if line.set.is_some_and(|set| set > 0.0) && found.line(&line.key).is_none() {
                line.born = true;
                if let Some(was) = before.line(&line.key).filter(|_| line.recipe.is_none()) {
                    line.recipe = Some(document::recipe(was));
                }
            }
        }
    }
}
