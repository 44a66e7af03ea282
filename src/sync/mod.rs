//! Keeping the cart, and telling the server exactly once: a state machine without I/O.
//!
//! The visible cart is the base (what the server last said) with [`Sync::pending`] replayed on
//! it; the caller replays, with the cart engine. The protocol, its promise and its limits are in
//! `docs/sync.md`.
//!
//! A platform opens a [`Journal`] over its storage, hands it every [`Event`], and carries out the
//! [`Effect`]s that come back, in order.

mod config;
mod effect;
mod event;
mod journal;
mod migrate;
mod random;
mod record;

pub use config::{Config, Mode};
pub use effect::{Conflict, Effect, Notification, Outgoing};
pub use event::{Event, Now, Outcome, Touched};
pub use journal::Journal;
pub use random::Random;
pub use record::{SCHEMA, Stored, seal, unseal};

use crate::cart::{AddItem, Command};
use crate::value::Value;

/// The cart's base: what the visible cart starts from before [`Sync::pending`] is replayed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Base {
    /// The last cart document of the server, in the server's own profile; `Null` before the
    /// first, and after a move to a fresh key.
    pub document: Value,
    /// Without a server: the model of [`Event::Fold`].
    pub model: Option<Value>,
    /// The cart key to show: the guest's, or the customer's id.
    pub cart_key: String,
    /// Lines removed before the server ever saw them: restorable, though no document lists them.
    pub removed: Vec<Removed>,
}

/// A removed line that only this device knows.
#[derive(Clone, Debug, PartialEq)]
pub struct Removed {
    /// Its item key.
    pub item_key: String,
    /// What would add it again, quantity included.
    pub add: AddItem,
}

/// How things stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Status {
    /// Commands not yet known to be on the server.
    pub pending: usize,
    /// Whether the shop answered last time (and the browser does not say it is offline).
    pub online: bool,
    /// Whether a flush is under way.
    pub syncing: bool,
    /// Whether a request given up for lost may still change the server's cart.
    pub suspect: bool,
    /// Whether requests wait for credentials.
    pub unauthorized: bool,
    /// Whether storage holds a newer schema: nothing is written or sent.
    pub read_only: bool,
}

/// One page load's part in keeping one cart.
#[derive(Debug)]
pub struct Sync {
    config: Config,
    base: Base,
}

impl Sync {
    /// Starts from what is stored under the prefix. `seed` is from the platform's cryptographic
    /// source: cart keys come from it.
    pub fn open(
        config: Config,
        entries: Vec<(String, Stored)>,
        now: Now,
        seed: [u8; 32],
    ) -> (Self, Vec<Effect>) {
        let _ = (entries, now);
        let base = Base { cart_key: Random::new(seed).cart_key(), ..Base::default() };
        (Self { config, base }, Vec::new())
    }

    /// Lets something happen; says what is to be done about it, in order.
    pub fn step(&mut self, event: Event, now: Now) -> Vec<Effect> {
        let _ = (event, now);
        Vec::new()
    }

    /// The settings it was opened with.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Where the base record stands in storage.
    pub fn base_key(&self) -> String {
        format!("{}base", self.config.prefix)
    }

    /// What the visible cart starts from.
    pub fn base(&self) -> &Base {
        &self.base
    }

    /// The commands to replay on the base, in order, item keys as the base has them.
    pub fn pending(&self) -> Vec<Command> {
        Vec::new()
    }

    /// Parked commands, oldest first.
    pub fn conflicts(&self) -> Vec<Conflict> {
        Vec::new()
    }

    /// How things stand.
    pub fn status(&self) -> Status {
        Status::default()
    }
}
