//! The events, one by one.

use super::ledger::Ledger;
use super::op::{Act, Change};
use super::storing::Storing;
use super::{
    Config, Effect, Event, Lock, Mode, Network, News, Notification, Now, Random, Stored, Sync,
    Wanted,
};

impl Sync {
    /// Starts from what is stored under the prefix; `None` where nobody but this page ever reads
    /// there: then no records are made. `seed` is from the platform's cryptographic source: cart
    /// keys come from it.
    pub fn open(
        config: Config,
        entries: Option<Vec<(String, Stored)>>,
        now: Now,
        seed: [u8; 32],
    ) -> (Self, Vec<Effect>) {
        let mut random = Random::new(seed);
        let mut sync = Self {
            tab: random.tab().into(),
            random,
            ledger: Ledger::default(),
            ops: Vec::new(),
            seq: 0,
            lamport: 0,
            lock: Lock::Free,
            request: None,
            last_request: 0,
            timer: None,
            held_until: None,
            visible: config.visible,
            hidden: false,
            storing: Storing { keeps_records: entries.is_some(), ..Storing::default() },
            network: Network { online: config.online, reachable: true, ..Network::default() },
            wanted: Wanted { look: true, refresh: true, sync: false },
            news: News::default(),
            config,
        };
        let mut fx = Vec::new();
        sync.start_over();
        if let Some(entries) = entries {
            sync.read_all(entries, &mut fx);
        }
        sync.retire(now, &mut fx);
        sync.news.pending = sync.count();
        sync.news.changed = false;
        sync.finish(now, &mut fx);
        (sync, fx)
    }

    /// A cart of which nothing is known.
    pub(super) fn start_over(&mut self) {
        let own = self.config.cart_key.clone();
        self.ledger = Ledger {
            minted: own.is_none() && !self.config.signed_in,
            customer: self.config.signed_in,
            ..Ledger::default()
        };
        if !self.config.signed_in {
            self.ledger.base.cart_key = own.unwrap_or_else(|| self.random.cart_key());
        }
        self.storing.acknowledged.clear();
        (self.wanted.look, self.news.changed, self.storing.dirty) = (true, true, false);
        self.network.unauthorized = false;
        self.propose_key();
    }

    /// Erases a cart that nobody touched for longer than the app allows.
    fn retire(&mut self, now: Now, fx: &mut Vec<Effect>) {
        let Some(limit) = self.config.retention_ms else { return };
        let touched = self.ops.iter().map(|op| op.at_ms).chain([self.ledger.looked_ms]).max();
        let old = touched.is_some_and(|at| at > 0 && now.wall_ms.saturating_sub(at) > limit);
        if old && !self.storing.read_only {
            self.erase(fx);
        }
    }

    fn erase(&mut self, fx: &mut Vec<Effect>) {
        self.ops.clear();
        self.storing.unsaved.clear();
        fx.push(Effect::Erase);
        self.release(fx);
        self.config.cart_key = None;
        self.start_over();
        let told = self.base_keys().into_iter().filter(|_| self.storing.keeps_records);
        fx.extend(told.map(|key| Effect::Broadcast { key }));
    }

    /// Lets something happen; says what is to be done about it, in order.
    pub fn step(&mut self, event: Event, now: Now) -> Vec<Effect> {
        let mut fx = Vec::new();
        self.handle(event, now, &mut fx);
        self.finish(now, &mut fx);
        fx
    }

    fn handle(&mut self, event: Event, now: Now, fx: &mut Vec<Effect>) {
        match event {
            Event::Command { command, mut lines } => {
                let command = self.in_own_keys(&command);
                for touched in &mut lines {
                    touched.item_key = self.own_key(&touched.item_key).to_owned();
                }
                self.write_op(Act::Change(Change { command, lines }), now, fx);
                self.held_until = None;
            }
            Event::StorageChanged { key, value } => {
                self.read_one(&key, value);
                if self.config.breaks(super::Fault::EveryTabWritesBase)
                    && self.waiting().next().is_some()
                {
                    self.take_in();
                    self.save(fx);
                }
            }
            Event::LockGranted { entries } => {
                if self.lock == Lock::Wanted {
                    self.lock = Lock::Held;
                    // there may be room again
                    self.storing.compact = false;
                    // without Web Locks somebody else may be writing just now
                    self.wanted.look |= !self.config.locks;
                    if let Some(entries) = entries {
                        self.read_all(entries, fx);
                    }
                } else if self.lock == Lock::Free {
                    fx.push(Effect::ReleaseLock);
                }
            }
            Event::LockLost => {
                (self.lock, self.request, self.wanted.look) = (Lock::Free, None, true);
            }
            Event::Answer { id, outcome, bases } => self.answered(id, &outcome, bases, now, fx),
            Event::Timer => self.rang(now, fx),
            Event::Online(online) => {
                if online && !self.network.online {
                    (self.network.retry_at, self.network.failures, self.wanted.refresh) =
                        (None, 0, true);
                }
                if online != self.network.online {
                    self.network.online = online;
                    let told = if online { Notification::Online } else { Notification::Offline };
                    if self.network.reachable {
                        fx.push(Effect::Emit(told));
                    }
                }
            }
            Event::Visible(visible) => {
                self.wanted.refresh |= visible && !self.visible;
                self.visible = visible;
            }
            Event::PageHide => {
                self.hidden = true;
                self.wanted.look = true;
                self.release(fx);
            }
            Event::ReadAgain { entries, back } => {
                if back {
                    self.hidden = false;
                    (self.wanted.look, self.wanted.refresh, self.news.changed) = (true, true, true);
                }
                if let Some(entries) = entries {
                    self.read_again(entries, fx);
                }
            }
            Event::WriteFailed { key } => self.write_failed(&key, now, fx),
            Event::SyncNow => {
                (self.wanted.sync, self.wanted.look, self.network.retry_at) = (true, true, None);
            }
            Event::Retry { conflict } => self.decide(&conflict, true, now, fx),
            Event::Dismiss { conflict } => self.decide(&conflict, false, now, fx),
            Event::AcceptOffer => {
                if !self.offer().is_empty() {
                    for change in self.ledger.offer.clone() {
                        self.write_op(Act::Change(change), now, fx);
                    }
                    self.write_op(Act::Offered, now, fx);
                    self.news.changed = true;
                }
            }
            Event::DeclineOffer => {
                if !self.offer().is_empty() {
                    self.write_op(Act::Offered, now, fx);
                }
            }
            Event::SignedIn => {
                (self.network.unauthorized, self.network.retry_at) = (false, None);
                if !self.ledger.customer {
                    self.write_op(Act::SignIn, now, fx);
                }
            }
            Event::SignedOut => {
                let lost = self.count();
                (self.network.unauthorized, self.config.signed_in) = (false, false);
                self.erase(fx);
                if lost > 0 {
                    let detail = lost.to_string();
                    fx.push(Effect::Emit(Notification::Problem {
                        code: "cocart_wasm_signed_out_pending",
                        detail,
                    }));
                }
            }
            Event::CheckoutStarted => self.write_op(Act::HandOver, now, fx),
            Event::Forget => self.erase(fx),
            Event::Fold { model } => self.folded(model, fx),
        }
    }

    /// The end of every step: go on, and tell the app what changed.
    fn finish(&mut self, now: Now, fx: &mut Vec<Effect>) {
        self.proceed(now, fx);
        // after the request: a refused write holds back what comes behind it
        self.store_again(now, fx);
        self.set_timer(now, fx);
        let pending = self.count();
        if pending != self.news.pending {
            self.news.pending = pending;
            fx.push(Effect::Emit(Notification::Pending(pending)));
        }
        self.tell_change(fx);
        if std::mem::take(&mut self.news.synced) {
            fx.push(Effect::Emit(Notification::Synced));
        }
    }

    pub(super) fn tell_change(&mut self, fx: &mut Vec<Effect>) {
        if std::mem::take(&mut self.news.changed) {
            fx.push(Effect::Emit(Notification::Changed));
        }
    }

    fn decide(&mut self, id: &str, retry: bool, now: Now, fx: &mut Vec<Effect>) {
        let Some(conflict) = self.conflicts().into_iter().find(|conflict| conflict.id == id) else {
            return;
        };
        // the decision first: a kill in between loses a retry, and never doubles one
        self.write_op(Act::Settle(conflict.id), now, fx);
        if let (true, Some(command)) = (retry, conflict.command) {
            self.write_op(Act::Change(Change { command, lines: conflict.lines }), now, fx);
        }
        self.news.changed = true;
    }

    fn folded(&mut self, model: crate::value::Value, fx: &mut Vec<Effect>) {
        if self.config.mode != Mode::Off || self.lock != Lock::Held {
            return;
        }
        let ops: Vec<_> = self.waiting().cloned().collect();
        for op in &ops {
            self.ledger.take(op);
        }
        self.ledger.base.model = Some(model);
        self.save(fx);
        self.release(fx);
    }
}
