//! Keys that plugins change: lines are known by what they are made of.

use super::document::{self, Line, Parsed};
use super::ledger::{Ledger, What};
use super::op::Change;
use super::todo::{Act, Todo};
use crate::cart::Command;

/// Keys that plugins changed are few.
const MOST_ALIASES: usize = 200;

impl Ledger {
    /// A plugin gave lines other keys than were computed: they are found by what they are made of,
    /// new lines first.
    pub(super) fn recognise(&mut self, found: &Parsed, before: &Parsed) {
        let missing = |key: &str| found.line(key).is_none() && before.line(key).is_none();
        let adds = self.outbox.iter().filter_map(|todo| match &todo.act {
            Act::Line(line) => Some((line.key.clone(), line.id, line.recipe.clone()?)),
            Act::Whole(Change { command: Command::AddItem(add), lines }) => {
                lines.first().map(|touched| (touched.item_key.clone(), touched.id, add.clone()))
            }
            _ => None,
        });
        let adds: Vec<_> = adds.filter(|(key, ..)| missing(key)).collect();
        for (key, id, recipe) in adds {
            let new = found.lines.iter().filter(|line| before.line(&line.key).is_none());
            let line = document::made_by(new, id, &recipe);
            if let Some(line) = line.or_else(|| document::made_by(found.lines.iter(), id, &recipe))
            {
                self.rekey(&key, &line.key);
            }
        }
    }

    /// The same for an add that is not wanted any more and came late all the same.
    pub(super) fn recognise_late(&mut self, found: &Parsed, before: &Parsed) {
        let missing = |key: &str| found.line(key).is_none() && before.line(key).is_none();
        let adds = self.late.iter().filter(|late| late.what == What::Add && missing(&late.key));
        let adds: Vec<_> = adds.map(|late| (late.key.clone(), late.id)).collect();
        for (key, id) in adds {
            let new: Vec<&Line> = found
                .lines
                .iter()
                .filter(|line| line.id == id && before.line(&line.key).is_none())
                .collect();
            if let [line] = new.as_slice() {
                self.rekey(&key, &line.key);
            }
        }
    }

    fn rekey(&mut self, old: &str, new: &str) {
        for alias in self.aliases.values_mut().filter(|alias| **alias == old) {
            new.clone_into(alias);
        }
        for todo in &mut self.outbox {
            match &mut todo.act {
                Act::Line(line) if line.key == old => new.clone_into(&mut line.key),
                Act::Whole(change) => {
                    for touched in change.lines.iter_mut().filter(|touched| touched.item_key == old)
                    {
                        new.clone_into(&mut touched.item_key);
                    }
                }
                _ => {}
            }
        }
        for sent in self.late.iter_mut().chain(&mut self.in_flight).filter(|sent| sent.key == old) {
            new.clone_into(&mut sent.key);
        }
        for removed in self.base.removed.iter_mut().filter(|removed| removed.item_key == old) {
            new.clone_into(&mut removed.item_key);
        }
        self.aliases.insert(old.to_owned(), new.to_owned());
    }

    /// Drops recipes and aliases of lines nobody can mean any more.
    pub(super) fn forget_unused(&mut self, found: &Parsed) {
        let shown = found.lines.iter().chain(&found.removed).map(|line| line.key.as_str());
        let pending = self.outbox.iter().filter_map(Todo::line_key);
        let late = self.late.iter().map(|late| late.key.as_str());
        let removed = self.base.removed.iter().map(|removed| removed.item_key.as_str());
        let meant: Vec<&str> = shown.chain(pending).chain(late).chain(removed).collect();
        self.recipes.retain(|key, _| meant.contains(&key));
        // commands of other tabs may still name a line by either key
        if self.aliases.len() > MOST_ALIASES {
            self.aliases.retain(|_, key| meant.contains(&key.as_str()));
        }
        let (outbox, removed) = (&self.outbox, &mut self.base.removed);
        removed.retain(|removed| {
            let key = removed.item_key.as_str();
            let pending =
                |todo: &Todo| matches!(todo.act, Act::Clear(_)) || todo.line_key() == Some(key);
            found.line(key).is_none() || outbox.iter().any(pending)
        });
    }
}
