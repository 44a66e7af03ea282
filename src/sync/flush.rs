//! One flush: take the lock, read everything again, look, send one write at a time, let go.

use super::ledger::{Sent, What};
use super::plan::Step;
use super::request;
use super::{Effect, Lock, Mode, Now, Outgoing, Sync};
use crate::api::Request;

/// What a request is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// `GET cart`
    Look,
    /// `GET cart` of the guest, to see whether the merge took it.
    LookAtGuest,
    /// The merging `GET cart`.
    Merge,
    /// The write that is in flight.
    Write,
}

/// The request that is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Open {
    pub(super) id: u64,
    pub(super) purpose: Purpose,
    pub(super) at_ms: i64,
}

impl Sync {
    /// Goes on with whatever can be gone on with.
    pub(super) fn proceed(&mut self, now: Now, fx: &mut Vec<Effect>) {
        if self.lock == Lock::Held && self.request.is_none() {
            self.advance(now, fx);
        }
        if self.lock == Lock::Free && self.wants_flush(now) {
            self.lock = Lock::Wanted;
            fx.push(Effect::AcquireLock);
        }
    }

    /// How many commands wait before the whole model is written again: more, where that is more.
    fn fold_after(&self) -> usize {
        let model = self.ledger.base.model.as_ref();
        let lines = model.and_then(|model| model.get("lines")?.as_array()).map_or(0, <[_]>::len);
        self.config.fold_after.max(lines / 4).max(1)
    }

    fn may_send(&self) -> bool {
        let visible = self.config.locks || self.visible;
        self.network.online
            && !self.hidden
            && visible
            && !self.network.unauthorized
            && !self.storing.read_only
    }

    fn wants_flush(&self, now: Now) -> bool {
        match self.config.mode {
            Mode::Off => {
                let enough = self.fold_after();
                // fewer never wait than there are
                let may = !self.storing.read_only && !self.hidden && self.ops.len() >= enough;
                may && self.waiting().count() >= enough
            }
            Mode::Manual if !self.wanted.sync => false,
            _ => {
                self.may_send()
                    && self.network.retry_at.is_none_or(|at| at <= now.steady_ms)
                    && self.has_work(now)
            }
        }
    }

    fn has_work(&self, now: Now) -> bool {
        let held = self.held_until.is_some_and(|at| at > now.steady_ms);
        self.waiting().next().is_some()
            || self.ledger.in_flight.is_some()
            || self.ledger.merge_from.is_some()
            || ((self.wanted.sync || !self.ledger.outbox.is_empty()) && !held)
            || self.look_is_due(now)
    }

    /// A look that nobody asked for: after the horizon of a doubt, or because the last is old.
    fn look_is_due(&self, now: Now) -> bool {
        let verify = self.ledger.verify_at(self.config.horizon_ms);
        verify.is_some_and(|at| at <= now.steady_ms)
            || (self.wanted.refresh
                && self.ledger.touched
                && self.config.refresh_ms.is_some_and(|age| {
                    let since = now.wall_ms.saturating_sub(self.ledger.looked_ms);
                    let compacted = self.ledger.base.document.get("compacted").is_some();
                    since > age || since < 0 || compacted
                }))
    }

    /// Under the lock, with no request under way: what next?
    fn advance(&mut self, now: Now, fx: &mut Vec<Effect>) {
        if self.config.mode == Mode::Off {
            // what was read just now is in the model, too
            self.tell_change(fx);
            fx.push(Effect::AskForFold);
            return;
        }
        if !self.may_send() {
            return self.let_go(fx);
        }
        self.take_in();
        self.ledger.restamp(now.steady_ms);
        for _ in 0..2 {
            let ledger = &self.ledger;
            let doubt = ledger.in_flight.is_some();
            let unused = !ledger.touched && !doubt && ledger.minted && !ledger.customer;
            let merging = ledger
                .in_flight
                .as_ref()
                .map_or(!self.wanted.look, |sent| sent.what == What::Merge);
            if ledger.merge_from.is_some() && merging {
                return self.merge(now, fx);
            }
            if doubt || ((self.wanted.look || self.look_is_due(now)) && !unused) {
                return self.look(now, fx);
            }
            self.wanted.look = false;
            match self.ledger.next_step(&self.config, now.steady_ms) {
                Step::Write(write) => {
                    let (sent, request) = *write;
                    return self.write(sent, request, now, fx);
                }
                Step::Wait(_)
                    if self.ledger.can_move(&self.config)
                        && !self.config.breaks(super::Fault::NeverMove) =>
                {
                    let key = self.random.cart_key();
                    self.ledger.move_to(key);
                    self.storing.dirty = true;
                    self.news.changed = true;
                }
                Step::Wait(until) => {
                    self.held_until = Some(until);
                    return self.let_go(fx);
                }
                Step::Done => {
                    self.held_until = None;
                    self.wanted.sync = false;
                    self.news.synced = true;
                    return self.let_go(fx);
                }
            }
        }
        self.let_go(fx);
    }

    /// Stores what changed and lets the lock go.
    pub(super) fn let_go(&mut self, fx: &mut Vec<Effect>) {
        if self.storing.dirty {
            self.save(fx);
        }
        self.release(fx);
    }

    pub(super) fn release(&mut self, fx: &mut Vec<Effect>) {
        if self.lock != Lock::Free {
            self.lock = Lock::Free;
            fx.push(Effect::ReleaseLock);
        }
        self.request = None;
    }

    fn look(&mut self, now: Now, fx: &mut Vec<Effect>) {
        let doubt = self.ledger.in_flight.is_some() || self.network.stale > 0;
        self.ledger.touched = true;
        let fresh = doubt.then_some(now.wall_ms.unsigned_abs());
        let request = match &self.ledger.merge_from {
            // settled in the guest's cart first, then merged
            Some(guest) => request::merge(guest, &self.config.namespace),
            None => request::look(&self.ledger, &self.config.namespace, fresh),
        };
        let authorized = self.ledger.customer && self.ledger.merge_from.is_none();
        self.send(Purpose::Look, request, authorized, now, fx);
    }

    fn merge(&mut self, now: Now, fx: &mut Vec<Effect>) {
        let Some(guest) = self.ledger.merge_from.clone() else { return };
        let request = request::merge(&guest, &self.config.namespace);
        if self.ledger.in_flight.is_some() {
            return self.send(Purpose::LookAtGuest, request, false, now, fx);
        }
        self.ledger.clear_line_by_line();
        let sent = Sent { what: What::Merge, at_ms: now.steady_ms, ..Sent::default() };
        self.ledger.in_flight = Some(sent);
        self.save(fx);
        self.send(Purpose::Merge, request, true, now, fx);
    }

    fn write(&mut self, sent: Sent, request: Request, now: Now, fx: &mut Vec<Effect>) {
        self.ledger.touched = true;
        if self.config.breaks(super::Fault::NothingInFlight) {
            self.save(fx);
        }
        self.ledger.in_flight = Some(sent);
        if !self.config.breaks(super::Fault::NothingInFlight) {
            self.save(fx);
        }
        let authorized = self.ledger.customer;
        self.send(Purpose::Write, request, authorized, now, fx);
    }

    fn send(
        &mut self,
        purpose: Purpose,
        request: Request,
        authorized: bool,
        now: Now,
        fx: &mut Vec<Effect>,
    ) {
        self.last_request += 1;
        let id = self.last_request;
        self.request = Some(Open { id, purpose, at_ms: now.steady_ms });
        fx.push(Effect::Send(Outgoing { id, request, authorized }));
    }

    /// Rings when the next thing is due that nobody else will tell of.
    pub(super) fn set_timer(&mut self, now: Now, fx: &mut Vec<Effect>) {
        let timeout = self.request.map(|open| open.at_ms.saturating_add(self.config.timeout_ms));
        let goes_on = match self.config.mode {
            Mode::Auto => true,
            // who asked is waiting for the lines that are held
            Mode::Manual => self.wanted.sync,
            Mode::Off => false,
        };
        let idle = self.lock == Lock::Free && goes_on && self.may_send();
        let verify = self.ledger.verify_at(self.config.horizon_ms);
        let later =
            [self.network.retry_at, self.held_until, verify].into_iter().flatten().filter(|_| idle);
        let next = later.filter(|at| *at > now.steady_ms).min();
        let next = timeout.into_iter().chain(next).chain(self.storing.again_at).min();
        if next != self.timer {
            self.timer = next;
            if let Some(at) = next {
                fx.push(Effect::SetTimer { after_ms: at.saturating_sub(now.steady_ms).max(0) });
            }
        }
    }

    /// The timer rang: has the request taken too long?
    pub(super) fn rang(&mut self, now: Now, fx: &mut Vec<Effect>) {
        self.timer = None;
        let late = |open: &Open| now.steady_ms >= open.at_ms.saturating_add(self.config.timeout_ms);
        if let Some(open) = self.request.filter(late) {
            self.request = None;
            if self.lock == Lock::Held {
                self.doubt(open, None, false, now, fx);
            }
        }
    }
}
