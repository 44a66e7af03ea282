//! Carts that are bought at any moment, and what may be left of them.

use super::World;
use crate::server::CUSTOMER;
use crate::shopper::{asks, product_of};
use cocart_wasm::api::{Body, Request};
use cocart_wasm::cart::Command;
use cocart_wasm::sync::{Event, Sync};
use cocart_wasm::value::Value;

/// What an order leaves of a product in the cart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// It was bought, and nothing more was asked for: it must not come back.
    Nothing,
    /// It was changed at about the same time: nobody can say whether before or after.
    Something,
}

impl World {
    /// The cart is handed over; once it is, or where it is a customer's, it is bought.
    pub(super) fn order(&mut self, tab: usize) {
        let Some(own) = self.tabs.get(&tab) else { return };
        let key = Some(own.journal.sync().base().cart_key.clone());
        // the checkout buys what it was handed, whatever key the cart has moved to since
        if !self.signed_in && self.handed_over != key {
            self.note(|| format!("tab {tab} hands the cart over"));
            self.happen(tab, |journal, now| journal.step(Event::CheckoutStarted, now));
            // a page that is killed leads nowhere
            self.handed_over = key.filter(|_| self.tabs.contains_key(&tab));
            return;
        }
        let quiet = std::mem::replace(&mut self.quiet, true);
        let live: Vec<usize> =
            self.tabs.iter().filter(|(_, own)| !own.frozen).map(|(id, _)| *id).collect();
        for tab in live {
            self.deliver(tab);
        }
        self.quiet = quiet;
        let Some(own) = self.tabs.get(&tab) else { return };
        let key = own.journal.sync().base().cart_key.clone();
        let key = if self.signed_in { CUSTOMER.to_owned() } else { key };
        let Some(cart) = self.server.carts.get_mut(&key).filter(|cart| !cart.lines.is_empty())
        else {
            return;
        };
        let bought = cart.by_product();
        cart.lines.clear();
        cart.removed.clear();
        self.troubles.turns += 1;
        self.handed_over = None;
        self.note(|| format!("bought: {bought:?}"));
        let journals = || self.tabs.values().map(|tab| tab.journal.sync());
        let waiting: Vec<Command> = journals().flat_map(Sync::pending).collect();
        // an empty cart is what a clear leaves as well: it may still come, after whatever was added since
        let clears = waiting.iter().any(is_clear);
        // a full storage may hold what a tab has done with
        let suspect =
            self.shared.borrow().store.is_limited() || journals().any(|sync| sync.status().suspect);
        for id in 1..=5 {
            let there = bought.contains_key(&id);
            let waits = waiting.iter().any(|command| changes(command, id));
            let sent = suspect || self.last_write.as_ref().is_some_and(|last| writes(last, id));
            if there && !waits && !sent {
                self.left.insert(id, Left::Nothing);
                self.asked.lines.remove(&id);
            } else if there || clears || (sent && self.asked.lines.contains_key(&id)) {
                self.left.insert(id, Left::Something);
            }
        }
        self.asked.removed.clear();
    }

    /// The shopper asked for something more of a product.
    pub(super) fn mention(&mut self, id: i64) {
        if let Some(left) = self.left.get_mut(&id) {
            *left = Left::Something;
        }
    }
}

fn changes(command: &Command, id: i64) -> bool {
    match command {
        Command::RemoveItem { item_key } | Command::RestoreItem { item_key } => {
            product_of(item_key) == Some(id)
        }
        other => is_clear(other) || asks(other).iter().any(|asked| asked.0 == id),
    }
}

const fn is_clear(command: &Command) -> bool {
    matches!(command, Command::Clear { .. })
}

/// Whether a write concerns a product: what it says of it may come before the order or after it.
fn writes(request: &Request, id: i64) -> bool {
    let added = match &request.body {
        Body::Json(body) => body.get("id").and_then(Value::as_str) == Some(&*id.to_string()),
        _ => false,
    };
    let key = request.path.rsplit('/').next().filter(|key| key.len() == 32);
    added || request.path.ends_with("/clear") || key.and_then(product_of) == Some(id)
}
