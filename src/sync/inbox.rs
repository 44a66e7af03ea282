//! Reading what stands in storage: the newest whole base record, and the commands of all tabs.

use super::ledger::Ledger;
use super::op::{self, Act, Op};
use super::todo;
use super::{Effect, Now, Stored, Sync};
use crate::value::Record;
use std::sync::Arc;

/// For so many commands of all page loads the base remembers which of a page load's it has taken
/// over, unless some of them are still stored.
const KEPT_COMMANDS: u64 = 200;

impl Sync {
    /// Takes everything that stands under the prefix for true. Own commands that could not be
    /// stored stay in memory.
    pub(super) fn read_all(&mut self, entries: Vec<(String, Stored)>, fx: &mut Vec<Effect>) {
        let before = (self.ledger.rev, self.count());
        let mut newest: Option<Ledger> = None;
        let mut broken_base = false;
        let (own, unsaved) = (&self.tab, &self.storing.unsaved);
        self.ops.retain(|op| op.tab == *own && unsaved.contains(&op.seq));
        for (key, stored) in entries {
            let name = key.strip_prefix(&self.config.prefix).unwrap_or(&key).to_owned();
            let is_base = name.starts_with("base:");
            if !is_base && !name.starts_with("op:") {
                continue; // what was set aside, or somebody else's
            }
            let value = match stored {
                Stored::Whole(value) => value,
                Stored::Newer => {
                    self.refuse_newer(&key, fx);
                    continue;
                }
                Stored::Corrupt => {
                    broken_base |= is_base;
                    self.set_aside(key, fx);
                    continue;
                }
            };
            if is_base {
                match Ledger::read(&value).ok() {
                    Some(ledger)
                        if newest.as_ref().is_none_or(|newest| newest.rev < ledger.rev) =>
                    {
                        newest = Some(ledger);
                    }
                    Some(_) => {}
                    None => {
                        broken_base = true;
                        self.set_aside(key, fx);
                    }
                }
            } else {
                match (op::parse_key(&name), Op::read(&value).ok()) {
                    (Some((tab, seq)), Some(op)) if *op.tab == *tab && op.seq == seq => {
                        self.know(op)
                    }
                    _ => self.set_aside(key, fx),
                }
            }
        }
        self.use_newest(newest, broken_base);
        self.news.changed |= before != (self.ledger.rev, self.count());
    }

    fn use_newest(&mut self, newest: Option<Ledger>, broken: bool) {
        match newest {
            // what is in memory may be more: a record without its document's prose
            Some(ledger) if ledger.rev == self.ledger.rev && !self.storing.dirty && !broken => {}
            Some(ledger) => {
                if broken {
                    self.storing.stand_in = Some(ledger.rev);
                }
                self.use_ledger(ledger);
                // until a newer one is stored, whoever reads it again
                if self.storing.stand_in == Some(self.ledger.rev) {
                    self.fall_back();
                }
            }
            None if self.ledger.rev > 0 => {
                // erased under our feet: by `forget` in another tab, or by the browser
                self.start_over();
            }
            None => {
                // a browser that was killed may have forgotten what it sent under this key
                let tab = &self.tab;
                self.ledger.touched |= self.ops.iter().any(|op| op.tab != *tab);
                self.propose_key();
            }
        }
    }

    /// Takes a record of the base for true.
    fn use_ledger(&mut self, mut ledger: Ledger) {
        // of another page load: a browser that was killed may have forgotten what it sent
        let ours = self.ledger.base.cart_key == ledger.base.cart_key;
        ledger.touched |= self.ledger.rev == 0 || ours && self.ledger.touched;
        self.storing.acknowledged = ledger.acknowledged.clone();
        self.lamport = self.lamport.max(ledger.lamport);
        // another tab signed out: nobody will bring credentials
        self.network.unauthorized &= ledger.customer;
        self.ledger = ledger;
    }

    /// The newest base record is lost and the one before it stands in: what it does not know may
    /// have been sent. Everything pending becomes absolute, which nothing can double.
    fn fall_back(&mut self) {
        self.take_in();
        let shown = self.ledger.shown();
        for todo in &mut self.ledger.outbox {
            if let todo::Act::Line(line) = &mut todo.act
                && line.set.is_none()
            {
                let has = shown.quantity(&line.key);
                (line.set, line.plus, line.born) = (Some(has + line.plus), 0.0, true);
            }
        }
        if let Some(sent) = &mut self.ledger.in_flight {
            sent.doubtful = true;
        }
        self.wanted.look = true;
        self.storing.dirty = true;
    }

    /// Before the first flush fixes it: the key that the first command was shown with.
    pub(super) fn propose_key(&mut self) {
        if self.ledger.rev > 0 || self.ledger.customer || self.config.cart_key.is_some() {
            return;
        }
        if let Some(op) = self.ops.iter().find(|op| !op.cart_key.is_empty()) {
            self.ledger.base.cart_key.clone_from(&op.cart_key);
        }
    }

    fn know(&mut self, op: Op) {
        self.lamport = self.lamport.max(op.lamport);
        self.put(op);
    }

    /// Puts a command where Lamport's order has it.
    fn put(&mut self, op: Op) {
        let order = |own: &Op| (own.lamport, &own.tab).cmp(&(op.lamport, &op.tab));
        match self.ops.binary_search_by(order) {
            Ok(at) => drop(self.ops.get_mut(at).map(|own| *own = op)),
            Err(at) => self.ops.insert(at, op),
        }
    }

    /// Takes what stands in storage for true. Whoever is in the middle of a flush is ahead of it,
    /// unless the cart was erased: what was signed out of must not be seen for a moment more.
    pub(super) fn read_again(&mut self, entries: Vec<(String, Stored)>, fx: &mut Vec<Effect>) {
        let own = self.slot(self.ledger.rev);
        if self.ledger.rev > 0 && !entries.iter().any(|(key, _)| *key == own) {
            self.storing.unsaved.clear();
            self.release(fx);
        }
        if self.lock != super::Lock::Held {
            self.read_all(entries, fx);
        }
    }

    /// Another tab wrote or deleted a command.
    pub(super) fn read_one(&mut self, key: &str, value: Option<Stored>) {
        let Some(name) = key.strip_prefix(&self.config.prefix) else { return };
        let Some((tab, seq)) = op::parse_key(name) else { return };
        match value {
            Some(Stored::Whole(value)) => {
                if let Ok(op) = Op::read(&value) {
                    self.know(op);
                    self.propose_key();
                    self.news.changed = true;
                }
            }
            None => {
                // without a base nobody took it over: it was erased with the cart
                let erased = self.ledger.rev == 0;
                if erased || self.ledger.has_taken(tab, seq) {
                    self.ops.retain(|op| *op.tab != *tab || op.seq != seq);
                    self.news.changed |= erased;
                }
            }
            Some(_) => {}
        }
    }

    /// Takes all commands that are there into the outbox, in Lamport order.
    pub(super) fn take_in(&mut self) {
        let fresh: Vec<Op> = self.waiting().cloned().collect();
        for op in fresh {
            self.ledger.take(&op);
            self.storing.dirty = true;
            match &op.act {
                Act::Change(change) => self.ledger.fold(change),
                Act::Nothing => {}
                Act::Settle(id) => self.ledger.conflicts.retain(|conflict| conflict.id != *id),
                Act::HandOver => self.ledger.handed_over_ms = Some(op.at_ms),
                Act::Offered => self.ledger.offer.clear(),
                Act::SignIn => {
                    if !self.ledger.customer {
                        let guest = std::mem::take(&mut self.ledger.base.cart_key);
                        self.ledger.merge_from = self.ledger.touched.then_some(guest);
                        self.ledger.customer = true;
                        if self.ledger.merge_from.is_none() {
                            self.ledger.clear_line_by_line();
                        }
                        self.wanted.look = true;
                    }
                }
            }
        }
        // the record would grow with every page load
        let (old, ops) = (self.ledger.lamport.saturating_sub(KEPT_COMMANDS), &self.ops);
        let stored = |tab: &str| ops.iter().any(|op| *op.tab == *tab);
        self.ledger.acknowledged.retain(|tab, to| to.lamport >= old || stored(tab));
    }

    /// Journals something that was done here.
    pub(super) fn write_op(&mut self, act: Act, now: Now, fx: &mut Vec<Effect>) {
        self.seq += 1;
        self.lamport += 1;
        let op = Op {
            tab: Arc::clone(&self.tab),
            seq: self.seq,
            lamport: self.lamport,
            at_ms: now.wall_ms,
            cart_key: if self.ledger.rev == 0 {
                self.ledger.base.cart_key.clone()
            } else {
                String::new()
            },
            act,
        };
        if self.storing.keeps_records && !self.storing.read_only {
            let key = self.op_key(&op);
            fx.push(Effect::Write { key: key.clone(), value: op.write() });
            fx.push(Effect::Broadcast { key });
        }
        self.put(op);
    }

    /// Commands not taken over yet, in Lamport order.
    pub(super) fn waiting(&self) -> impl Iterator<Item = &Op> {
        // many commands of one tab stand together
        let (mut tab, mut taken): (Option<&Arc<str>>, _) = (None, None);
        self.ops.iter().filter(move |op| {
            if !tab.is_some_and(|tab| Arc::ptr_eq(tab, &op.tab)) {
                (tab, taken) = (Some(&op.tab), self.ledger.acknowledged.get(&op.tab));
            }
            !taken.is_some_and(|to| to.has(op.seq))
        })
    }
}
