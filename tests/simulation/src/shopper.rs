//! The shopper: what a tab shows, and what was asked for.

use crate::storage::{Json, TabStorage};
use cocart_wasm::cart::Command;
use cocart_wasm::sync::Journal;
use cocart_wasm::value::Value;
use std::collections::BTreeMap;

use crate::server::local_key;

/// Quantities by product, and removed ones with what they had.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// In the cart.
    pub lines: BTreeMap<i64, f64>,
    /// Restorable.
    pub removed: BTreeMap<i64, f64>,
}

impl View {
    fn set(&mut self, id: i64, quantity: f64) {
        if quantity > 0.0 {
            self.lines.insert(id, quantity);
        } else if let Some(had) = self.lines.remove(&id) {
            self.removed.insert(id, had);
        }
    }

    /// As the engine would.
    pub fn apply(&mut self, command: &Command, product: &dyn Fn(&str) -> Option<i64>) {
        match command {
            Command::AddItem(add) => {
                if let Ok(id) = add.id.parse() {
                    *self.lines.entry(id).or_insert(0.0) += add.quantity;
                }
            }
            Command::UpdateItem { item_key, quantity } => {
                if let Some(id) = product(item_key).filter(|id| self.lines.contains_key(id)) {
                    self.set(id, *quantity);
                }
            }
            Command::RemoveItem { item_key } => {
                if let Some(id) = product(item_key) {
                    self.set(id, 0.0);
                }
            }
            Command::RestoreItem { item_key } => {
                if let Some((id, quantity)) =
                    product(item_key).and_then(|id| self.removed.remove_entry(&id))
                {
                    self.lines.insert(id, quantity);
                }
            }
            Command::Clear { .. } => *self = Self::default(),
            _ => {}
        }
    }
}

/// The product of a line with this key.
pub fn product_of(key: &str) -> Option<i64> {
    let number = i64::from_str_radix(key.get(16..)?, 16).ok()?;
    Some(if number >= 0xabc_0000 { number - 0xabc_0000 } else { number })
}

/// What a tab shows: base with pending replayed.
pub fn visible(journal: &Journal<TabStorage, Json>) -> View {
    let sync = journal.sync();
    let mut view = View::default();
    let lines = |value: Option<&Value>| -> Vec<(i64, f64)> {
        let items: Vec<Value> = match value {
            Some(Value::Array(list)) => list.to_vec(),
            Some(Value::Object(map)) => map.values().cloned().collect(),
            _ => Vec::new(),
        };
        let quantity = |item: &Value| {
            let quantity = item.get("quantity")?;
            quantity.get("value").unwrap_or(quantity).as_f64()
        };
        let line = |item: &Value| Some((item.get("id")?.as_f64()? as i64, quantity(item)?));
        items.iter().filter_map(line).collect()
    };
    view.lines.extend(lines(sync.base().document.get("items")));
    view.removed.extend(lines(sync.base().document.get("removed_items")));
    for removed in &sync.base().removed {
        if let Some(id) = product_of(&removed.item_key) {
            view.removed.insert(id, removed.add.quantity);
        }
    }
    for command in sync.pending() {
        view.apply(&command, &product_of);
    }
    view
}

/// The key a tab would name a product's line by.
pub fn key_in(journal: &Journal<TabStorage, Json>, id: i64) -> String {
    journal.sync().item_key(&local_key(id)).to_owned()
}
