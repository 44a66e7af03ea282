//! What the state machine wants done. Effects are carried out in order.

use super::Touched;
use crate::api::Request;
use crate::cart::Command;
use crate::value::Value;

/// A request to the shop.
#[derive(Clone, Debug, PartialEq)]
pub struct Outgoing {
    /// Comes back in [`super::Event::Answer`].
    pub id: u64,
    /// The request; its path is below the REST prefix (`/cocart/v2/cart`), its body JSON.
    /// To be sent with `cache: "no-store"`, and never aborted.
    pub request: Request,
    /// Whether to sign it in with the app's `authorization`. Without credentials report
    /// [`super::Outcome::NotSent`].
    pub authorized: bool,
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Store a record, synchronously. When it is refused: no later effect of the same list that
    /// is a [`Effect::Send`] is carried out, and [`super::Event::WriteFailed`] follows.
    Write {
        /// The whole key.
        key: String,
        /// The record, without seal.
        value: Value,
    },
    /// Delete a record.
    Delete {
        /// The whole key.
        key: String,
    },
    /// Set the raw text under `key` aside under `to`, where nobody reads it as a record.
    Quarantine {
        /// The whole key.
        key: String,
        /// Where it goes.
        to: String,
    },
    /// Delete every key under the prefix.
    Erase,
    /// Make a request.
    Send(Outgoing),
    /// Ask for the cart's Web Lock; [`super::Event::LockGranted`] answers, however late. Without
    /// Web Locks: granted at once where the page is visible.
    AcquireLock,
    /// Let the lock go, or stop waiting for it.
    ReleaseLock,
    /// Ring in so many milliseconds; replaces the timer before.
    SetTimer {
        /// From now.
        after_ms: i64,
    },
    /// Tell other tabs that a key changed, where `storage` events do not reach them.
    Broadcast {
        /// The whole key.
        key: String,
    },
    /// Tell the app.
    Emit(Notification),
    /// Requests pause until [`super::Event::SignedIn`] or [`super::Event::SignedOut`].
    AskForCredentials,
    /// Without a server: many commands wait; answer with [`super::Event::Fold`] at once.
    AskForFold,
}

/// What the app is told.
#[derive(Clone, Debug, PartialEq)]
pub enum Notification {
    /// Base or pending commands changed by something else than a command of this tab: the
    /// visible cart is to be replayed.
    Changed,
    /// How many commands wait.
    Pending(usize),
    /// Everything was sent and the server's cart is shown.
    Synced,
    /// A command was parked, or a line differs from what was asked for.
    Conflict(Box<Conflict>),
    /// The shop answers again.
    Online,
    /// The shop cannot be reached.
    Offline,
    /// A request failed and is made again after a pause, if it is still needed then.
    Retry {
        /// How many have failed, with no write carried out in between.
        attempt: u32,
        /// The pause.
        delay_ms: i64,
    },
    /// The server's cart ran out; its lines can be had back with [`super::Event::AcceptOffer`].
    CartExpired {
        /// What was in it.
        lines: Vec<crate::cart::AddItem>,
    },
    /// Something the app should know, by code: `storage_quota`, `storage_corrupt`,
    /// `storage_newer_schema`, `cocart_wasm_unreachable`, `cocart_wasm_signed_out_pending`, …
    Problem {
        /// A stable code.
        code: &'static str,
        /// What it concerns (a key, a count), for people.
        detail: String,
    },
}

/// A command the server refused, or a line that somebody else changed at the same time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conflict {
    /// Names it for retry and dismiss.
    pub id: String,
    /// The server's code, or one of ours (`cocart_wasm_line_changed`, `cocart_wasm_in_doubt`).
    pub code: String,
    /// The server's message, as it came.
    pub message: String,
    /// The HTTP status; 0 where there was no refusal.
    pub status: u16,
    /// What was asked for; `None` when there is nothing to retry.
    pub command: Option<Command>,
    /// The lines it goes to, for retrying.
    pub lines: Vec<Touched>,
    /// The line, where one is concerned.
    pub item_key: Option<String>,
    /// Quantity asked for and quantity the server has, where a quantity is concerned.
    pub quantity: Option<(f64, f64)>,
    /// The unit price last shown and the server's, as their documents write them, where they
    /// differ.
    pub price: Option<(Value, Value)>,
}
