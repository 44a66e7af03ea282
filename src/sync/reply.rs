//! What an answer does to the flush: go on, park, wait, ask for credentials.

use super::answer::{self, Shown, Verdict};
use super::flush::{Open, Purpose};
use super::ledger::{Ledger, Sent, What};
use super::settle::Asked;
use super::todo::Act;
use super::{Effect, Lock, Mode, Notification, Now, Outcome, Stored, Sync};
use crate::cart::Command;
use crate::value::Record;

/// Full jitter between a quarter second and a ceiling that doubles from one second to two minutes.
const FIRST_PAUSE_MS: u64 = 1_000;
const LONGEST_PAUSE_MS: u64 = 120_000;
const SHORTEST_PAUSE_MS: i64 = 250;

/// After so many failures in a row while the browser says it is online, the app is told that it
/// may be CORS rather than the network.
const SUSPICIOUS_FAILURES: u32 = 5;

/// A shop that shows a line and does not find it so often in a row means no.
const MOST_STALE: u32 = 5;

impl Sync {
    /// A request came to an end.
    pub(super) fn answered(
        &mut self,
        id: u64,
        outcome: &Outcome,
        bases: Option<Vec<(String, Stored)>>,
        now: Now,
        fx: &mut Vec<Effect>,
    ) {
        let Some(open) = self.request.filter(|open| open.id == id) else { return };
        self.request = None;
        if self.lock != Lock::Held {
            return;
        }
        let rev = |(_, stored): &(String, Stored)| match stored {
            Stored::Whole(value) => u64::read(value.get("rev")?).ok(),
            _ => None,
        };
        let newest = |bases: Vec<_>| bases.iter().filter_map(rev).max().unwrap_or(0);
        if bases.is_some_and(|bases| newest(bases) != self.ledger.rev) {
            // overtaken while frozen: the others know better
            self.wanted.look = true;
            return self.release(fx);
        }
        let verdict = match answer::read(outcome) {
            Verdict::Stale(refusal) if self.network.stale == MOST_STALE => {
                Verdict::Refused(refusal)
            }
            verdict => verdict,
        };
        match verdict {
            Verdict::Cart(shown) => self.cart(open, *shown, now, fx),
            Verdict::Unauthorized => self.unauthorized(open, fx),
            Verdict::Later(after) => {
                self.not_done(open);
                self.fail(after, true, now, fx);
            }
            Verdict::Doubt(after) => self.doubt(open, after, true, now, fx),
            Verdict::Refused(refusal)
                if open.purpose == Purpose::Write && !is_outage(&refusal.code, &self.ledger) =>
            {
                self.reached(fx);
                (self.network.failures, self.network.stale) = (0, 0);
                if let Some(sent) = self.ledger.in_flight.take() {
                    let mut told = Vec::new();
                    self.ledger.park(sent.todo, refusal, &mut told);
                    fx.extend(told.into_iter().map(Effect::Emit));
                    self.storing.dirty = true;
                    self.news.changed = true;
                }
            }
            Verdict::Stale(_) if open.purpose == Purpose::Write => {
                self.reached(fx);
                self.network.stale += 1;
                // a removal stays in flight until the look: it may be our own that arrived twice
                let removal = |sent: &Sent| sent.what == What::Delete;
                if !self.ledger.in_flight.as_ref().is_some_and(removal)
                    && let Some(sent) = self.ledger.in_flight.take()
                {
                    self.ledger.restore_by_adding(sent.todo);
                    // arriving twice it finds the line that was added since
                    self.ledger.late.push(sent);
                }
                self.storing.dirty = true;
                self.wanted.look = true;
            }
            Verdict::Refused(_) | Verdict::Stale(_) => {
                self.not_done(open);
                self.fail(None, true, now, fx);
            }
        }
    }

    /// The request changed nothing on the server, for certain.
    fn not_done(&mut self, open: Open) {
        if matches!(open.purpose, Purpose::Write | Purpose::Merge) {
            self.ledger.in_flight = None;
            self.storing.dirty = true;
        }
    }

    fn cart(&mut self, open: Open, shown: Shown, now: Now, fx: &mut Vec<Effect>) {
        if !self.is_ours(open, &shown.parsed.cart_key) {
            // an `Authorization` that the server could not read makes it serve a stranger's cart
            return self.unauthorized(open, fx);
        }
        self.reached(fx);
        if matches!(open.purpose, Purpose::Write | Purpose::Merge) {
            (self.network.failures, self.network.stale) = (0, 0);
        } else if self.ledger.in_flight.is_none() && !self.status().suspect {
            // else what failed may still be to be done, and the pauses go on growing
            self.network.failures = 0;
        }
        let asked = Asked { at_ms: open.at_ms, by_write: open.purpose == Purpose::Write };
        match open.purpose {
            Purpose::LookAtGuest => {
                // where something was taken over, it came; else it may still be on its way
                let taken_over = self.ledger.is_taken_over(&shown.parsed);
                let sent = self.ledger.in_flight.take();
                if !taken_over || self.ledger.shown().is_empty() {
                    self.ledger.late.extend(sent.map(|sent| Sent { doubtful: true, ..sent }));
                }
                if taken_over {
                    self.ledger.merged(now.steady_ms);
                }
                self.wanted.look = true;
                self.storing.dirty = true;
                return;
            }
            Purpose::Look if self.ledger.was_merged_late(&shown.parsed) => {
                self.ledger.merged(now.steady_ms);
                self.wanted.look = true;
                self.storing.dirty = true;
                return;
            }
            Purpose::Merge => {
                self.ledger.in_flight = None;
                self.ledger.merged(now.steady_ms);
            }
            Purpose::Look | Purpose::Write => {}
        }
        if !shown.parsed.cart_key.is_empty() && self.ledger.merge_from.is_none() {
            self.ledger.base.cart_key.clone_from(&shown.parsed.cart_key);
        }
        let two_writes = self.config.breaks(super::Fault::TwoWrites);
        let before = two_writes.then(|| self.ledger.outbox.clone());
        let told = self.ledger.adopt(shown, asked, now, &self.config);
        if let Some(before) = before {
            let after = std::mem::replace(&mut self.ledger.outbox, before);
            self.save(fx);
            self.ledger.outbox = after;
        }
        fx.extend(told.into_iter().map(Effect::Emit));
        self.wanted.look = false;
        self.wanted.refresh = false;
        self.held_until = None;
        self.storing.dirty = true;
        self.news.changed = true;
    }

    /// Whether a cart is the one that was asked for. A customer's key is the user id.
    fn is_ours(&self, open: Open, key: &str) -> bool {
        let is_id = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit());
        let own = &self.ledger.base.cart_key;
        match open.purpose {
            _ if key.is_empty() => true,
            Purpose::LookAtGuest => !is_id,
            Purpose::Look if self.ledger.merge_from.is_some() => !is_id,
            _ if self.ledger.customer => is_id && (own.is_empty() || own == key),
            _ => !is_id,
        }
    }

    fn unauthorized(&mut self, open: Open, fx: &mut Vec<Effect>) {
        self.not_done(open);
        self.network.unauthorized = true;
        self.let_go(fx);
        fx.push(Effect::AskForCredentials);
    }

    /// Nobody knows whether it was done.
    pub(super) fn doubt(
        &mut self,
        open: Open,
        after: Option<i64>,
        fenced: bool,
        now: Now,
        fx: &mut Vec<Effect>,
    ) {
        if matches!(open.purpose, Purpose::Write | Purpose::Merge)
            && let Some(sent) = &mut self.ledger.in_flight
        {
            sent.doubtful = true;
        }
        self.wanted.look = true;
        if self.config.breaks(super::Fault::NoLook) || self.config.breaks(super::Fault::BlindRetry)
        {
            let sent = self.ledger.in_flight.take();
            self.wanted.look = false;
            self.storing.dirty = true;
            if self.config.breaks(super::Fault::NoLook) {
                self.ledger
                    .outbox
                    .retain(|todo| Some(todo.id) != sent.as_ref().map(|sent| sent.todo));
            }
        }
        self.fail(after, fenced, now, fx);
    }

    fn fail(&mut self, after: Option<i64>, fenced: bool, now: Now, fx: &mut Vec<Effect>) {
        self.network.failures = self.network.failures.saturating_add(1);
        if self.config.mode == Mode::Manual {
            self.wanted.sync = false; // and whoever asked is told
        }
        let doubled =
            FIRST_PAUSE_MS.saturating_mul(1 << self.network.failures.min(10).saturating_sub(1));
        let pause = self.random.below(doubled.min(LONGEST_PAUSE_MS));
        let pause =
            i64::try_from(pause).unwrap_or(0).max(SHORTEST_PAUSE_MS).max(after.unwrap_or(0));
        self.network.retry_at = Some(now.steady_ms.saturating_add(pause));
        if self.config.mode == Mode::Auto && self.network.online {
            let attempt = self.network.failures;
            fx.push(Effect::Emit(Notification::Retry { attempt, delay_ms: pause }));
        }
        if self.network.reachable {
            self.network.reachable = false;
            fx.push(Effect::Emit(Notification::Offline));
        }
        if self.network.failures == SUSPICIOUS_FAILURES && self.network.online {
            let detail = self.network.failures.to_string();
            fx.push(Effect::Emit(Notification::Problem {
                code: "cocart_wasm_unreachable",
                detail,
            }));
        }
        // nothing that would have to be stored: an unanswered request is in doubt by being in
        // flight, and who waited for an answer may have been overtaken meanwhile
        if fenced {
            self.let_go(fx);
        } else {
            self.release(fx);
        }
    }

    fn reached(&mut self, fx: &mut Vec<Effect>) {
        self.network.retry_at = None;
        if !self.network.reachable {
            self.network.reachable = true;
            fx.push(Effect::Emit(Notification::Online));
        }
    }
}

/// The shop's API is not there at all: an outage, not an answer to the command. Coupons, fees
/// and shipping have routes only where the paid add-on is.
fn is_outage(code: &str, ledger: &Ledger) -> bool {
    let sent = ledger.in_flight.as_ref().map(|sent| sent.todo);
    let todo = ledger.outbox.iter().find(|todo| Some(todo.id) == sent);
    code == "rest_no_route"
        && todo.is_none_or(|todo| match &todo.act {
            Act::Line(_) | Act::Clear(_) => true,
            Act::Whole(change) => matches!(change.command, Command::AddItem(_)),
        })
}
