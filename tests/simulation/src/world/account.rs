//! Customers: signing in and out, credentials that are refused, a second device.

use super::{World, show};
use crate::server::{CUSTOMER, Cart, error};
use crate::shopper::{View, product_of};
use cocart_wasm::api::{Body, Method, Request};
use cocart_wasm::map;
use cocart_wasm::sync::{Event, Outcome, Outgoing};
use cocart_wasm::value::Value;

impl World {
    pub(super) fn sign_in(&mut self, tab: usize) {
        self.signed_in = true;
        self.troubles.turns += 1;
        self.note(|| "signs in".into());
        let quiet = std::mem::replace(&mut self.quiet, true);
        self.deliver(tab);
        self.happen(tab, |journal, now| journal.step(Event::SignedIn, now));
        self.quiet = quiet;
    }

    /// Everything of the customer's goes from this device, with what waited to be sent.
    pub(super) fn sign_out(&mut self, tab: usize) {
        self.signed_in = false;
        self.signed_out = true;
        self.troubles.turns += 1;
        self.note(|| "signs out".into());
        let quiet = std::mem::replace(&mut self.quiet, true);
        self.deliver(tab);
        self.happen(tab, |journal, now| journal.step(Event::SignedOut, now));
        self.quiet = quiet;
        self.asked = View::default();
    }

    /// From now on the shop refuses the customer's credentials, until the app has new ones.
    pub(super) fn revoke(&mut self) {
        self.revoked = true;
        self.troubles.turns += 1;
        self.note(|| "the credentials run out".into());
    }

    /// What the shop says to credentials that ran out: no, in one of its ways, or nothing at all,
    /// and serves a stranger's cart.
    pub(super) fn refuses(&mut self, out: &Outgoing, wall: i64) -> Option<Outcome> {
        if !(out.authorized && self.revoked) {
            return None;
        }
        Some(match self.rng.u32(0..4) {
            0 => error(401, "cocart_authentication_error"),
            1 => error(403, "cocart_authentication_error"),
            2 => error(401, "rest_not_logged_in"),
            _ => self.server.handle(&out.request, false, wall),
        })
    }

    /// The app was asked for credentials a while ago.
    pub(super) fn credentials(&mut self, tab: usize) {
        let Some(own) = self.tabs.get(&tab) else { return };
        if !own.journal.sync().status().unauthorized || !self.signed_in {
            return;
        }
        if own.frozen {
            return self.later(1_000, super::Later::Credentials { tab });
        }
        self.revoked = false;
        self.note(|| format!("tab {tab} gets fresh credentials"));
        self.happen(tab, |journal, now| journal.step(Event::SignedIn, now));
    }

    pub(super) fn other_device(&mut self) {
        self.troubles.turns += 1;
        let id = self.rng.i64(1..4);
        let quantity = f64::from(self.rng.u32(1..4));
        let item = self.server.shop.key(id);
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
        let there = self.server.carts.get(CUSTOMER).map(Cart::by_product).unwrap_or_default();
        self.brought.insert(id, there.get(&id).copied().unwrap_or(0.0));
        self.meet();
    }

    /// Where the other device brings a line to the very quantity that a write of ours asks for,
    /// nobody can tell whose doing it is (`docs/sync.md`, the limits).
    pub(super) fn meet(&mut self) {
        let Some(Request { path, body: Body::Json(body), .. }) = &self.last_write else { return };
        let id = path.rsplit('/').next().and_then(product_of);
        let asked = body.get("quantity").and_then(Value::as_str).and_then(|text| text.parse().ok());
        if let (Some(id), Some(asked)) = (id, asked)
            && self.brought.get(&id) == Some(&asked)
        {
            self.met.insert(id);
        }
    }
}
