//! One shopper's cart: the journal's base with the pending commands replayed on it.

use super::answered::Answered;
use super::learned;
use super::replay::{adopt, apply, as_it_came};
use crate::api::{self, Method, Profile, Request, Response};
use crate::browser::{AnyStorage, now};
use crate::cart::adopt::{notices, stand_ins};
use crate::cart::{self, AddItems, Before, Cart, CartHash, Command, Notice, NoticeKind};
use crate::store::{Product, Shop};
use crate::sync::{Effect, Event, Journal, Mode, Now, Status, Touched};
use crate::value::{Map, Record, Value};

/// The cart, what is known of its shop, and its journal.
pub(super) struct Session {
    shop: Shop,
    pub(super) profile: Profile,
    pub(super) journal: Journal<AnyStorage>,
    cart: Cart,
    /// Whether the cart is still what the base says.
    is_base: bool,
    /// What [`Session::display`] answered last.
    shown: Option<Answered>,
    /// The server's document whose notices the shopper has had the chance to read.
    heard: Value,
    /// What was said in answer to commands that wait: the shop will say it again.
    said: Vec<Notice>,
}

impl Session {
    /// The cart as the journal has it.
    pub(super) fn new(shop: Shop, profile: Profile, journal: Journal<AnyStorage>) -> Self {
        let heard = journal.sync().base().document.clone();
        let cart = Cart::default();
        let said = Vec::new();
        let mut session =
            Self { shop, profile, journal, cart, is_base: true, shown: None, heard, said };
        session.recall_unknown();
        session.replay();
        session
    }

    /// Answers a request. What it changed is stored before the answer is given; there are
    /// effects, perhaps none, when something changed. Whoever does not look at the headers spares
    /// them.
    pub(super) fn respond(
        &mut self,
        request: &Request,
        with_headers: bool,
    ) -> (Answered, Option<Vec<Effect>>) {
        let now = now();
        let before = Before::of(&mut self.cart);
        if request.method != Method::Get {
            // let go before the change, which can then work on the documents in place
            self.shown = None;
        }
        let (shop, cart) = (&self.shop, &mut self.cart);
        let mut answer =
            api::handle_lazily(shop, self.profile, cart, request, seconds(now), with_headers);
        let commands = std::mem::take(&mut answer.commands);
        let added = std::mem::take(&mut answer.added);
        let answered = Answered::from(answer);
        if commands.is_empty() {
            return (answered, None);
        }
        self.is_base = false;
        self.shown = None;
        let body = answered.response.body.as_ref();
        for notice in notices(body.and_then(|body| body.get("notices"))) {
            if notice.kind != NoticeKind::Success && !self.said.contains(&notice) {
                self.said.push(notice);
            }
        }
        let mut effects = Vec::new();
        for command in commands {
            let lines = touched(&before, &self.cart, &command, &added);
            effects.append(&mut self.journal.step(Event::Command { command, lines }, now));
        }
        if answered.is_whole_cart(request) {
            self.shown = Some(answered.without_notices(self.profile));
        }
        (answered, Some(effects))
    }

    /// Remembers a plugin's `cart/update` for the shop. `effects` are the requests that the app
    /// believes it comes to; one that is refused is the answer, and nothing changes.
    pub(super) fn update(
        &mut self,
        fields: Map,
        effects: &[Request],
    ) -> (Answered, Option<Vec<Effect>>) {
        let mut draft = self.cart.clone();
        let mut commands = Vec::new();
        for request in effects {
            let answer = api::handle(&self.shop, self.profile, &mut draft, request, clock());
            if answer.response.status >= 400 {
                return (answer.into(), None);
            }
            commands.extend(answer.commands);
        }
        self.cart = draft;
        self.is_base = false;
        self.shown = None;
        let command = Command::Update { fields, effects: commands };
        let effects = self.journal.step(Event::Command { command, lines: Vec::new() }, now());
        (read_cart(&self.shop, self.profile, &mut self.cart), Some(effects))
    }

    /// Learns a product from the shop's document of it and keeps it; the key it is kept under,
    /// or `None` where the document is another.
    pub(super) fn learn(&mut self, document: &Value) -> Option<String> {
        let id = self.shop.learn_product(document)?;
        let key = learned::key(&self.journal.sync().config().prefix);
        learned::keep(self.journal.storage_mut(), &key, &self.shop, id);
        self.replay();
        Some(key)
    }

    /// Learns many products from the shop's documents of them; what is to be kept of them, by
    /// whoever keeps it. Nothing is shown anew before [`Session::replay`].
    pub(super) fn learn_list(&mut self, documents: &[Value]) -> Vec<Value> {
        let mut kept = Vec::new();
        for document in documents {
            let id = document.get("id").and_then(Value::as_f64);
            let is_exact = |product: &&Product| !product.price_is_estimate;
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            if id.and_then(|id| self.shop.product(id as u64).filter(is_exact)).is_some() {
                continue; // the snapshot knows better
            }
            let Some(id) = self.shop.learn_product(document) else { continue };
            let product = self.shop.product(id).into_iter();
            kept.extend(product.chain(self.shop.variations(id)).map(Record::write));
        }
        kept
    }

    /// Takes back what was kept of products; how many it were.
    pub(super) fn recall_list(&mut self, kept: &[Value]) -> usize {
        let products = kept.iter().filter_map(|value| Product::read(value).ok());
        products.filter(|product| product.id != 0).map(|product| self.recall_one(product)).count()
    }

    /// What the snapshot tells of a product is exact, and goes before what was learned.
    fn recall_one(&mut self, product: Product) {
        if self.shop.product(product.id).is_none_or(|known| known.price_is_estimate) {
            self.shop.put_product(product);
        }
    }

    /// Another snapshot of the shop takes the place of the one before.
    pub(super) fn restock(&mut self, shop: Shop) {
        self.shop = shop;
        self.recall_unknown();
        self.replay();
    }

    /// Another tab learned products; false where the key is another record's.
    pub(super) fn recall(&mut self, key: &str) -> bool {
        if key != learned::key(&self.journal.sync().config().prefix) {
            return false;
        }
        self.recall_unknown();
        self.replay();
        true
    }

    fn recall_unknown(&mut self) {
        let key = learned::key(&self.journal.sync().config().prefix);
        for product in learned::read(self.journal.storage(), &key) {
            self.recall_one(product);
        }
    }

    /// Starts again from the base: somebody else changed something.
    pub(super) fn replay(&mut self) {
        let base = self.journal.sync().base();
        if !self.shop.snapshot().complete
            && let Some(currency) = base.document.get("currency")
        {
            self.shop.learn_currency(currency);
        }
        for product in stand_ins(&self.shop, &base.document) {
            self.shop.put_product(product);
        }
        let mut cart = match &base.model {
            Some(model) => Cart::read(model).unwrap_or_default(),
            None => adopt(&self.shop, self.profile, base, clock()),
        };
        cart.key.clone_from(&base.cart_key);
        let aliases = self.journal.sync().aliases();
        cart.aliases = aliases.map(|(own, given)| (own.to_owned(), given.to_owned())).collect();
        // a notice is told once: a document's, and what was answered here before the shop echoed it
        let unread = std::mem::take(&mut self.cart.notices);
        let mut told = std::mem::take(&mut cart.notices);
        if base.model.is_none() {
            let is_news = base.document != self.heard;
            told.retain(|notice| {
                let is_echo = notice.kind == NoticeKind::Success || self.said.contains(notice);
                (is_news && !is_echo) || unread.contains(notice)
            });
            if is_news {
                self.heard = base.document.clone();
            }
        }
        let mut waits = false;
        for command in self.journal.sync().pending() {
            waits = true;
            apply(&self.shop, self.profile, &mut cart, &command, clock());
        }
        if !waits {
            self.said.clear();
        }
        cart.notices.retain(|notice| unread.contains(notice) && !told.contains(notice));
        told.append(&mut cart.notices);
        cart.notices = told;
        self.cart = cart;
        self.is_base = true;
        self.shown = None;
    }

    /// The cart as a document, without consuming a notice or dropping a line.
    pub(super) fn display(&mut self) -> Answered {
        if let Some(shown) = &self.shown {
            return shown.clone();
        }
        let shown = match self.as_it_came() {
            Some(document) => Response::ok(document).into(),
            None => self.document(&mut self.cart.clone()),
        };
        self.shown = Some(shown.clone());
        shown
    }

    /// The hash of a document that was answered.
    pub(super) fn hash(&self, hash: &CartHash) -> String {
        hash.text(&self.cart)
    }

    /// Whether the cart shown is the shop's own word.
    pub(super) fn is_confirmed(&self) -> bool {
        self.as_it_came().is_some()
    }

    fn as_it_came(&self) -> Option<Value> {
        let sync = self.journal.sync();
        let is_settled = self.is_base && sync.pending().is_empty();
        if is_settled { as_it_came(self.profile, sync.base()) } else { None }
    }

    /// JSON pointers to what the server may see otherwise: what the engine only guesses, and what
    /// waits for the server's word.
    pub(super) fn estimated(&self) -> Vec<String> {
        if self.as_it_came().is_some() {
            return Vec::new();
        }
        let mut pointers = cart::estimates(&self.shop, &self.cart);
        let sync = self.journal.sync();
        if sync.config().mode != Mode::Off {
            let mut add = |pointer: &str| {
                if !pointers.iter().any(|known| known == pointer) {
                    pointers.push(pointer.to_owned());
                }
            };
            for command in sync.pending() {
                let part = match command {
                    Command::ApplyCoupon { .. } | Command::RemoveCoupon { .. } => "/coupons",
                    Command::AddFee(_) | Command::RemoveFees => "/fees",
                    Command::ChooseShippingRate { .. } => "/shipping",
                    _ => continue,
                };
                add(part);
                add("/totals");
            }
            // the server shows fees, not how they are taxed
            if !self.cart.fees.is_empty() {
                add("/fees");
                add("/totals");
            }
        }
        pointers
    }

    /// The cart of a shopper who has none.
    pub(super) fn empty(&self) -> Answered {
        self.document(&mut Cart::default())
    }

    fn document(&self, cart: &mut Cart) -> Answered {
        // what was said already is not said again
        cart.notices.clear();
        read_cart(&self.shop, self.profile, cart)
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

/// What a command added, item by item. A line that took several items grew by all of them.
fn touched(before: &Before, cart: &Cart, command: &Command, added: &[String]) -> Vec<Touched> {
    if added.is_empty() {
        return Vec::new();
    }
    let mut grown = before.grown(cart);
    let own = |(at, item_key): (usize, &String)| {
        let mut touched = Touched { item_key: item_key.clone(), ..Touched::default() };
        if let Some((line, left)) = grown.iter_mut().find(|(line, _)| line.key == *item_key) {
            touched.quantity = match command {
                Command::AddItems(AddItems::List { items }) => {
                    items.get(at).map_or(0.0, |item| left.min(item.quantity))
                }
                _ => *left,
            };
            *left -= touched.quantity;
            #[allow(clippy::cast_possible_wrap)]
            let id = line.sold_id() as i64;
            touched.id = id;
        }
        touched
    };
    added.iter().enumerate().map(own).collect()
}

/// `GET cart`
fn read_cart(shop: &Shop, profile: Profile, cart: &mut Cart) -> Answered {
    let request = Request::new(Method::Get, "/cocart/v2/cart");
    api::handle_lazily(shop, profile, cart, &request, clock(), false).into()
}

fn clock() -> i64 {
    seconds(now())
}

fn seconds(now: Now) -> i64 {
    now.wall_ms / 1000
}
