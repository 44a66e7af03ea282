//! Writes that may still arrive: which lines have to wait for them, and whether what the server
//! shows can be their doing.

use super::ledger::{Ledger, Sent, What};
use super::todo::Act;

/// With more writes to one line than this within the horizon, the server's word is taken: what it
/// keeps changing back must not be sent for ever.
const MOST_EXPLAINED: usize = 24;

/// How many of our writes can have hit one line between two looks.
const DEPTH: usize = 3;

impl Sent {
    /// Whether it can change this line.
    pub(super) fn touches(&self, key: &str) -> bool {
        self.key == key || matches!(self.what, What::Clear | What::Merge)
    }

    /// What the line's quantity becomes when it arrives.
    fn applied(&self, quantity: f64) -> f64 {
        match self.what {
            What::Add => quantity + self.after - self.before,
            What::Set | What::Restore => self.after,
            What::Delete | What::Clear => 0.0,
            What::Merge | What::Other => quantity,
        }
    }
}

impl Ledger {
    /// Until when a write to a line must wait because an earlier one, given up for lost, may
    /// still arrive after it. The very same absolute write need not wait. (A look that is due by
    /// then forgets them.)
    pub(super) fn held_until(
        &self,
        key: &str,
        what: What,
        after: f64,
        horizon: i64,
    ) -> Option<i64> {
        let same = |late: &Sent| {
            late.what == what && late.key == key && late.after == after && what != What::Add
        };
        self.late
            .iter()
            .filter(|late| late.doubtful && late.touches(key) && !same(late))
            // a merge brings along only what came late to the guest's cart
            .filter(|late| late.what != What::Merge || self.late.iter().any(|own| own.key == key))
            .map(|late| late.until(horizon))
            .max()
    }

    /// When the cart has to be looked at again because of writes that may arrive late.
    pub(super) fn verify_at(&self, horizon: i64) -> Option<i64> {
        self.late.iter().filter(|late| late.doubtful).map(|late| late.until(horizon)).min()
    }

    /// Whether a cart that came back without this line is our doing for certain: a removal that
    /// was given up for lost.
    pub(super) fn explains_absence(&self, key: &str) -> bool {
        let removal = |late: &Sent| matches!(late.what, What::Delete | What::Clear | What::Merge);
        self.late.iter().any(|late| {
            late.touches(key) && removal(late) && (late.doubtful || late.what == What::Merge)
        })
    }

    /// Whether `found` can be what writes of ours made of `expected`, late or doubled.
    pub(super) fn explains(
        &self,
        key: &str,
        expected: f64,
        found: f64,
        looked_at: i64,
        horizon: i64,
    ) -> bool {
        // where others write too, only what is in doubt explains something long after, and what
        // a merge in doubt may bring along
        let merge = |late: &Sent| late.doubtful && late.what == What::Merge;
        let any = self.is_private() || self.late.iter().any(merge);
        let own: Vec<&Sent> = self
            .late
            .iter()
            .filter(|late| late.touches(key) && late.what != What::Other)
            .filter(|late| {
                any || late.doubtful || looked_at <= late.at_ms.saturating_add(2 * horizon)
            })
            .collect();
        if own.len() > MOST_EXPLAINED {
            return false;
        }
        let merged = own.iter().any(|late| late.what == What::Merge);
        // a merge brings the guest's lines along, in whatever state they are then; the account's
        // own lines are none of our doing
        if merged && (expected > 0.0 || own.iter().any(|late| late.key == key)) {
            return true;
        }
        let mut reached = vec![expected];
        for _ in 0..DEPTH {
            for at in 0..reached.len() {
                let from = reached.get(at).copied().unwrap_or(expected);
                for next in own.iter().map(|late| late.applied(from)) {
                    if !reached.contains(&next) {
                        reached.push(next);
                    }
                }
            }
            if reached.contains(&found) {
                return true;
            }
        }
        false
    }

    /// The addition in doubt that a line somebody else wrote to may hold by now: it shows as much
    /// as was asked for, so adding once more on top of it could double it. What leads to one
    /// quantity from anywhere doubles nothing.
    pub(super) fn may_be_in(&self, key: &str, found: f64) -> Option<Sent> {
        let adds = |late: &&Sent| {
            let todo = self.outbox.iter().find(|todo| todo.id == late.todo);
            match todo.map(|todo| &todo.act) {
                Some(Act::Line(line)) => line.set.is_none(),
                Some(Act::Whole(_)) => late.what == What::Add,
                _ => false,
            }
        };
        self.late
            .iter()
            .filter(|late| late.doubtful && late.key == key)
            .filter(|late| late.before < late.after && late.after <= found)
            .find(adds)
            .cloned()
    }

    /// A steady clock that went backwards (a browser was restarted) makes the wait begin anew.
    pub(super) fn restamp(&mut self, now: i64) {
        for sent in self.late.iter_mut().chain(&mut self.in_flight) {
            sent.at_ms = sent.at_ms.min(now);
        }
    }

    /// The guest's cart is in the account's now. What still arrives for the guest's key does no
    /// harm, unless the merge itself arrives twice or one given up for lost comes after it; what
    /// arrived before the merge came along with it, however long ago it was sent.
    pub(super) fn merged(&mut self, now: i64) {
        for late in self.late.iter_mut().filter(|late| late.what != What::Merge) {
            if std::mem::take(&mut late.doubtful) {
                late.at_ms = late.at_ms.max(now);
            }
        }
        self.late.push(Sent { what: What::Merge, at_ms: now, ..Sent::default() });
        self.merge_from = None;
        (self.customer, self.minted, self.touched) = (true, false, true);
        self.base.cart_key.clear();
    }

    /// Whether the account has taken the guest's cart over: a merge takes all of it away. What is
    /// there all the same came late, after the merge.
    pub(super) fn is_taken_over(&self, found: &super::document::Parsed) -> bool {
        let before = self.shown();
        let gone = before.lines.iter().all(|line| !found.lines.iter().any(|own| own.is_like(line)));
        found.is_empty() || (gone && !before.is_empty())
    }

    /// Whether a merge given up for lost arrived after all.
    pub(super) fn was_merged_late(&self, found: &super::document::Parsed) -> bool {
        self.is_merge_in_doubt() && self.is_taken_over(found)
    }

    /// Whether a merge was given up for lost, and the guest's cart seen since.
    pub(super) fn is_merge_in_doubt(&self) -> bool {
        self.merge_from.is_some() && self.late.iter().any(|late| late.what == What::Merge)
    }

    /// Forgets writes that a look taken after their horizon has seen the last of.
    pub(super) fn forget_late(&mut self, looked_at: i64, horizon: i64) {
        self.late.retain(|late| looked_at < late.until(horizon));
    }
}

impl Sent {
    /// When it cannot arrive any more.
    const fn until(&self, horizon: i64) -> i64 {
        self.at_ms.saturating_add(horizon)
    }
}
