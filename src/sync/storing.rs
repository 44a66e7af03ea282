//! Writing records, and storage that is full, broken or newer than this build.

use super::ledger::{Acknowledged, Ledger};
use super::named::Named;
use super::op::Op;
use super::{Effect, Notification, Now, Sync, document};
use crate::value::{Record, Value};

/// When storage that was full is tried again.
const QUOTA_PAUSE_MS: i64 = 5_000;

/// The app is not told again and again that storage is full.
const TOLD_AGAIN_MS: i64 = 60_000;

/// What is known of the records in storage.
#[derive(Debug, Default)]
pub(super) struct Storing {
    /// Whether records are made at all: not where nobody but this page could ever read them.
    pub(super) keeps_records: bool,
    /// What the newest record acknowledges.
    pub(super) acknowledged: Named<Acknowledged>,
    /// … and what the one before it did, should the last write have failed.
    pub(super) acknowledged_before: Named<Acknowledged>,
    pub(super) rev_before: u64,
    /// The ledger in memory is ahead of the one in storage.
    pub(super) dirty: bool,
    /// Own commands that storage had no room for.
    pub(super) unsaved: Vec<u64>,
    /// When they are tried again.
    pub(super) again_at: Option<i64>,
    /// When the app was told last that storage is full.
    pub(super) told_at: Option<i64>,
    /// Storage is nearly full: the base is written without its document's prose.
    pub(super) compact: bool,
    /// The number of a base record that stands in for one that is lost.
    pub(super) stand_in: Option<u64>,
    /// Storage holds a newer schema: nothing is written or sent.
    pub(super) read_only: bool,
}

impl Sync {
    /// Writes the one record; commands that the record before had taken over already are tidied.
    pub(super) fn save(&mut self, fx: &mut Vec<Effect>) {
        let before = self.ledger.rev;
        self.storing.rev_before = before;
        // a cart that begins anew counts from elsewhere: a frozen tab must not take its record for
        // the one it knows
        self.ledger.rev = 1 + if before > 0 { before } else { self.random.below(1 << 40) };
        self.storing.dirty = false;
        let newer = self.ledger.acknowledged.clone();
        self.storing.acknowledged_before = std::mem::replace(&mut self.storing.acknowledged, newer);
        let settled = |op: &Op| {
            self.storing.acknowledged_before.get(&op.tab).is_some_and(|to| to.has(op.seq))
        };
        if self.storing.keeps_records {
            let (key, ledger) = (self.slot(self.ledger.rev), &self.ledger);
            let value = if self.storing.compact { compacted(ledger) } else { ledger.write() };
            fx.push(Effect::Write { key: key.clone(), value });
            for op in self.ops.iter().filter(|op| settled(op)) {
                fx.push(Effect::Delete { key: self.op_key(op) });
            }
            fx.push(Effect::Broadcast { key });
        }
        let (tab, unsaved) = (&self.tab, &mut self.storing.unsaved);
        self.ops.retain(|op| {
            if settled(op) && op.tab == *tab {
                unsaved.retain(|seq| *seq != op.seq);
            }
            !settled(op)
        });
    }

    pub(super) fn op_key(&self, op: &Op) -> String {
        format!("{}op:{}:{}", self.config.prefix, op.tab, op.seq)
    }

    /// The record that the write numbered `rev` goes to: two take turns, so that one lost leaves
    /// the other.
    pub(super) fn slot(&self, rev: u64) -> String {
        format!("{}base:{}", self.config.prefix, rev % 2)
    }

    pub(super) fn set_aside(&mut self, key: String, fx: &mut Vec<Effect>) {
        let name = key.strip_prefix(&self.config.prefix).unwrap_or(&key);
        let to = format!("{}corrupt:{}:{name}", self.config.prefix, self.random.tab());
        fx.push(Effect::Quarantine { key: key.clone(), to });
        fx.push(Effect::Emit(Notification::Problem { code: "storage_corrupt", detail: key }));
    }

    pub(super) fn refuse_newer(&mut self, key: &str, fx: &mut Vec<Effect>) {
        if !self.storing.read_only {
            self.storing.read_only = true;
            let detail = key.to_owned();
            fx.push(Effect::Emit(Notification::Problem { code: "storage_newer_schema", detail }));
        }
    }

    /// Storage is full. A command stays in memory; a base record is tried once more without its
    /// document's prose. Nothing is sent that is not written down.
    pub(super) fn write_failed(&mut self, key: &str, now: Now, fx: &mut Vec<Effect>) {
        let is_base = self.base_keys().iter().any(|own| own == key);
        if is_base {
            self.ledger.rev = self.storing.rev_before;
            self.storing.acknowledged = self.storing.acknowledged_before.clone();
            self.storing.dirty = true;
            if self.request.take().is_some() {
                self.ledger.in_flight = None;
            }
            if !self.storing.compact {
                self.storing.compact = true;
                return;
            }
            self.network.retry_at = Some(now.steady_ms.saturating_add(QUOTA_PAUSE_MS));
            self.release(fx);
        } else {
            let own = self.ops.iter().find(|op| op.tab == self.tab && self.op_key(op) == key);
            let unsaved = &mut self.storing.unsaved;
            unsaved.extend(own.map(|op| op.seq).filter(|seq| !unsaved.contains(seq)));
            self.storing.again_at = Some(now.steady_ms.saturating_add(QUOTA_PAUSE_MS));
        }
        let recently = |at: i64| now.steady_ms.saturating_sub(at) < TOLD_AGAIN_MS;
        if !self.storing.told_at.is_some_and(recently) {
            self.storing.told_at = Some(now.steady_ms);
            let detail = key.to_owned();
            fx.push(Effect::Emit(Notification::Problem { code: "storage_quota", detail }));
        }
    }

    /// Commands that found no room are stored when there is some.
    pub(super) fn store_again(&mut self, now: Now, fx: &mut Vec<Effect>) {
        if self.storing.again_at.is_none_or(|at| at > now.steady_ms) {
            return;
        }
        self.storing.again_at = None;
        let unsaved = std::mem::take(&mut self.storing.unsaved);
        for op in self.ops.iter().filter(|op| op.tab == self.tab && unsaved.contains(&op.seq)) {
            // not the record of this very step: its write may fail too
            let taken =
                self.storing.acknowledged_before.get(&op.tab).is_some_and(|to| to.has(op.seq));
            if !taken {
                fx.push(Effect::Write { key: self.op_key(op), value: op.write() });
            }
        }
    }
}

/// The ledger with the smallest document that says the same.
fn compacted(ledger: &Ledger) -> Value {
    let mut small = ledger.clone();
    small.base.document = document::compact(&ledger.base.document);
    small.write()
}
