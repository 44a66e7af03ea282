//! Carts that come to an end, and the end of an episode.

use super::{HORIZON, Later, Tab, Violation, World};
use crate::shopper::View;
use cocart_wasm::sync::Event;

const DAY: i64 = 86_400_000;

impl World {
    /// The key of the cart where it is whole at the shop, every tab knows it and has written it
    /// down, and nothing is on its way to it.
    fn complete(&self, tab: usize) -> Option<String> {
        let own = self.tabs.get(&tab)?;
        // a tab that has not heard of another's add would hand the cart over in the midst of it
        let knows = |tab: &Tab| tab.told.is_empty() && tab.journal.sync().is_settled();
        if self.lock.is_some() || !self.tabs.values().all(knows) {
            return None;
        }
        let key = own.journal.sync().base().cart_key.clone();
        let there = self.server.carts.get(&key)?.by_product();
        let idle = self.queue.values().all(|what| !matches!(what, Later::Arrives { .. }));
        let written = !self.shared.borrow().store.is_limited();
        (idle && written && there == self.asked.lines && !there.is_empty()).then_some(key)
    }

    fn look_everywhere(&mut self) {
        self.quiet = true;
        let all: Vec<usize> = self.tabs.keys().copied().collect();
        for tab in all {
            self.happen(tab, |journal, now| journal.step(Event::SyncNow, now));
        }
    }

    /// Everything is on the server; the cart is handed over, and bought.
    pub(super) fn buy(&mut self, tab: usize) {
        let Some(key) = self.complete(tab) else { return };
        if self.handed_over.is_some() {
            return;
        }
        self.happen(tab, |journal, now| journal.step(Event::CheckoutStarted, now));
        if !self.tabs.contains_key(&tab) {
            return;
        }
        self.troubles.turns += 1;
        self.note(|| "bought".into());
        if let Some(cart) = self.server.carts.get_mut(&key) {
            cart.lines.clear();
            cart.removed.clear();
        }
        self.asked = View::default();
        // the shopper comes back to the shop's page
        self.look_everywhere();
        self.settle();
    }

    /// Days later the shop has forgotten the cart: in time, which is an offer, or before, which is
    /// as good as bought.
    pub(super) fn expire(&mut self, tab: usize) {
        let early = self.rng.bool();
        if early && self.complete(tab).is_some() {
            // an emptied cart and a removal that arrives twice look the same for a while
            self.look_everywhere();
            self.settle();
        }
        let Some(key) = self.complete(tab) else { return };
        self.troubles.turns += 1;
        self.note(|| format!("the shop forgets the cart, early: {early}"));
        self.server.carts.remove(&key);
        self.steady += if early { 4 * DAY } else { 8 * DAY };
        // days that a wall clock is wrong by are more than the slack that is promised
        self.wall_offset = super::WALL + self.rng.i64(-DAY / 2..DAY / 2);
        let offers = self.offers;
        self.look_everywhere();
        self.settle();
        let told = self.offers > offers;
        let Some((tab, own)) = self.tabs.iter().next() else { return };
        let (tab, offered) = (*tab, own.journal.sync().offer());
        if told == early || offered.is_empty() == told {
            self.excess = Some(format!("forgotten early: {early}, offered: {told} {offered:?}"));
        }
        if told && self.rng.bool() {
            self.note(|| "the shopper wants it back".into());
            // its quantities, and nothing to undo
            self.asked.removed.clear();
            let quiet = std::mem::replace(&mut self.quiet, true);
            self.happen(tab, |journal, now| journal.step(Event::AcceptOffer, now));
            self.quiet = quiet;
        } else {
            self.asked = View::default();
            self.happen(tab, |journal, now| journal.step(Event::DeclineOffer, now));
        }
    }

    /// Heals everything, waits, and compares.
    pub fn finish(&mut self) -> Result<(), Violation> {
        if self.tabs.is_empty() {
            self.quiet = true;
            self.open();
        }
        self.note(|| "— the end: everything heals —".into());
        self.settle();
        crate::oracle::judge(self)
    }

    /// Until nothing moves any more, with everything healed.
    fn settle(&mut self) {
        (self.quiet, self.online, self.revoked) = (true, true, false);
        self.shared.borrow_mut().store.set_room(None);
        while self.tabs.values().any(|tab| tab.frozen) {
            self.thaw();
        }
        let all: Vec<usize> = self.tabs.keys().copied().collect();
        for tab in all {
            self.happen(tab, |journal, now| journal.step(Event::Online(true), now));
        }
        for _ in 0..3 {
            self.drain();
            self.steady += HORIZON + 5_000;
            self.look_everywhere();
        }
        self.drain();
        self.quiet = false;
    }

    /// Until nothing is on its way; a loop that never ends is told by what still waits.
    fn drain(&mut self) {
        for _ in 0..3_000 {
            let all: Vec<usize> = self.tabs.keys().copied().collect();
            for tab in all {
                self.deliver(tab);
            }
            if self.queue.is_empty() {
                break;
            }
            self.pass();
        }
    }
}
