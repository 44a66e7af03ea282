//! What happens to tabs, clocks, storage and carts, besides the shopper.

use super::{ACCOUNTS_OWN, HORIZON, Later, World};
use crate::plan::Kind;
use cocart_wasm::sync::Event;

impl World {
    pub(super) fn disturb(&mut self) {
        let Some(tab) = self.live() else {
            return self.thaw();
        };
        let ends = matches!(self.plan.kind, Kind::Bought | Kind::Expiry | Kind::Ordered);
        match self.rng.u32(0..100) {
            _ if ends && self.rng.u32(0..3) == 0 => self.special(tab),
            0..=12 if self.tabs.len() < self.plan.tabs => self.open(),
            13..=21 if self.plan.kills && self.may_die(tab) => self.kill(tab),
            // a request that arrives twice, of a browser that forgot it, is beyond the promise
            22..=23 if self.plan.kills && !self.plan.doubles && self.plan.kind == Kind::Guest => {
                self.kill_browser();
            }
            22..=35 => {
                self.online = !self.online;
                let online = self.online;
                self.troubles.outages += u64::from(!online);
                self.note(|| format!("online: {online}"));
                let all: Vec<usize> = self.tabs.keys().copied().collect();
                for tab in all {
                    if self.tabs.get(&tab).is_some_and(|own| !own.frozen) {
                        self.happen(tab, |journal, now| journal.step(Event::Online(online), now));
                    }
                }
            }
            // a line of another device's, under a key that nobody here can compute, is known by
            // nothing
            42..=43 if self.plan.kind != Kind::TwoDevices => self.update_plugins(),
            36..=41 => {
                // into the back/forward cache
                self.note(|| format!("tab {tab} goes"));
                self.happen(tab, |journal, now| journal.step(Event::PageHide, now));
                if let Some(own) = self.tabs.get_mut(&tab) {
                    own.frozen = true;
                    own.told.clear();
                }
            }
            44..=48 => {
                // frozen without a word; the lock is taken from it
                self.note(|| format!("tab {tab} freezes"));
                let held = self.lock == Some(tab);
                if let Some(own) = self.tabs.get_mut(&tab) {
                    (own.frozen, own.stolen) = (true, held);
                    own.told.clear();
                }
                if held {
                    self.free(tab);
                }
            }
            49..=66 => self.thaw(),
            67..=70 => {
                self.wall_offset += self.rng.i64(-86_400_000..86_400_000);
                self.note(|| "the wall clock is set".into());
            }
            71..=75 if self.plan.quota => {
                let mut shared = self.shared.borrow_mut();
                let used = shared.store.used();
                let room = self.rng.usize(0..3000);
                shared.store.set_room(Some(used + room));
                drop(shared);
                self.note(|| format!("room for {room} bytes"));
            }
            76..=79 => self.shared.borrow_mut().store.set_room(None),
            80..=95 => self.special(tab),
            _ => self.happen(tab, |journal, now| journal.step(Event::SyncNow, now)),
        }
    }

    /// The browser is killed as a whole and comes back with storage as it was some seconds ago.
    fn kill_browser(&mut self) {
        let limited = self.shared.borrow().store.is_limited();
        let Some(rest) = self.rest.clone().filter(|rest| !limited && !rest.is_limited()) else {
            return;
        };
        if self.tabs.values().any(|own| own.journal.sync().status().unsaved > 0) {
            return;
        }
        self.note(|| "the browser is killed".into());
        self.forgetful = true;
        self.troubles.kills += self.tabs.len() as u64;
        self.tabs.clear();
        self.waiting.clear();
        self.lock = None;
        self.shared.borrow_mut().store = rest;
        // what was in the air and is forgotten arrives before the shopper is back
        let back = self.steady + HORIZON;
        while self.queue.first_key_value().is_some_and(|((at, _), _)| *at <= back) {
            self.pass();
        }
        self.steady = back;
    }

    pub(super) fn thaw(&mut self) {
        let frozen: Vec<usize> =
            self.tabs.iter().filter(|(_, tab)| tab.frozen).map(|(id, _)| *id).collect();
        if frozen.is_empty() {
            return;
        }
        let tab = frozen[self.rng.usize(0..frozen.len())];
        self.note(|| format!("tab {tab} thaws"));
        let Some(own) = self.tabs.get_mut(&tab) else { return };
        own.frozen = false;
        let stolen = std::mem::take(&mut own.stolen);
        if stolen {
            // an answer that waited may come before the news
            let waiting: Vec<_> = self
                .queue
                .iter()
                .filter(|(_, what)| matches!(what, Later::Answers { tab: own, .. } if *own == tab))
                .map(|(at, _)| *at)
                .collect();
            for at in waiting {
                if self.rng.bool()
                    && let Some(Later::Answers { id, outcome, .. }) = self.queue.remove(&at)
                {
                    self.happen(tab, |journal, now| journal.answer(id, outcome, now));
                }
            }
            self.happen(tab, |journal, now| journal.step(Event::LockLost, now));
        }
        self.happen(tab, |journal, now| journal.page_show(now));
        if let Some(own) = self.tabs.get_mut(&tab) {
            own.timer += 1;
            let generation = own.timer;
            self.later(1, Later::Timer { tab, generation });
        }
        let online = self.online;
        self.happen(tab, |journal, now| journal.step(Event::Online(online), now));
    }

    /// The shop's plugins are updated: the lines of one product, or of all, have other keys now.
    fn update_plugins(&mut self) {
        let all: Vec<i64> = (1..=ACCOUNTS_OWN).collect();
        let one = self.rng.usize(0..5);
        let products = if self.rng.bool() { &all[..] } else { &all[one..=one] };
        let salt = self.rng.i64(0..4);
        self.troubles.turns += 1;
        self.note(|| format!("a plugin is updated: other keys for {products:?} ({salt})"));
        let removed = self.rng.bool();
        self.server.rekey(products, salt, removed);
    }

    fn special(&mut self, tab: usize) {
        let signed_in = self.signed_in;
        match self.plan.kind {
            Kind::TwoDevices if self.rng.u32(0..4) > 0 => self.other_device(),
            Kind::TwoDevices | Kind::Account => self.revoke(),
            Kind::Login if !signed_in && !self.signed_out => self.sign_in(tab),
            Kind::Login if signed_in && self.rng.u32(0..4) == 0 => self.sign_out(tab),
            Kind::Login if signed_in => self.revoke(),
            Kind::Bought => self.buy(tab),
            Kind::Ordered if self.rng.bool() => self.order(tab),
            Kind::Expiry => self.expire(tab),
            Kind::Guest | Kind::Stock if self.rng.u32(0..4) == 0 => self.update_plugins(),
            Kind::Login | Kind::Guest | Kind::Stock | Kind::Ordered => {}
        }
    }
}
