//! One shopper's cart: the journal's base with the pending commands replayed on it.

use super::codec::Text;
use super::replay::{adopt, apply, as_it_came, stand_ins};
use crate::api::{self, Body, Method, Profile, Request, Response};
use crate::browser::{AnyStorage, now};
use crate::cart::{AddItems, Cart, Command, Line};
use crate::store::Shop;
use crate::sync::{Effect, Event, Journal, Status, Touched};
use crate::value::{Record, Value};

/// The cart, what is known of its shop, and its journal.
pub(super) struct Session {
    shop: Shop,
    profile: Profile,
    pub(super) journal: Journal<AnyStorage, Text>,
    cart: Cart,
    /// Whether the cart is still what the base says.
    is_base: bool,
    /// What [`Session::display`] answered last.
    shown: Option<Value>,
}

impl Session {
    /// The cart as the journal has it.
    pub(super) fn new(shop: Shop, profile: Profile, journal: Journal<AnyStorage, Text>) -> Self {
        let mut session =
            Self { shop, profile, journal, cart: Cart::default(), is_base: true, shown: None };
        session.replay();
        session
    }

    /// Answers a request. What it changed is stored before the answer is given; there are
    /// effects, perhaps none, when something changed.
    pub(super) fn respond(&mut self, request: &Request) -> (Response, Option<Vec<Effect>>) {
        let before = Quantities::of(&self.cart, request);
        let answer = api::handle(&self.shop, self.profile, &mut self.cart, request, clock());
        let Some(command) = answer.command else {
            return (answer.response, None);
        };
        self.is_base = false;
        self.shown = None;
        let lines = before.touched(&self.cart, &command);
        let effects = self.journal.step(Event::Command { command, lines }, now());
        (answer.response, Some(effects))
    }

    /// Starts again from the base: somebody else changed something.
    pub(super) fn replay(&mut self) {
        let base = self.journal.sync().base();
        for product in stand_ins(&self.shop, &base.document) {
            self.shop.put_product(product);
        }
        let mut cart = match &base.model {
            Some(model) => Cart::read(model).unwrap_or_default(),
            None => adopt(&self.shop, self.profile, base, clock()),
        };
        cart.key.clone_from(&base.cart_key);
        for command in self.journal.sync().pending() {
            apply(&self.shop, self.profile, &mut cart, &command, clock());
        }
        self.cart = cart;
        self.is_base = true;
        self.shown = None;
    }

    /// The cart as a document, without consuming a notice or dropping a line.
    pub(super) fn display(&mut self) -> Value {
        if let Some(shown) = &self.shown {
            return shown.clone();
        }
        let shown = match self.as_it_came() {
            Some(document) => document,
            None => self.document(&mut self.cart.clone()),
        };
        self.shown = Some(shown.clone());
        shown
    }

    fn as_it_came(&self) -> Option<Value> {
        let sync = self.journal.sync();
        let is_settled = self.is_base && sync.pending().is_empty();
        if is_settled { as_it_came(self.profile, sync.base()) } else { None }
    }

    /// The parts of the displayed document that the server may see otherwise.
    pub(super) fn estimated(&self) -> Vec<Value> {
        let is_guess = |line: &Line| {
            self.shop.product(line.sold_id()).is_none_or(|product| product.price_is_estimate)
        };
        if !self.cart.lines.iter().any(is_guess) || self.as_it_came().is_some() {
            return Vec::new();
        }
        vec!["items".into(), "taxes".into(), "totals".into()]
    }

    /// The cart of a shopper who has none.
    pub(super) fn empty(&self) -> Value {
        self.document(&mut Cart::default())
    }

    fn document(&self, cart: &mut Cart) -> Value {
        // what was said already is not said again
        cart.notices.clear();
        let request = Request::new(Method::Get, "/cocart/v2/cart");
        let answer = api::handle(&self.shop, self.profile, cart, &request, clock());
        answer.response.body.unwrap_or_default()
    }

    /// The cart's model for the journal, where no server keeps it.
    pub(super) fn fold(&self) -> Value {
        self.cart.write()
    }

    /// The key the shopper's cart has on the server.
    pub(super) fn cart_key(&self) -> &str {
        &self.journal.sync().base().cart_key
    }

    /// How things stand.
    pub(super) fn status(&self) -> Status {
        self.journal.sync().status()
    }
}

/// How many of each line there were before a request that may add to them.
struct Quantities(Option<Vec<(String, f64)>>);

impl Quantities {
    fn of(cart: &Cart, request: &Request) -> Self {
        let adds = request.method == Method::Post
            && request.path.contains("/cart/add-item")
            && request.body != Body::MalformedJson;
        Self(
            adds.then(|| cart.lines.iter().map(|line| (line.key.clone(), line.quantity)).collect()),
        )
    }

    /// The lines that the command added to, in the order of its items.
    fn touched(&self, cart: &Cart, command: &Command) -> Vec<Touched> {
        let items = match command {
            Command::AddItem(_) => 1,
            Command::AddItems(AddItems::List { items }) => items.len(),
            Command::AddItems(AddItems::Group { quantity, .. }) => quantity.len(),
            _ => return Vec::new(),
        };
        let Some(before) = &self.0 else { return Vec::new() };
        let was = |key: &str| before.iter().find(|(k, _)| k == key).map_or(0.0, |(_, q)| *q);
        let grown = |line: &Line| {
            let quantity = line.quantity - was(&line.key);
            #[allow(clippy::cast_possible_wrap)]
            let id = line.sold_id() as i64;
            (quantity > 0.0).then(|| Touched { item_key: line.key.clone(), id, quantity })
        };
        cart.lines.iter().filter_map(grown).take(items).collect()
    }
}

fn clock() -> i64 {
    now().wall_ms / 1000
}
