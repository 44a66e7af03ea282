//! One journalled command: its own key, written once, by the page load that accepted it.

use super::Touched;
use crate::cart::Command;
use std::sync::Arc;

/// A record under `{prefix}op:{tab}:{seq}`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Op {
    /// The page load that wrote it.
    pub(super) tab: Arc<str>,
    /// Counts that page load's commands from 1.
    pub(super) seq: u64,
    /// Orders the commands of all page loads, with `tab` for equals; never by a clock.
    pub(super) lamport: u64,
    /// For show (wall clock).
    pub(super) at_ms: i64,
    /// The guest's cart key the shopper was shown, until a base record fixes one.
    pub(super) cart_key: String,
    pub(super) act: Act,
}

/// What was done.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Act {
    /// Nothing.
    #[default]
    Nothing,
    /// The cart was changed.
    Change(Change),
    /// A conflict was answered: it is gone, and where there was a retry, that is a change of its
    /// own.
    Settle(String),
    /// The cart was handed over to the shop's checkout.
    HandOver,
    /// A customer signed in.
    SignIn,
    /// The offer of an expired cart was answered; accepting it makes changes of their own.
    Offered,
}

/// A command, and the lines it goes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Change {
    pub(super) command: Command,
    pub(super) lines: Vec<Touched>,
}

impl Op {
    /// Whether the visible cart changes by it.
    pub(super) fn command(&self) -> Option<&Command> {
        match &self.act {
            Act::Change(change) => Some(&change.command),
            _ => None,
        }
    }
}

/// Tab and sequence in `op:{tab}:{seq}` (the key without prefix).
pub(super) fn parse_key(key: &str) -> Option<(&str, u64)> {
    let (tab, seq) = key.strip_prefix("op:")?.split_once(':')?;
    Some((tab, seq.parse().ok()?))
}
