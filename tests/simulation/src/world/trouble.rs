//! What happens to tabs, clocks, storage and carts, besides the shopper.

use super::{HORIZON, Later, World, show};
use crate::plan::Kind;
use crate::server::{CUSTOMER, local_key};
use crate::shopper::View;
use cocart_wasm::api::{Method, Request};
use cocart_wasm::map;
use cocart_wasm::sync::Event;

impl World {
    pub(super) fn disturb(&mut self) {
        let Some(tab) = self.live() else {
            return self.thaw();
        };
        match self.rng.u32(0..100) {
            0..=14 if self.tabs.len() < self.plan.tabs => self.open(),
            15..=24 if self.plan.kills && self.may_die(tab) => self.kill(tab),
            // a request that arrives twice, of a browser that forgot it, is beyond the promise
            25..=26 if self.plan.kills && !self.plan.doubles && self.plan.kind == Kind::Guest => {
                self.kill_browser();
            }
            25..=39 => {
                self.online = !self.online;
                let online = self.online;
                self.note(|| format!("online: {online}"));
                let all: Vec<usize> = self.tabs.keys().copied().collect();
                for tab in all {
                    if self.tabs.get(&tab).is_some_and(|own| !own.frozen) {
                        self.happen(tab, |journal, now| journal.step(Event::Online(online), now));
                    }
                }
            }
            40..=49 => {
                // into the back/forward cache
                self.note(|| format!("tab {tab} goes"));
                self.happen(tab, |journal, now| journal.step(Event::PageHide, now));
                if let Some(own) = self.tabs.get_mut(&tab) {
                    own.frozen = true;
                    own.told.clear();
                }
            }
            50..=54 => {
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
            55..=74 => self.thaw(),
            75..=79 => {
                self.wall_offset += self.rng.i64(-86_400_000..86_400_000);
                self.note(|| "the wall clock is set".into());
            }
            80..=84 if self.plan.quota => {
                let mut shared = self.shared.borrow_mut();
                let used = shared.store.used();
                let room = self.rng.usize(0..3000);
                shared.store.set_room(Some(used + room));
                drop(shared);
                self.note(|| format!("room for {room} bytes"));
            }
            85..=88 => self.shared.borrow_mut().store.set_room(None),
            89..=94 => self.special(tab),
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

    pub(super) fn special(&mut self, tab: usize) {
        match self.plan.kind {
            Kind::TwoDevices => self.other_device(),
            Kind::Login if !self.signed_in => {
                self.signed_in = true;
                self.note(|| "signs in".into());
                let quiet = std::mem::replace(&mut self.quiet, true);
                self.deliver(tab);
                self.happen(tab, |journal, now| journal.step(Event::SignedIn, now));
                self.quiet = quiet;
            }
            Kind::Bought => self.buy(tab),
            _ => {}
        }
    }

    pub(super) fn other_device(&mut self) {
        let id = self.rng.i64(1..4);
        let quantity = f64::from(self.rng.u32(1..4));
        let item = local_key(id);
        let has =
            self.server.carts.get(CUSTOMER).is_some_and(|cart| cart.by_product().contains_key(&id));
        let body = map! { "id": id.to_string(), "quantity": quantity.to_string() };
        let (request, set) = if has && self.rng.bool() {
            (
                Request::new(Method::Post, format!("/cocart/v2/cart/item/{item}"))
                    .with_json(map! { "quantity": quantity.to_string() }),
                Some(quantity),
            )
        } else {
            (Request::new(Method::Post, "/cocart/v2/cart/add-item").with_json(body), None)
        };
        self.note(|| format!("the other device: {}", show(&request)));
        let _ = self.server.handle(&request, true, 0);
        self.others.push((id, set, quantity));
    }

    /// Everything is on the server; the cart is handed over, and bought.
    pub(super) fn buy(&mut self, tab: usize) {
        let settled = self.tabs.get(&tab).is_some_and(|own| own.journal.sync().is_settled());
        let Some(own) = self.tabs.get(&tab) else { return };
        let key = own.journal.sync().base().cart_key.clone();
        let there = self.server.carts.get(&key).map(|cart| cart.by_product()).unwrap_or_default();
        let idle = self.queue.values().all(|what| !matches!(what, Later::Arrives { .. }));
        if !settled || !idle || there != self.asked.lines || there.is_empty() || self.handed_over {
            return;
        }
        self.happen(tab, |journal, now| journal.step(Event::CheckoutStarted, now));
        if !self.tabs.contains_key(&tab) {
            return;
        }
        self.note(|| "bought".into());
        if let Some(cart) = self.server.carts.get_mut(&key) {
            cart.lines.clear();
            cart.removed.clear();
        }
        self.asked = View::default();
        // the shopper comes back to the shop's page
        self.quiet = true;
        let all: Vec<usize> = self.tabs.keys().copied().collect();
        for tab in all {
            self.happen(tab, |journal, now| journal.step(Event::SyncNow, now));
        }
        self.settle();
    }

    /// Until nothing moves any more, with everything healed.
    pub(super) fn settle(&mut self) {
        self.quiet = true;
        self.online = true;
        self.shared.borrow_mut().store.set_room(None);
        while self.tabs.values().any(|tab| tab.frozen) {
            self.thaw();
        }
        let all: Vec<usize> = self.tabs.keys().copied().collect();
        for tab in all {
            self.happen(tab, |journal, now| journal.step(Event::Online(true), now));
        }
        for _ in 0..3 {
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
            self.steady += HORIZON + 5_000;
            let all: Vec<usize> = self.tabs.keys().copied().collect();
            for tab in all {
                self.happen(tab, |journal, now| journal.step(Event::SyncNow, now));
            }
        }
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
        self.quiet = false;
    }
}
