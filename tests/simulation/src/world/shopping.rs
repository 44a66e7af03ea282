//! What the shopper does, in whatever tab is at hand.

use super::{ACCOUNTS_OWN, Violation, World, brief_command};
use crate::plan::Kind;
use crate::server::local_key;
use crate::shopper::{key_in, product_of, removed_key_in, visible};
use cocart_wasm::cart::{AddItem, Command};
use cocart_wasm::map;
use cocart_wasm::sync::{Event, Touched};
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
            50..=69 if !present.is_empty() => {
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
            96..=97 => self.add(quantity, Some("a@b.example".into())),
            _ => self.add(quantity, None),
        };
        let lines = match &command {
            Command::AddItem(add) => {
                let id = add.id.parse().unwrap_or(0);
                vec![Touched { item_key: local_key(id), id, quantity: add.quantity }]
            }
            _ => Vec::new(),
        };
        self.note(|| format!("tab {tab}: {}", brief_command(&command)));
        self.cleared_signed_in |= self.signed_in && matches!(command, Command::Clear { .. });
        let raise: Option<(i64, f64)> = match &command {
            Command::AddItem(add) => add.id.parse().ok().map(|id| (id, add.quantity)),
            Command::UpdateItem { item_key, quantity } => {
                product_of(item_key).map(|id| (id, *quantity))
            }
            _ => None,
        };
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
            self.mention(raise.map(|(id, _)| id));
            self.rest = snapshot;
            if let Some((id, quantity)) = raise {
                *self.most.entry(id).or_insert(0.0) += quantity;
            }
        } else {
            self.note(|| "… which was never answered".into());
        }
        Ok(())
    }

    fn add(&mut self, quantity: f64, email: Option<String>) -> Command {
        let id = self.rng.i64(1..6).to_string();
        Command::AddItem(AddItem { id, quantity, email, ..AddItem::default() })
    }
}
