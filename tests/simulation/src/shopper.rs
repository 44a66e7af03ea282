//! The shopper: what a tab shows, and what was asked for.

use crate::storage::TabStorage;
use cocart_wasm::cart::{AddItem, AddItems, Command};
use cocart_wasm::sync::{Journal, Touched};
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
            Command::UpdateItem { item_key, quantity } => {
                if let Some(id) = product(item_key).filter(|id| self.lines.contains_key(id)) {
                    self.set(id, *quantity);
                }
            }
            Command::UpdateItems { quantity } => {
                for (key, posted) in quantity.iter() {
                    let quantity = posted.as_f64().unwrap_or(0.0);
                    let one = Command::UpdateItem { item_key: key.to_owned(), quantity };
                    self.apply(&one, product);
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
            other => {
                for added in touched(other) {
                    *self.lines.entry(added.id).or_insert(0.0) += added.quantity;
                }
            }
        }
    }
}

/// The lines that a command adds to, as the engine would find them out.
pub fn touched(command: &Command) -> Vec<Touched> {
    let line = |id: &str, quantity| {
        let id = id.parse().unwrap_or(0);
        Touched { item_key: local_key(id), id, quantity }
    };
    let item = |add: &AddItem| line(&add.id, add.quantity);
    match command {
        Command::AddItem(add) => vec![item(add)],
        Command::AddItems(AddItems::List { items }) => items.iter().map(item).collect(),
        Command::AddItems(AddItems::Group { quantity, .. }) => {
            quantity.iter().map(|(id, posted)| line(id, posted.as_f64().unwrap_or(0.0))).collect()
        }
        _ => Vec::new(),
    }
}

/// Of which products a command asks for how much.
pub fn asks(command: &Command) -> Vec<(i64, f64)> {
    let set = |key: &str, quantity| product_of(key).map(|id| (id, quantity));
    match command {
        Command::UpdateItem { item_key, quantity } => {
            set(item_key, *quantity).into_iter().collect()
        }
        Command::UpdateItems { quantity } => {
            let own = quantity.iter();
            own.filter_map(|(key, posted)| set(key, posted.as_f64().unwrap_or(0.0))).collect()
        }
        other => touched(other).into_iter().map(|added| (added.id, added.quantity)).collect(),
    }
}

/// The product of a line with this key.
pub fn product_of(key: &str) -> Option<i64> {
    let number = i64::from_str_radix(key.get(16..)?, 16).ok()?;
    Some(number & 0xffff)
}

/// What a tab shows: base with pending replayed.
pub fn visible(journal: &Journal<TabStorage>) -> View {
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

/// The key a tab names a product's line by: the one the shop shows, where it shows the line.
pub fn key_in(journal: &Journal<TabStorage>, id: i64) -> String {
    key_of(journal, id, "items")
}

/// The same for a removed line: as it was removed here, if it was.
pub fn removed_key_in(journal: &Journal<TabStorage>, id: i64) -> String {
    let sync = journal.sync();
    let keys = sync.base().removed.iter().map(|removed| removed.item_key.clone());
    let pending = sync.pending().into_iter().filter_map(|command| match command {
        Command::RemoveItem { item_key } => Some(item_key),
        _ => None,
    });
    let here = keys.chain(pending).filter(|key| product_of(key) == Some(id)).last();
    here.unwrap_or_else(|| key_of(journal, id, "removed_items"))
}

fn key_of(journal: &Journal<TabStorage>, id: i64, list: &str) -> String {
    let sync = journal.sync();
    let items = match sync.base().document.get(list) {
        Some(Value::Array(list)) => list.to_vec(),
        Some(Value::Object(map)) => map.values().cloned().collect(),
        _ => Vec::new(),
    };
    let is = |item: &&Value| item.get("id").and_then(Value::as_f64) == Some(id as f64);
    let shown = items.iter().find(is).and_then(|item| item.get("item_key")?.as_str());
    shown.map_or_else(|| sync.item_key(&local_key(id)).to_owned(), str::to_owned)
}
