//! What the shopper does, in whatever tab is at hand.

use super::{ACCOUNTS_OWN, Violation, World, brief_command};
use crate::plan::Kind;
use crate::shopper::{asks, key_in, product_of, removed_key_in, touched, visible};
use cocart_wasm::cart::{AddItem, AddItems, Command};
use cocart_wasm::map;
use cocart_wasm::sync::Event;
use cocart_wasm::value::Map;
use fastrand::Rng;

impl World {
    pub(super) fn command(&mut self) -> Result<(), Violation> {
        let Some(tab) = self.live() else { return Ok(()) };
        self.deliver(tab);
        let Some(own) = self.tabs.get(&tab) else { return Ok(()) };
        let mut view = visible(&own.journal);
        view.lines.remove(&ACCOUNTS_OWN);
        if self.is_exact() && view.lines != self.asked.lines {
            return Err(format!(
                "tab {tab} shows {:?} when {:?} was asked for",
                view.lines, self.asked.lines
            ));
        }
        let present: Vec<i64> = view.lines.keys().copied().collect();
        // the repair of a late write shows as a removed line too; the shopper knows better
        let asked = &self.asked;
        let gone = view.removed.keys().copied();
        let gone = gone.filter(|id| !view.lines.contains_key(id) && asked.removed.contains_key(id));
        let gone: Vec<i64> = gone.collect();
        let quantity = f64::from(self.rng.u32(1..4));
        let pick = |rng: &mut Rng, from: &[i64]| from[rng.usize(0..from.len())];
        let key = |id: i64| key_in(&own.journal, id);
        let kinds = if self.plan.kind == Kind::TwoDevices { 70 } else { 100 };
        let command = match self.rng.u32(0..kinds) {
            0..=9 => Command::AddItems(self.list()),
            10..=12 => Command::AddItems(self.group()),
            50..=53 if !present.is_empty() => {
                let mut quantity = Map::new();
                for id in &present {
                    let posted = self.rng.u32(0..6);
                    if posted < 4 {
                        quantity.push(key(*id), f64::from(posted));
                    }
                }
                Command::UpdateItems { quantity }
            }
            54..=69 if !present.is_empty() => {
                Command::UpdateItem { item_key: key(pick(&mut self.rng, &present)), quantity }
            }
            70..=84 if !present.is_empty() => {
                Command::RemoveItem { item_key: key(pick(&mut self.rng, &present)) }
            }
            85..=93 if !gone.is_empty() => {
                let id = pick(&mut self.rng, &gone);
                Command::RestoreItem { item_key: removed_key_in(&own.journal, id) }
            }
            94 => Command::Clear { keep_removed_items: false },
            95 if self.plan.kind != Kind::Stock => {
                Command::UpdateCustomer { fields: map! { "city": format!("City {quantity}") } }
            }
            96..=97 => Command::AddItem(self.item(quantity, Some("a@b.example".into()))),
            _ => Command::AddItem(self.item(quantity, None)),
        };
        let lines = touched(&command);
        self.note(|| format!("tab {tab}: {}", brief_command(&command)));
        self.cleared_signed_in |= self.signed_in && matches!(command, Command::Clear { .. });
        let raised = asks(&command);
        let mut asked = self.asked.clone();
        asked.apply(&command, &product_of);
        self.commands += 1;
        // a kill before the command is stored means that it was never answered
        let before = self.shared.borrow().store.clone();
        let op_there = |world: &Self| world.shared.borrow().store.clone();
        let event = Event::Command { command, lines };
        // as it is right after the command was written: what a killed browser may come back to
        let mut snapshot = None;
        self.happen(tab, |journal, now| {
            let effects = journal.step(event, now);
            snapshot = Some(journal.storage().shared.borrow().store.clone());
            effects
        });
        let stored = {
            use cocart_wasm::ports::Storage as _;
            let after = op_there(self);
            after.keys("shop:op:").len() > before.keys("shop:op:").len()
                || self.tabs.contains_key(&tab)
        };
        // seen, even where the page died before it was stored
        for (id, quantity) in &asked.lines {
            let peak = self.peak.entry(*id).or_insert(0.0);
            *peak = peak.max(*quantity);
        }
        if stored {
            self.asked = asked;
            self.rest = snapshot;
            for (id, quantity) in raised {
                self.mention(id);
                *self.most.entry(id).or_insert(0.0) += quantity;
            }
        } else {
            self.note(|| "… which was never answered".into());
        }
        Ok(())
    }

    fn item(&mut self, quantity: f64, email: Option<String>) -> AddItem {
        let id = self.rng.i64(1..6).to_string();
        AddItem { id, quantity, email, ..AddItem::default() }
    }

    /// Several items in one command, some of them of the same product.
    fn list(&mut self) -> AddItems {
        let count = self.rng.u32(1..5);
        let items = (0..count).map(|_| {
            let quantity = f64::from(self.rng.u32(1..4));
            let email = (self.rng.u32(0..10) == 0).then(|| "a@b.example".to_owned());
            self.item(quantity, email)
        });
        AddItems::List { items: items.collect() }
    }

    /// A container product, and how many of each of its own.
    fn group(&mut self) -> AddItems {
        let mut quantity = Map::new();
        for id in 1..6 {
            let some = self.rng.u32(0..4);
            if some > 1 {
                quantity.push(id.to_string(), f64::from(some - 1));
            }
        }
        let email = (self.rng.u32(0..4) == 0).then(|| "a@b.example".to_owned());
        AddItems::Group { id: "99".into(), quantity, email, phone: None }
    }
}
