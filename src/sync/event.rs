//! What happens to the state machine.

use super::record::Stored;
use crate::cart::Command;
use crate::value::Value;

/// The two clocks. Browsers set the wall clock as they please; the steady one only goes forward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Now {
    /// `performance.timeOrigin + performance.now()`: the same in all tabs of one browser session,
    /// and not moved when the system's clock is set. All waiting goes by it.
    pub steady_ms: i64,
    /// `Date.now()`: for the server's expiry and for show.
    pub wall_ms: i64,
}

/// A line that a command adds to, as the engine found it out while applying the command. The
/// state machine knows neither products nor item keys; this is all it needs of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Touched {
    /// The item key the engine computed. A plugin may make the server choose another one.
    pub item_key: String,
    /// The id the server would show in the line: the variation's, else the product's.
    pub id: i64,
    /// How many were added, as the engine understood the posted quantity.
    pub quantity: f64,
}

/// What became of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// An answer whose body is JSON.
    Answer {
        /// The HTTP status.
        status: u16,
        /// The headers that could be read, names in any case.
        headers: Vec<(String, String)>,
        /// The document.
        body: Value,
    },
    /// An answer that is not JSON, or only half of it: a captive portal, a proxy's error page.
    Unparsable {
        /// The HTTP status.
        status: u16,
        /// The headers that could be read, names in any case.
        headers: Vec<(String, String)>,
    },
    /// `fetch` failed: no network, or an answer that the browser hides from us (CORS).
    Unreachable,
    /// The request could not even be made (no credentials, a bad URL): nothing was sent.
    NotSent,
}

impl Outcome {
    /// The HTTP status; 0 without an answer.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Answer { status, .. } | Self::Unparsable { status, .. } => *status,
            Self::Unreachable | Self::NotSent => 0,
        }
    }
}

/// Everything that can happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The shopper changed the cart; the engine has accepted the command. Its effects are to be
    /// carried out before the answer is returned to the caller.
    Command {
        /// The change.
        command: Command,
        /// The lines an `AddItem` or `AddItems` went to, in the order of its items; else empty.
        lines: Vec<Touched>,
    },
    /// Another tab wrote or deleted a command (`storage` event or channel message).
    StorageChanged {
        /// The whole key.
        key: String,
        /// What stands there now, if anything does.
        value: Option<Stored>,
    },
    /// The lock is ours.
    LockGranted {
        /// All entries under the prefix, whole key and record, read now; `None` where nobody else
        /// can have written any.
        entries: Option<Vec<(String, Stored)>>,
    },
    /// The lock was refused or taken from us.
    LockLost,
    /// A request of [`super::Effect::Send`] came to an end.
    Answer {
        /// The id it was sent with.
        id: u64,
        /// What became of it.
        outcome: Outcome,
        /// What stands under [`super::Sync::base_keys`] now: a tab that was frozen sees by it
        /// that it was overtaken. `None` where nobody else can have written there.
        bases: Option<Vec<(String, Stored)>>,
    },
    /// The timer of [`super::Effect::SetTimer`] rang.
    Timer,
    /// The browser says it is online, or not.
    Online(bool),
    /// The page was shown or hidden.
    Visible(bool),
    /// The page goes away, perhaps into the back/forward cache.
    PageHide,
    /// Another tab wrote or deleted a base record, or this one may have slept. What became of
    /// commands is not told by that record alone: it forgets whose it took over, and another cart's
    /// begins to count from elsewhere.
    ReadAgain {
        /// As with [`Event::LockGranted`].
        entries: Option<Vec<(String, Stored)>>,
        /// Whether the page is back from the back/forward cache.
        back: bool,
    },
    /// A write was refused for want of room.
    WriteFailed {
        /// The whole key.
        key: String,
    },
    /// The app wants the cart synchronised now, with a look at the server even when nothing waits.
    SyncNow,
    /// The shopper insists on a parked command: it is tried again.
    Retry {
        /// [`super::Conflict::id`]
        conflict: String,
    },
    /// The shopper lets a parked command go.
    Dismiss {
        /// [`super::Conflict::id`]
        conflict: String,
    },
    /// The expired cart that was offered is wanted back.
    AcceptOffer,
    /// The expired cart that was offered is not wanted.
    DeclineOffer,
    /// A customer signed in (the guest's cart is merged into the account's), or the app has
    /// fresh credentials after [`super::Effect::AskForCredentials`].
    SignedIn,
    /// The customer signed out: everything of theirs goes, a new guest's cart begins.
    SignedOut,
    /// The cart is handed over to the shop's checkout: it may come back bought.
    CheckoutStarted,
    /// Erase everything of this cart from this device.
    Forget,
    /// Without a server: the facade's model of the cart after all of [`super::Sync::pending`].
    Fold {
        /// Opaque here.
        model: Value,
    },
}
