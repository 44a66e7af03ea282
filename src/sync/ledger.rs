//! The one record that a flush writes: base, acknowledgements, outbox and the request in flight,
//! so that a page killed between any two writes leaves a state that makes sense.

use super::named::Named;
use super::op::{Change, Op};
use super::todo::Todo;
use super::{Base, Conflict, document};
use crate::cart::AddItem;

/// Everything that only the holder of the lock writes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Ledger {
    /// Counts the writes of this record; the newest of the two slots counts.
    pub(super) rev: u64,
    pub(super) base: Base,
    /// Whether the cart key was made here, so that nobody else writes to that cart.
    pub(super) minted: bool,
    /// Whether a request was ever made under this key: before, there is nothing to look at.
    pub(super) touched: bool,
    /// Whether the cart belongs to a customer who is signed in.
    pub(super) customer: bool,
    /// The guest's cart that is still to be merged into the account's.
    pub(super) merge_from: Option<String>,
    /// When the server will forget the cart (wall clock).
    pub(super) expires_ms: Option<i64>,
    /// When the server's cart was last seen (wall clock).
    pub(super) looked_ms: i64,
    /// Whether the server holds something that could not be made again under another key.
    pub(super) server_only: bool,
    /// When the cart was handed over to the shop's checkout (wall clock).
    pub(super) handed_over_ms: Option<i64>,
    pub(super) lamport: u64,
    pub(super) acknowledged: Named<Acknowledged>,
    /// Acknowledged commands, folded, that are still to be brought about.
    pub(super) outbox: Vec<Todo>,
    pub(super) in_flight: Option<Sent>,
    /// Writes of ours that may still reach the server, or reach it a second time.
    pub(super) late: Vec<Sent>,
    /// How our own lines were added, by the server's key.
    pub(super) recipes: Named<AddItem>,
    /// The key computed here → the key the server chose.
    pub(super) aliases: Named<String>,
    pub(super) conflicts: Vec<Conflict>,
    /// An expired cart that the shopper may have back.
    pub(super) offer: Vec<Change>,
    /// Names todos and conflicts.
    pub(super) next_id: u64,
}

/// Which commands of a page load the outbox has taken over.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Acknowledged {
    /// All up to here …
    pub(super) through: u64,
    /// … but these, which had not been seen in storage then.
    pub(super) missing: Vec<u64>,
    /// When the last of them was given.
    pub(super) lamport: u64,
}

/// A write on its way: written down before it is sent, kept until it cannot arrive any more.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sent {
    /// The todo it is to bring about.
    pub(super) todo: u64,
    pub(super) what: What,
    /// The line it concerns; a name of its own for what concerns no line.
    pub(super) key: String,
    /// The id the server shows in the line, to know it by when a plugin changed the key.
    pub(super) id: i64,
    /// Quantity before and after.
    pub(super) before: f64,
    pub(super) after: f64,
    /// When it was sent (steady clock).
    pub(super) at_ms: i64,
    /// Given up for lost: it may still run.
    pub(super) doubtful: bool,
}

/// What a write does to its line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum What {
    /// Adds `after - before` to whatever it finds.
    Add,
    /// Sets `after`.
    Set,
    /// Takes the line out.
    Delete,
    /// Puts a removed line back.
    Restore,
    /// Empties the cart.
    Clear,
    /// Merges a guest's cart into the account's.
    Merge,
    /// Something that concerns no line.
    #[default]
    Other,
}

impl Acknowledged {
    /// Whether this command is among them.
    pub(super) fn has(&self, seq: u64) -> bool {
        seq <= self.through && !self.missing.contains(&seq)
    }
}

impl Ledger {
    /// Whether a command is in base or outbox already.
    pub(super) fn has_taken(&self, tab: &str, seq: u64) -> bool {
        self.acknowledged.get(tab).is_some_and(|to| to.has(seq))
    }

    /// Records that the outbox took a command over.
    pub(super) fn take(&mut self, op: &Op) {
        if let Some(to) = self.acknowledged.of(&op.tab) {
            if op.seq <= to.through {
                to.missing.retain(|seq| *seq != op.seq);
            } else {
                to.missing.extend(to.through + 1..op.seq);
                to.through = op.seq;
            }
            to.lamport = to.lamport.max(op.lamport);
        }
        self.lamport = self.lamport.max(op.lamport);
    }

    /// A new name for a todo or a conflict.
    pub(super) fn name(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }

    /// The key the server uses for the line that was computed to be `key`.
    pub(super) fn resolve<'a>(&'a self, key: &'a str) -> &'a str {
        self.aliases.get(key).map_or(key, String::as_str)
    }

    /// The cart the base document shows.
    pub(super) fn shown(&self) -> document::Parsed {
        document::parse(&self.base.document).unwrap_or_default()
    }

    /// Whether no one but this device can write to the cart: a guest's key made here that was
    /// never handed over.
    pub(super) fn is_private(&self) -> bool {
        self.minted && !self.customer && self.handed_over_ms.is_none()
    }

    /// How a line would be added again.
    pub(super) fn recipe(&self, key: &str) -> Option<AddItem> {
        let shown = || self.shown().line(key).map(document::recipe);
        self.recipes.get(key).cloned().or_else(shown)
    }
}
