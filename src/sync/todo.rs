//! The outbox: what commands that the base has taken over leave to be brought about.

use super::op::Change;
use crate::cart::{AddItem, Command};

/// One thing to bring about on the server.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Todo {
    pub(super) id: u64,
    pub(super) act: Act,
}

/// What is to be brought about.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Act {
    /// A line's quantity.
    Line(LineTodo),
    /// An empty cart.
    Clear(bool),
    /// A command that is sent as it is.
    Whole(Change),
}

impl Default for Act {
    fn default() -> Self {
        Self::Whole(Change::default())
    }
}

/// A line's quantity: `set`, else what the server has, plus `plus`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct LineTodo {
    pub(super) key: String,
    pub(super) id: i64,
    pub(super) set: Option<f64>,
    pub(super) plus: f64,
    /// Whether `set` is wanted even where the server has no such line: it was added or put back,
    /// not merely changed.
    pub(super) born: bool,
    /// Whether the shop's own removed line is to be put back where it still has it.
    pub(super) restore: bool,
    /// How it is added.
    pub(super) recipe: Option<AddItem>,
}

impl LineTodo {
    /// The quantity it leads to from what the server has.
    pub(super) fn target(&self, has: f64) -> f64 {
        (self.set.unwrap_or(has) + self.plus).max(0.0)
    }

    /// What adds so many of it.
    pub(super) fn recipe_of(&self, quantity: f64) -> AddItem {
        AddItem {
            quantity,
            ..self
                .recipe
                .clone()
                .unwrap_or_else(|| AddItem { id: self.id.to_string(), ..AddItem::default() })
        }
    }

    /// The same as the engine would be told, on a cart that has the line or not.
    fn command(&self, has_line: bool) -> Command {
        let item_key = self.key.clone();
        match self.set {
            None => Command::AddItem(self.recipe_of(self.plus)),
            Some(set) if set + self.plus <= 0.0 => Command::RemoveItem { item_key },
            Some(set) if has_line => Command::UpdateItem { item_key, quantity: set + self.plus },
            Some(set) => Command::AddItem(self.recipe_of(set + self.plus)),
        }
    }
}

impl Todo {
    /// What the shopper asked for, for showing and for retrying.
    pub(super) fn command(&self, has_line: bool) -> Command {
        match &self.act {
            Act::Line(line) => line.command(has_line),
            Act::Clear(keep) => Command::Clear { keep_removed_items: *keep },
            Act::Whole(change) => change.command.clone(),
        }
    }

    /// Whether it removes this line, whatever it may add to it then.
    pub(super) fn takes_out(&self, key: &str) -> bool {
        matches!(&self.act, Act::Line(line) if line.key == key && line.set == Some(0.0))
    }

    /// The line it concerns.
    pub(super) fn line_key(&self) -> Option<&str> {
        match &self.act {
            Act::Line(line) => Some(&line.key),
            Act::Whole(change) => change.lines.first().map(|touched| touched.item_key.as_str()),
            Act::Clear(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::LineTodo;

    #[test]
    fn a_line_that_nobody_knows_the_making_of_is_added_by_its_id() {
        let add = LineTodo { id: 9, ..LineTodo::default() }.recipe_of(2.0);
        assert_eq!((add.id.as_str(), add.quantity), ("9", 2.0));
    }
}
