//! Taking commands into the outbox, folded to as few as the lines that changed.
//!
//! For one line, everything folds into "set to this, then add that much". What does not fold:
//! adds that carry an e-mail, a phone or a price, which no other route can carry.

use super::Touched;
use super::ledger::Ledger;
use super::named::Named;
use super::op::Change;
use super::todo::{Act, LineTodo, Todo};
use crate::cart::{AddItem, AddItems, Command};
use crate::value::Map;

/// What the cart looks like after base and outbox: all the folding has to know.
struct View {
    quantity: f64,
    removed: Option<(f64, AddItem)>,
}

impl Ledger {
    /// Takes a command into the outbox.
    pub(super) fn fold(&mut self, change: &Change) {
        match &change.command {
            Command::AddItem(add) => self.fold_add(add, change.lines.first()),
            Command::AddItems(AddItems::Group { email, phone, .. }) => {
                let mut carries = (email.clone(), phone.clone());
                for touched in change.lines.iter().filter(|touched| touched.quantity > 0.0) {
                    let add = AddItem {
                        id: touched.id.to_string(),
                        email: carries.0.take(),
                        phone: carries.1.take(),
                        ..AddItem::default()
                    };
                    self.fold_add(&add, Some(touched));
                }
            }
            Command::AddItems(AddItems::List { items }) => {
                for (at, add) in items.iter().enumerate() {
                    self.fold_add(add, change.lines.get(at));
                }
            }
            Command::UpdateItem { item_key, quantity } => self.fold_set(item_key, *quantity),
            Command::UpdateItems { quantity } => {
                for (key, posted) in quantity.iter() {
                    if let Some(quantity) = posted_quantity(posted) {
                        self.fold_set(key, quantity);
                    }
                }
            }
            Command::RemoveItem { item_key } => self.fold_set(item_key, 0.0),
            Command::RestoreItem { item_key } => self.fold_restore(item_key),
            Command::Clear { keep_removed_items } => self.fold_clear(*keep_removed_items),
            Command::Calculate | Command::ReadCart => {}
            other => self.fold_whole(other),
        }
    }

    fn fold_add(&mut self, add: &AddItem, touched: Option<&Touched>) {
        let fallback = || Touched {
            item_key: format!("?{}", add.id),
            id: add.id.parse().unwrap_or(0),
            quantity: add.quantity,
        };
        let mut touched = touched.cloned().unwrap_or_else(fallback);
        touched.item_key = self.resolve(&touched.item_key).to_owned();
        if !(touched.quantity.is_finite() && touched.quantity > 0.0) {
            return;
        }
        let add = AddItem { quantity: touched.quantity, ..add.clone() };
        if add.email.is_some() || add.phone.is_some() || add.price.is_some() {
            let command = Command::AddItem(add);
            return self.push(Act::Whole(Change { command, lines: vec![touched] }));
        }
        self.fold_line(&touched.item_key, touched.id, |line| {
            line.plus += touched.quantity;
            line.recipe = Some(add);
        });
    }

    fn fold_set(&mut self, key: &str, quantity: f64) {
        let key = self.resolve(key).to_owned();
        let view = self.view(&key);
        let quantity = quantity.max(0.0); // and 0 for what is no number
        if view.quantity <= 0.0 || !quantity.is_finite() {
            return; // as the server: "Item specified does not exist in cart."
        }
        let recipe = self.any_recipe(&key);
        if quantity == 0.0 {
            self.remember_removed(&key, view.quantity, recipe.clone());
        }
        let absent = self.is_absent(&key);
        self.fold_line(&key, 0, |line| {
            let added = match line.set {
                None => absent,
                Some(set) => set == 0.0, // taken out before
            };
            line.born = line.born || (added && line.plus > 0.0);
            (line.set, line.plus) = (Some(quantity), 0.0);
            line.recipe = line.recipe.take().or(recipe);
        });
        let own = |todo: &&Todo| todo.line_key() == Some(key.as_str());
        // never on the server: nothing to send. The wish is kept until that is seen to be so in a
        // private cart, where a browser that was killed may have sent more than it remembers,
        // before a merge, which may have brought the line into the account, and where an add of
        // it may have come late
        let alone = self.outbox.iter().filter(own).count() == 1;
        let late = self.late.iter().any(|late| late.key == key);
        let certain = !self.is_private() && self.merge_from.is_none() && !late;
        if quantity == 0.0 && absent && alone && certain {
            self.outbox.retain(|todo| !own(&todo));
        }
    }

    fn fold_restore(&mut self, key: &str) {
        let key = self.resolve(key).to_owned();
        let Some((quantity, recipe)) = self.view(&key).removed else { return };
        let id = self.known_id(&key);
        self.base.removed.retain(|removed| removed.item_key != key);
        self.fold_line(&key, id, |line| {
            (line.set, line.plus) = (Some(quantity), 0.0);
            (line.born, line.restore) = (true, true);
            line.recipe = Some(recipe);
        });
    }

    /// A clear leaves nothing of what was to be done before, but the customer's data.
    fn fold_clear(&mut self, keep: bool) {
        if !keep {
            self.base.removed.clear();
        }
        self.push(Act::Clear(keep));
        if self.is_merge_in_doubt() {
            return self.clear_line_by_line();
        }
        self.drop_cleared();
    }

    /// A guest's clear is for the guest's lines: after the merge it must not empty the account's
    /// cart.
    pub(super) fn clear_line_by_line(&mut self) {
        let clears = |todo: &Todo| matches!(todo.act, Act::Clear(_));
        let Some(last) = self.outbox.iter().rposition(clears) else { return };
        let shown = self.shown().lines.into_iter().map(|line| (line.key, line.id));
        // what is wanted again since a merge may have taken it along
        let wanted = self.outbox.iter().take(last).filter_map(|todo| match &todo.act {
            Act::Line(line) if line.set.is_some() => Some((line.key.clone(), line.id)),
            _ => None,
        });
        let lines: Vec<_> = shown.chain(wanted.filter(|_| self.is_merge_in_doubt())).collect();
        self.drop_cleared();
        self.outbox.retain(|todo| !clears(todo));
        for (key, id) in lines {
            self.settle_on(&key, id, 0.0, None);
        }
    }

    /// Drops what a later clear makes pointless, but not what is on its way.
    pub(super) fn drop_cleared(&mut self) {
        let Some(last) = self.outbox.iter().rposition(|todo| matches!(todo.act, Act::Clear(_)))
        else {
            return;
        };
        let sent = self.in_flight.as_ref().map(|sent| sent.todo);
        let mut at = 0;
        self.outbox.retain(|todo| {
            let behind = at >= last;
            at += 1;
            let customer = matches!(&todo.act, Act::Whole(change) if is_customer(&change.command));
            behind || customer || Some(todo.id) == sent
        });
    }

    /// What is sent as it is; the same kind twice is sent once where the last one wins.
    fn fold_whole(&mut self, command: &Command) {
        let sent = self.in_flight.as_ref().map(|sent| sent.todo);
        if let Command::RemoveCoupon { coupon } = command {
            let same = |todo: &Todo| {
                Some(todo.id) != sent
                    && matches!(&todo.act, Act::Whole(Change { command: Command::ApplyCoupon { coupon: own }, .. })
                        if own.eq_ignore_ascii_case(coupon))
            };
            let before = self.outbox.len();
            self.outbox.retain(|todo| !same(todo));
            if self.outbox.len() < before {
                return;
            }
        }
        if let Some(last) = self.outbox.last_mut().filter(|todo| Some(todo.id) != sent) {
            match (&mut last.act, command) {
                (
                    Act::Whole(Change { command: Command::UpdateCustomer { fields }, .. }),
                    Command::UpdateCustomer { fields: newer },
                ) => return merge(fields, newer),
                (
                    Act::Whole(Change {
                        command: old @ Command::ChooseShippingRate { .. }, ..
                    }),
                    Command::ChooseShippingRate { .. },
                ) => return *old = command.clone(),
                _ => {}
            }
        }
        self.push(Act::Whole(Change { command: command.clone(), lines: Vec::new() }));
    }

    fn push(&mut self, act: Act) {
        let id = self.name();
        self.outbox.push(Todo { id, act });
    }

    /// Changes the last todo for a line, or a new one where that is on its way already or
    /// nothing can be folded into it.
    pub(super) fn fold_line(&mut self, key: &str, id: i64, change: impl FnOnce(&mut LineTodo)) {
        let sent = self.in_flight.as_ref().map(|sent| sent.todo);
        let last = self.outbox.iter_mut().rev().find(|todo| match &todo.act {
            Act::Clear(_) => true,
            _ => todo.line_key() == Some(key),
        });
        match last {
            Some(Todo { id, act: Act::Line(line) }) if Some(*id) != sent => change(line),
            _ => {
                let id = if id == 0 { self.known_id(key) } else { id };
                let mut line = LineTodo { key: key.to_owned(), id, ..LineTodo::default() };
                change(&mut line);
                self.push(Act::Line(line));
            }
        }
    }

    /// The id the server shows in a line, 0 where it was never seen.
    fn known_id(&self, key: &str) -> i64 {
        let shown = self.shown();
        let line = shown.line(key).or_else(|| shown.removed.iter().find(|line| line.key == key));
        let todo = || {
            self.outbox.iter().find_map(|todo| match &todo.act {
                Act::Line(line) if line.key == key => Some(line.id),
                Act::Whole(change) => change
                    .lines
                    .iter()
                    .find(|touched| touched.item_key == key)
                    .map(|touched| touched.id),
                _ => None,
            })
        };
        let removed = || {
            self.base
                .removed
                .iter()
                .find(|removed| removed.item_key == key)
                .map(|removed| removed.id)
        };
        line.map(|line| line.id).or_else(todo).or_else(removed).unwrap_or(0)
    }

    fn any_recipe(&self, key: &str) -> Option<AddItem> {
        let open = self.outbox.iter().rev().find_map(|todo| match &todo.act {
            Act::Line(line) if line.key == key => line.recipe.clone(),
            Act::Whole(Change { command: Command::AddItem(add), lines })
                if lines.first().is_some_and(|touched| touched.item_key == key) =>
            {
                Some(AddItem { email: None, phone: None, ..add.clone() })
            }
            _ => None,
        });
        open.or_else(|| self.recipe(key))
    }

    /// Whether the server will have no such line when the outbox comes to the last todo for it.
    fn is_absent(&self, key: &str) -> bool {
        let last = self.outbox.iter().rposition(|todo| todo.line_key() == Some(key));
        self.quantity_after(key, last.unwrap_or(self.outbox.len())) <= 0.0
    }

    /// A line's quantity after base and the first `count` todos.
    fn quantity_after(&self, key: &str, count: usize) -> f64 {
        self.outbox.iter().take(count).fold(self.shown().quantity(key), |has, todo| {
            match &todo.act {
                Act::Line(line) if line.key == key => line.target(has),
                Act::Line(_) => has,
                Act::Clear(_) => 0.0,
                Act::Whole(change) => {
                    let own = change.lines.iter().filter(|touched| touched.item_key == key);
                    has + own.map(|touched| touched.quantity).sum::<f64>()
                }
            }
        })
    }

    /// Keeps what would bring a removed line back, for lines no document lists as removed.
    pub(super) fn remember_removed(&mut self, key: &str, quantity: f64, recipe: Option<AddItem>) {
        let Some(recipe) = recipe else { return };
        let id = self.known_id(key);
        self.base.removed.retain(|removed| removed.item_key != key);
        let add = AddItem { quantity, ..recipe };
        self.base.removed.push(super::Removed { item_key: key.to_owned(), id, add });
        if self.base.removed.len() > KEPT_REMOVED {
            self.base.removed.remove(0);
        }
    }

    /// The outbox as the engine would be told it.
    pub(super) fn outbox_commands(&self) -> Vec<Command> {
        let shown = self.shown();
        let mut there = Named::default();
        for line in &shown.lines {
            there.insert(line.key.clone(), line.quantity);
        }
        let mut commands = Vec::new();
        for todo in &self.outbox {
            let key = todo.line_key().unwrap_or("");
            let has = there.get(key).copied();
            let command = todo.command(has.is_some());
            match &command {
                Command::RemoveItem { item_key } => {
                    // what was folded away: an undo brings back the quantity that was shown
                    let here =
                        self.base.removed.iter().find(|removed| removed.item_key == *item_key);
                    let had = here.map(|removed| removed.add.quantity);
                    if let Some(quantity) = had.filter(|had| has.is_some_and(|has| has != *had)) {
                        commands.push(Command::UpdateItem { item_key: item_key.clone(), quantity });
                    }
                    there.retain(|own, _| own != key);
                }
                Command::Clear { .. } => there.clear(),
                Command::AddItem(add) => {
                    there.insert(key.to_owned(), has.unwrap_or(0.0) + add.quantity)
                }
                Command::UpdateItem { quantity, .. } => there.insert(key.to_owned(), *quantity),
                _ => {}
            }
            let clears = matches!(command, Command::Clear { .. });
            commands.push(command);
            if clears {
                // what was added and removed again since, for an undo
                for removed in &self.base.removed {
                    let item_key = removed.item_key.clone();
                    commands.push(Command::AddItem(removed.add.clone()));
                    commands.push(Command::RemoveItem { item_key });
                }
            }
        }
        commands
    }

    /// A line after base and outbox.
    fn view(&self, key: &str) -> View {
        let shown = self.shown();
        let quantity = self.quantity_after(key, self.outbox.len());
        let cleared = self.outbox.iter().any(|todo| matches!(todo.act, Act::Clear(false)));
        let here = self.base.removed.iter().find(|removed| removed.item_key == key);
        let there = || shown.removed.iter().find(|line| line.key == key && !cleared);
        let removed = match here {
            Some(removed) => Some((removed.add.quantity, removed.add.clone())),
            None => there().map(|line| {
                let recipe = self.recipes.get(key).cloned();
                (line.quantity, recipe.unwrap_or_else(|| super::document::recipe(line)))
            }),
        };
        View { quantity, removed }
    }
}

/// How many removed lines are kept for an undo.
const KEPT_REMOVED: usize = 20;

fn is_customer(command: &Command) -> bool {
    matches!(command, Command::UpdateCustomer { .. } | Command::SetAddress { .. })
}

fn merge(into: &mut Map, newer: &Map) {
    for (key, value) in newer.iter() {
        into.insert(key.to_owned(), value.clone());
    }
}

/// `cart/update` keeps digits and the point of a posted quantity (`spec/cocart-v2.md` 3.14).
fn posted_quantity(posted: &crate::value::Value) -> Option<f64> {
    use crate::value::Value;
    match posted {
        Value::Text(text) => {
            let plain: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
            Some(crate::woo::number::exact(&plain).unwrap_or(0.0))
        }
        other => other.as_f64().map(f64::abs),
    }
}
