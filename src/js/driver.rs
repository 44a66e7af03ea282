//! Lets things happen to the cart, one after another, and has done what follows from them.

use super::answered::Answered;
use super::news::News;
use super::options::Options;
use super::session::Session;
use super::syncing::Syncing;
use super::words;
use crate::api::{self, Request, Response};
use crate::browser::{Happening, Platform, is_online, now, random};
use crate::cart::CartHash;
use crate::ports::Storage;
use crate::store::Shop;
use crate::sync::{Effect, Event, Journal, Mode, Notification, Status};
use crate::value::{Map, Record, Value};
use js_sys::{Function, Promise};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};
use wasm_bindgen::JsValue;

/// An open cart.
pub(super) struct Driver {
    session: RefCell<Session>,
    platform: RefCell<Option<Platform>>,
    waiting: RefCell<VecDeque<Happening>>,
    news: News,
    at_work: Cell<bool>,
    syncing: Syncing,
    first: RefCell<Vec<Effect>>,
    storage: &'static str,
}

impl Driver {
    /// Opens the cart as it is stored.
    pub(super) fn open(options: Options, tell: Function) -> Rc<Self> {
        let Options { shop, profile, mut config, storage, transport } = options;
        let name = storage.name();
        let shared = storage.has_readers();
        Rc::new_cyclic(|own: &Weak<Self>| {
            let own = own.clone();
            let report = Rc::new(move |happening| {
                if let Some(driver) = own.upgrade() {
                    driver.happen(happening);
                }
            });
            let platform = Platform::new(&config.prefix, &storage, transport, report);
            // nobody else can write to a cart that is in memory alone
            config.locks = !shared || platform.has_locks();
            let (journal, first) = Journal::open(config, storage, now(), random());
            Self {
                session: RefCell::new(Session::new(shop, profile, journal)),
                platform: RefCell::new(Some(platform)),
                waiting: RefCell::default(),
                news: News::new(tell),
                at_work: Cell::new(false),
                syncing: Syncing::default(),
                first: RefCell::new(first),
                storage: name,
            }
        })
    }

    /// Does what the journal wanted done when it was opened.
    pub(super) fn start(&self) {
        let effects = self.first.take();
        self.carry_out(effects);
        self.work();
    }

    /// Answers a request of the shopper.
    pub(super) fn respond(&self, request: &Request, with_headers: bool) -> Answered {
        let Ok(mut session) = self.session.try_borrow_mut() else { return Answered::busy() };
        let answered = session.respond(request, with_headers);
        drop(session);
        self.answer(answered)
    }

    /// Remembers a plugin's `cart/update`, with the requests it is believed to come to.
    pub(super) fn update(&self, fields: Map, effects: &[Request]) -> Answered {
        let Ok(mut session) = self.session.try_borrow_mut() else { return Answered::busy() };
        let answered = session.update(fields, effects);
        drop(session);
        self.answer(answered)
    }

    fn answer(&self, (response, effects): (Answered, Option<Vec<Effect>>)) -> Answered {
        if let Some(effects) = effects {
            self.say("change", JsValue::UNDEFINED);
            self.carry_out(effects);
        }
        self.work();
        response
    }

    /// What HTTP adds to an answer: a tag, or that the client holds it already.
    pub(super) fn revalidate(&self, request: &Request, response: &mut Response) {
        if let Ok(session) = self.session.try_borrow() {
            api::revalidate(session.profile, request, response);
        }
    }

    /// Something happened; it waits its turn.
    fn happen(&self, happening: Happening) {
        self.waiting.borrow_mut().push_back(happening);
        self.work();
    }

    fn work(&self) {
        if self.at_work.replace(true) {
            return;
        }
        loop {
            let next = self.waiting.borrow_mut().pop_front();
            let Some(happening) = next else { break };
            let effects = self.step(happening);
            self.carry_out(effects);
        }
        self.at_work.set(false);
        self.news.tell();
    }

    fn step(&self, happening: Happening) -> Vec<Effect> {
        let Ok(mut session) = self.session.try_borrow_mut() else { return Vec::new() };
        let journal = &mut session.journal;
        let now = now();
        // what may be the end of a flush, and the HTTP status that came with it
        let http = match &happening {
            Happening::Answer { outcome, .. } => Some(outcome.status()),
            Happening::LockGranted => Some(0),
            Happening::Timer if journal.sync().status().syncing => Some(0),
            _ => None,
        };
        let effects = match happening {
            Happening::LockGranted => journal.lock_granted(now),
            Happening::LockLost => journal.step(Event::LockLost, now),
            Happening::Answer { id, outcome } => journal.answer(id, outcome, now),
            Happening::Timer => journal.step(Event::Timer, now),
            Happening::Online(online) => journal.step(Event::Online(online), now),
            Happening::Visible(visible) => journal.visible(visible, now),
            Happening::PageHide => journal.step(Event::PageHide, now),
            Happening::PageShow => journal.page_show(now),
            Happening::Written { key } => {
                if !key.starts_with(&journal.sync().config().prefix) {
                    return Vec::new();
                }
                if session.recall(&key) {
                    drop(session);
                    self.say("change", JsValue::UNDEFINED);
                    return Vec::new();
                }
                session.journal.storage_changed(&key, now)
            }
        };
        if let Some(http) = http {
            let status = session.status();
            drop(session);
            self.failed(status, http);
        }
        effects
    }

    fn carry_out(&self, effects: Vec<Effect>) {
        for effect in effects {
            let Ok(mut platform) = self.platform.try_borrow_mut() else { return };
            let Some(platform) = platform.as_mut() else { return };
            match effect {
                Effect::Send(outgoing) => platform.send(outgoing),
                Effect::AcquireLock => {
                    if !platform.ask_for_lock() {
                        self.waiting.borrow_mut().push_back(Happening::LockGranted);
                    }
                }
                Effect::ReleaseLock => platform.release_lock(),
                Effect::SetTimer { after_ms } => platform.set_timer(after_ms),
                Effect::Broadcast { key } => platform.broadcast(&key),
                Effect::Emit(notification) => self.notify(notification),
                Effect::AskForCredentials => {
                    let problem = words::unauthorized();
                    self.syncing.settle(&problem);
                    self.say("error", problem);
                }
                Effect::AskForFold => self.fold(),
                // the journal has carried these out
                Effect::Write { .. }
                | Effect::Delete { .. }
                | Effect::Quarantine { .. }
                | Effect::Erase => {}
            }
        }
    }

    fn fold(&self) {
        let Ok(mut session) = self.session.try_borrow_mut() else { return };
        let model = session.fold();
        // folding asks for nothing but writes
        drop(session.journal.step(Event::Fold { model }, now()));
    }

    fn notify(&self, notification: Notification) {
        let detail = words::detail(&notification);
        match notification {
            Notification::Changed => {
                if let Ok(mut session) = self.session.try_borrow_mut() {
                    session.replay();
                }
                self.say("change", detail);
            }
            Notification::Synced => {
                self.syncing.settle(&JsValue::UNDEFINED);
                self.say("sync", detail);
            }
            Notification::Pending(_) => self.say("pending", detail),
            Notification::Conflict(_) | Notification::CartExpired { .. } => {
                self.say("conflict", detail);
            }
            Notification::Online => self.say("online", detail),
            Notification::Offline => self.say("offline", detail),
            Notification::Retry { .. } => self.say("retry", detail),
            Notification::Problem { .. } => self.say("error", detail),
        }
    }

    fn say(&self, kind: &'static str, detail: JsValue) {
        self.news.add(kind, detail);
    }

    fn failed(&self, status: Status, http: u16) {
        if status.failing {
            self.syncing.settle(&words::offline(http));
        } else if status.full {
            let message = "There is no room to keep what is to be sent.";
            self.syncing.settle(&words::problem(0, "storage_quota", message));
        }
    }

    fn event(&self, event: Event) {
        if let Ok(mut session) = self.session.try_borrow_mut() {
            let effects = session.journal.step(event, now());
            drop(session);
            self.carry_out(effects);
        }
        self.work();
    }

    /// A promise of nothing, or of an error document.
    pub(super) fn sync(&self) -> Promise {
        let off = self
            .session
            .try_borrow()
            .is_ok_and(|session| session.journal.sync().config().mode == Mode::Off);
        if off {
            return Promise::resolve(&JsValue::UNDEFINED);
        }
        let promise = self.syncing.promise();
        self.event(Event::SyncNow);
        if let Some(problem) = self.hindrance() {
            self.syncing.settle(&problem);
        }
        promise
    }

    /// Why nothing can be sent now, so that nobody waits for it.
    fn hindrance(&self) -> Option<JsValue> {
        let status = self.session.try_borrow().ok()?.status();
        if status.read_only {
            let message = "A newer version of this shop's page keeps the cart.";
            Some(words::problem(0, "storage_newer_schema", message))
        } else if status.unauthorized {
            Some(words::unauthorized())
        } else {
            (!is_online()).then(|| words::offline(0))
        }
    }

    pub(super) fn display(&self) -> Option<Answered> {
        Some(self.session.try_borrow_mut().ok()?.display())
    }

    pub(super) fn empty(&self) -> Option<Answered> {
        Some(self.session.try_borrow().ok()?.empty())
    }

    /// The hash of a document that was answered; nothing while the cart is at work.
    pub(super) fn hash(&self, hash: &CartHash) -> Option<String> {
        Some(self.session.try_borrow().ok()?.hash(hash))
    }

    pub(super) fn status(&self) -> Value {
        let Ok(session) = self.session.try_borrow() else { return Value::Null };
        let (status, estimated) = (session.status(), session.estimated());
        words::status(&status, &estimated, session.is_confirmed(), self.storage)
    }

    pub(super) fn pending(&self) -> Value {
        let Ok(session) = self.session.try_borrow() else { return Value::empty_array() };
        let commands = session.journal.sync().pending();
        Value::from(commands.iter().map(Record::write).collect::<Vec<_>>())
    }

    pub(super) fn conflicts(&self) -> Value {
        let Ok(session) = self.session.try_borrow() else { return Value::empty_array() };
        let conflicts = session.journal.sync().conflicts();
        Value::from(conflicts.iter().map(words::conflict).collect::<Vec<_>>())
    }

    pub(super) fn retry(&self, conflict: String) {
        self.event(Event::Retry { conflict });
    }

    pub(super) fn dismiss(&self, conflict: String) {
        self.event(Event::Dismiss { conflict });
    }

    /// Learns a product from the shop's own document of it; false where it is none.
    pub(super) fn learn(&self, document: &Value) -> bool {
        let Ok(mut session) = self.session.try_borrow_mut() else { return false };
        let Some(key) = session.learn(document) else { return false };
        drop(session);
        if let Ok(platform) = self.platform.try_borrow()
            && let Some(platform) = platform.as_ref()
        {
            platform.broadcast(&key);
        }
        self.say("change", JsValue::UNDEFINED);
        self.work();
        true
    }

    /// Learns the products of a list of the shop's documents, or of what was kept of them; what is
    /// to be kept.
    pub(super) fn learn_list(&self, list: &Value, was_kept: bool) -> Value {
        let Ok(mut session) = self.session.try_borrow_mut() else { return Value::Null };
        let list = list.as_array().unwrap_or_default();
        if was_kept {
            #[allow(clippy::cast_possible_wrap)]
            return Value::Int(session.recall_list(list) as i64);
        }
        session.learn_list(list).into()
    }

    /// Shows the cart as it is with what was learned, or in another snapshot of the shop.
    pub(super) fn restock(&self, shop: Option<Shop>) {
        let Ok(mut session) = self.session.try_borrow_mut() else { return };
        match shop {
            Some(shop) => session.restock(shop),
            None => session.replay(),
        }
        drop(session);
        self.say("change", JsValue::UNDEFINED);
        self.work();
    }

    /// The lines of an expired cart that the shopper may have back.
    pub(super) fn offer(&self) -> Value {
        let Ok(session) = self.session.try_borrow() else { return Value::empty_array() };
        session.journal.sync().offer().write()
    }

    pub(super) fn answer_offer(&self, wanted: bool) {
        self.event(if wanted { Event::AcceptOffer } else { Event::DeclineOffer });
    }

    pub(super) fn hand_over(&self) -> String {
        self.event(Event::CheckoutStarted);
        self.session.try_borrow().map_or_else(|_| String::new(), |s| s.cart_key().to_owned())
    }

    /// The shopper is a customer now, or has fresh credentials.
    pub(super) fn signed_in(&self) {
        self.event(Event::SignedIn);
    }

    /// The customer is gone, and with them what is kept of their cart.
    pub(super) fn signed_out(&self) {
        self.event(Event::SignedOut);
    }

    pub(super) fn forget(&self) {
        self.event(Event::Forget);
    }

    pub(super) fn close(&self) {
        self.event(Event::PageHide);
        if let Ok(mut platform) = self.platform.try_borrow_mut() {
            *platform = None;
        }
        let closed = words::problem(0, "cocart_wasm_closed", "This cart was closed.");
        self.syncing.settle(&closed);
    }
}
