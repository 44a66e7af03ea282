//! Keys that plugins change: lines are known by what they are made of.

use super::document::{self, Line, Parsed};
use super::ledger::{Ledger, What};
use super::named::Named;
use super::op::Change;
use super::todo::{Act, Todo};
use crate::cart::Command;

/// Keys that plugins changed are few.
const MOST_ALIASES: usize = 200;

impl Ledger {
    /// A plugin gave lines that were shown before other keys: those that are gone and those that
    /// are new are the same ones, where what they are made of is the same.
    pub(super) fn recognise_moved(&mut self, found: &Parsed, before: &mut Parsed) {
        let (was, is) = (places(before), places(found));
        let line =
            |places: &Named<f64>, line: &Line| places.get(&line.key).is_some_and(|has| *has > 0.0);
        let new = found.lines.iter().filter(|own| !line(&was, own));
        let new = new.chain(found.removed.iter().filter(|own| !was.contains(&own.key)));
        let mut new: Vec<&Line> = new.collect();
        let gone = before.lines.iter_mut().filter(|own| !line(&is, own));
        let removed = before.removed.iter_mut();
        let removed = removed.filter(|own| !is.contains(&own.key) && !line(&was, own));
        for line in gone.chain(removed) {
            if let Some(at) = new.iter().position(|own| own.is_like(line)) {
                let key = &new.remove(at).key;
                self.rekey(&line.key, key);
                line.key.clone_from(key);
            }
        }
    }

    /// A plugin gave lines other keys than were computed: they are found by what they are made of,
    /// new lines first. An add that is not wanted any more and came late all the same is known
    /// only where one new line can be it.
    pub(super) fn recognise(&mut self, found: &Parsed, before: &Parsed) {
        let adds = self.outbox.iter().filter_map(|todo| match &todo.act {
            Act::Line(line) => Some((line.key.clone(), line.id, Some(line.recipe.clone()?))),
            Act::Whole(Change { command: Command::AddItem(add), lines }) => lines
                .first()
                .map(|touched| (touched.item_key.clone(), touched.id, Some(add.clone()))),
            _ => None,
        });
        let late = self.late.iter().filter(|late| late.what == What::Add);
        let adds: Vec<_> = adds.chain(late.map(|late| (late.key.clone(), late.id, None))).collect();
        for (key, id, recipe) in adds {
            let known = |key: &str| found.line(key).is_some() || before.line(key).is_some();
            if known(&key) || self.resolve(&key) != key {
                continue;
            }
            let new = found.lines.iter().filter(|line| before.line(&line.key).is_none());
            let line = match recipe {
                Some(add) => document::made_by(new, id, &add)
                    .or_else(|| document::made_by(found.lines.iter(), id, &add)),
                None => {
                    let mut new = new.filter(|line| line.id == id);
                    new.next().filter(|_| new.next().is_none())
                }
            };
            if let Some(line) = line {
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
        if let Some(recipe) = self.recipes.remove(old) {
            self.recipes.insert(new.to_owned(), recipe);
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

/// The keys a cart knows, with quantities; 0 for a line that is removed.
fn places(cart: &Parsed) -> Named<f64> {
    let mut places = Named::default();
    for line in &cart.removed {
        places.insert(line.key.clone(), 0.0);
    }
    for line in &cart.lines {
        places.insert(line.key.clone(), line.quantity);
    }
    places
}
