//! Page loads: opened, killed between any two writes, told of each other's, one at a time under
//! the lock.

use super::{HORIZON, Later, Tab, World};
use crate::plan::Kind;
use crate::shopper::product_of;
use crate::storage::TabStorage;
use cocart_wasm::sync::{Config, Effect, Journal, Notification, Now};
use std::collections::VecDeque;
use std::rc::Rc;

impl World {
    /// A new page load.
    pub fn open(&mut self) {
        let tab = self.next_tab;
        self.next_tab += 1;
        let mut seed = [0; 32];
        self.rng.fill(&mut seed);
        let config = Config {
            prefix: "shop:".into(),
            signed_in: self.signed_in && !matches!(self.plan.kind, Kind::Login),
            horizon_ms: HORIZON,
            move_lines: self.rng.usize(0..6),
            online: self.online,
            fault: self.plan.fault,
            ..Config::default()
        };
        let storage = TabStorage { tab, shared: Rc::clone(&self.shared) };
        let now = self.now();
        let (journal, effects) = Journal::open(config, storage, now, seed);
        self.tabs.insert(
            tab,
            Tab {
                journal,
                frozen: false,
                stolen: false,
                timer: 0,
                told: VecDeque::new(),
                conflicts: 0,
            },
        );
        self.troubles.tabs += 1;
        self.note(|| format!("tab {tab} opens"));
        self.tell_others();
        self.carry_out(tab, effects);
    }

    /// Lets an event happen in a tab, which may die of it.
    pub(super) fn happen(
        &mut self,
        tab: usize,
        run: impl FnOnce(&mut Journal<TabStorage>, Now) -> Vec<Effect>,
    ) {
        if !self.tabs.contains_key(&tab) {
            return;
        }
        let dies = self.plan.kills && self.may_die(tab) && self.chance(8);
        if dies {
            let budget = self.rng.u32(1..5);
            self.shared.borrow_mut().budget = Some(budget);
        }
        let now = self.now();
        let Some(own) = self.tabs.get_mut(&tab) else { return };
        let effects = run(&mut own.journal, now);
        self.tell_others();
        if dies {
            let dead = self.shared.borrow().is_dead();
            self.shared.borrow_mut().budget = None;
            if !dead && self.rng.bool() {
                self.carry_out(tab, effects);
            }
            self.kill(tab);
        } else {
            self.carry_out(tab, effects);
        }
    }

    /// A command that storage had no room for is gone with its page, which is no violation.
    pub(super) fn may_die(&self, tab: usize) -> bool {
        let unsaved =
            self.tabs.get(&tab).is_some_and(|own| own.journal.sync().status().unsaved > 0);
        !unsaved && !self.shared.borrow().store.is_limited()
    }

    pub(super) fn kill(&mut self, tab: usize) {
        if self.tabs.remove(&tab).is_some() {
            self.troubles.kills += 1;
            self.note(|| format!("tab {tab} is killed"));
            self.free(tab);
        }
    }

    pub(super) fn free(&mut self, tab: usize) {
        self.waiting.retain(|own| *own != tab);
        if self.lock == Some(tab) {
            self.lock = None;
            self.grant();
        }
    }

    pub(super) fn grant(&mut self) {
        if self.lock.is_none()
            && let Some(tab) = self.waiting.pop_front()
        {
            self.lock = Some(tab);
            let after = self.rng.i64(0..20);
            self.later(after, Later::Grant { tab });
        }
    }

    pub(super) fn tell_others(&mut self) {
        let written = std::mem::take(&mut self.shared.borrow_mut().written);
        for (writer, key) in written {
            for (tab, own) in &mut self.tabs {
                if *tab != writer && !own.frozen {
                    own.told.push_back(key.clone());
                }
            }
        }
    }

    pub(super) fn carry_out(&mut self, tab: usize, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Send(out) => self.send(tab, out),
                Effect::AcquireLock => {
                    self.waiting.push_back(tab);
                    self.grant();
                }
                Effect::ReleaseLock => self.free(tab),
                Effect::SetTimer { after_ms } => {
                    let Some(own) = self.tabs.get_mut(&tab) else { continue };
                    own.timer += 1;
                    let generation = own.timer;
                    self.later(after_ms, Later::Timer { tab, generation });
                }
                Effect::Emit(Notification::Conflict(conflict)) => {
                    self.note(|| format!("tab {tab}: conflict {conflict:?}"));
                    self.told_of.extend(conflict.item_key.as_deref().and_then(product_of));
                    self.conflicts.push(conflict.code);
                }
                Effect::Emit(Notification::CartExpired { lines }) => {
                    self.note(|| format!("tab {tab}: expired, {} lines are offered", lines.len()));
                    self.offers += 1;
                }
                Effect::Emit(Notification::Problem { code, detail }) => {
                    self.note(|| format!("tab {tab}: {code} {detail}"));
                }
                Effect::AskForCredentials => {
                    let after = self.rng.i64(1..20_000);
                    self.later(after, Later::Credentials { tab });
                }
                _ => {}
            }
        }
    }

    pub(super) fn live(&mut self) -> Option<usize> {
        let live: Vec<usize> =
            self.tabs.iter().filter(|(_, tab)| !tab.frozen).map(|(id, _)| *id).collect();
        (!live.is_empty()).then(|| live[self.rng.usize(0..live.len())])
    }

    pub(super) fn deliver(&mut self, tab: usize) {
        while let Some(key) = self.tabs.get_mut(&tab).and_then(|own| own.told.pop_front()) {
            self.happen(tab, |journal, now| journal.storage_changed(&key, now));
        }
    }
}
