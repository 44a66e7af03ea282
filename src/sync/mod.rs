//! Keeping the cart, and telling the server exactly once: a state machine without I/O.
//!
//! The visible cart is the base (what the server last said) with [`Sync::pending`] replayed on
//! it; the caller replays, with the cart engine. The protocol, its promise and its limits are in
//! `docs/sync.md`.
//!
//! A platform opens a [`Journal`] over its storage, hands it every [`Event`], and carries out the
//! [`Effect`]s that come back, in order.

mod answer;
mod config;
mod conflicts;
mod document;
mod effect;
mod emptied;
mod event;
mod fault;
mod flush;
mod fold;
mod inbox;
mod journal;
mod keys;
mod late;
mod ledger;
mod migrate;
mod named;
mod op;
mod plan;
mod random;
mod record;
mod records;
mod reply;
mod request;
mod settle;
mod step;
mod storing;
mod todo;

pub use config::{Config, Mode};
pub use effect::{Conflict, Effect, Notification, Outgoing};
pub use event::{Event, Now, Outcome, Touched};
pub use fault::Fault;
pub use journal::Journal;
pub use random::Random;
pub use record::{SCHEMA, Stored, seal, unseal};

use crate::cart::{AddItem, Command};
use crate::value::Value;
use ledger::Ledger;
use op::{Act, Op};
use std::sync::Arc;
use storing::Storing;

/// The cart's base: what the visible cart starts from before [`Sync::pending`] is replayed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Base {
    /// The last cart document of the server, in the server's own profile; `Null` before the
    /// first, and after a move to a fresh key. With `"compacted": true` in it, only lines and
    /// coupons are left of it for want of room.
    pub document: Value,
    /// Without a server: the model of [`Event::Fold`].
    pub model: Option<Value>,
    /// The cart key to show: the guest's, or the customer's id. Empty until a customer's is known.
    pub cart_key: String,
    /// Lines removed here, restorable with the quantity they had here. Where the document's
    /// `removed_items` lists one too, this quantity counts.
    pub removed: Vec<Removed>,
}

/// A removed line that only this device knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Removed {
    /// Its item key.
    pub item_key: String,
    /// The id the server shows in it, 0 where that is not known.
    pub id: i64,
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
    /// Commands that are only in memory, because storage had no room: gone with the page.
    pub unsaved: usize,
    /// Whether storage holds a newer schema: nothing is written or sent.
    pub read_only: bool,
    /// Whether the cart is, or is about to be, a customer's.
    pub signed_in: bool,
    /// Whether the cart was handed over to the shop's checkout and has not come back empty since.
    pub handed_over: bool,
    /// Whether the shop did not answer as it should, and is asked again after a pause.
    pub failing: bool,
    /// Whether storage has no room for what a request needs written down, and is tried again after
    /// a pause.
    pub full: bool,
    /// When the shop will have forgotten a guest's cart (wall clock), where that is known.
    pub expires_ms: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lock {
    Free,
    Wanted,
    Held,
}

/// One page load's part in keeping one cart.
#[derive(Debug)]
pub struct Sync {
    config: Config,
    tab: Arc<str>,
    random: Random,
    ledger: Ledger,
    /// All commands that are journalled, by Lamport time and tab.
    ops: Vec<Op>,
    seq: u64,
    lamport: u64,
    lock: Lock,
    request: Option<flush::Open>,
    last_request: u64,
    timer: Option<i64>,
    /// Everything that is left waits for writes that may come late.
    held_until: Option<i64>,
    visible: bool,
    hidden: bool,
    storing: Storing,
    network: Network,
    wanted: Wanted,
    news: News,
}

/// The way to the shop.
#[derive(Debug, Default)]
struct Network {
    /// By what the browser says.
    online: bool,
    /// The shop answered last time as it should.
    reachable: bool,
    /// … and so often it did not, with no write carried out in between.
    failures: u32,
    /// So often in a row it did not find what it shows.
    stale: u32,
    /// When the pause after a failure is over.
    retry_at: Option<i64>,
    /// Requests wait for credentials.
    unauthorized: bool,
}

/// What a flush is to do beside sending what waits.
#[derive(Debug)]
struct Wanted {
    /// Look before the next write.
    look: bool,
    /// A look is welcome if the last is old.
    refresh: bool,
    /// The app asked for a flush.
    sync: bool,
}

/// What the app is told at the end of the step.
#[derive(Debug, Default)]
struct News {
    changed: bool,
    synced: bool,
    /// How many commands wait, as it was told last.
    pending: usize,
}

impl Sync {
    /// The settings it was opened with.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Where base records stand in storage: two take turns, the newer one counts.
    pub fn base_keys(&self) -> [String; 2] {
        [self.slot(0), self.slot(1)]
    }

    /// What the visible cart starts from.
    pub fn base(&self) -> &Base {
        &self.ledger.base
    }

    /// The commands to replay on the base, in order, item keys as the base has them.
    pub fn pending(&self) -> Vec<Command> {
        let outbox = self.ledger.outbox_commands().into_iter();
        let waiting =
            self.waiting().filter_map(Op::command).map(|command| self.in_base_keys(command));
        outbox.chain(waiting).collect()
    }

    /// The key the server gave the line whose key was computed to be `item_key`; the same where
    /// it did not choose another.
    pub fn item_key<'a>(&'a self, item_key: &'a str) -> &'a str {
        self.ledger.resolve(item_key)
    }

    /// Computed keys and those the server chose instead, for the engine to name lines alike.
    pub fn aliases(&self) -> impl Iterator<Item = (&str, &str)> {
        self.ledger.aliases.iter().map(|(computed, given)| (computed, given.as_str()))
    }

    fn in_base_keys(&self, command: &Command) -> Command {
        with_keys(command, |key| self.ledger.resolve(key).to_owned())
    }

    /// As it is journalled: with the keys that were computed here, since what the server made of
    /// them may be forgotten (a record that found no room) or not known yet in another tab.
    fn in_own_keys(&self, command: &Command) -> Command {
        with_keys(command, |key| self.own_key(key).to_owned())
    }

    fn own_key<'a>(&'a self, key: &'a str) -> &'a str {
        self.aliases().find(|(_, server)| *server == key).map_or(key, |(own, _)| own)
    }

    /// Parked commands that nobody decided about yet, oldest first.
    pub fn conflicts(&self) -> Vec<Conflict> {
        let settled =
            |id: &str| self.waiting().any(|op| matches!(&op.act, Act::Settle(own) if own == id));
        self.ledger.conflicts.iter().filter(|conflict| !settled(&conflict.id)).cloned().collect()
    }

    /// The lines of an expired cart that the shopper may have back; empty without such an offer.
    pub fn offer(&self) -> Vec<AddItem> {
        if self.waiting().any(|op| matches!(op.act, Act::Offered)) {
            return Vec::new();
        }
        self.ledger.offered()
    }

    /// How things stand.
    pub fn status(&self) -> Status {
        let doubtful = |sent: &ledger::Sent| sent.doubtful;
        let waits = |is: fn(&Act) -> bool| self.waiting().any(|op| is(&op.act));
        let pauses = self.network.retry_at.is_some();
        Status {
            pending: self.count(),
            online: self.network.online && self.network.reachable,
            syncing: self.request.is_some(),
            suspect: self.ledger.late.iter().any(doubtful)
                || self.ledger.in_flight.as_ref().is_some_and(doubtful),
            unauthorized: self.network.unauthorized,
            unsaved: self.storing.unsaved.len(),
            read_only: self.storing.read_only,
            signed_in: self.ledger.customer || waits(|act| matches!(act, Act::SignIn)),
            handed_over: self.ledger.handed_over_ms.is_some()
                || waits(|act| matches!(act, Act::HandOver)),
            failing: pauses && !self.network.reachable,
            full: pauses && self.network.reachable,
            expires_ms: self.ledger.expires_ms.filter(|_| !self.ledger.customer),
        }
    }

    /// Whether nothing waits, nothing is on its way and nothing is in doubt.
    pub fn is_settled(&self) -> bool {
        let ledger = &self.ledger;
        self.count() == 0
            && ledger.in_flight.is_none()
            && ledger.merge_from.is_none()
            && !self.status().suspect
    }

    fn count(&self) -> usize {
        let waiting = self.waiting().filter(|op| op.command().is_some_and(is_change)).count();
        self.ledger.outbox.len() + waiting
    }
}

fn with_keys(command: &Command, key: impl Fn(&str) -> String) -> Command {
    match command {
        Command::UpdateItem { item_key, quantity } => {
            Command::UpdateItem { item_key: key(item_key), quantity: *quantity }
        }
        Command::RemoveItem { item_key } => Command::RemoveItem { item_key: key(item_key) },
        Command::RestoreItem { item_key } => Command::RestoreItem { item_key: key(item_key) },
        Command::UpdateItems { quantity } => {
            let quantity =
                quantity.iter().map(|(item, posted)| (key(item), posted.clone())).collect();
            Command::UpdateItems { quantity }
        }
        other => other.clone(),
    }
}

/// Whether the server has to be told.
fn is_change(command: &Command) -> bool {
    !matches!(command, Command::ReadCart | Command::Calculate)
}
