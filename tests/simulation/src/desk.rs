//! One page and one shop without chance: for tests that say what happens, step by step.

use crate::server::{Server, local_key};
use crate::shopper::{View, visible};
use crate::storage::{Shared, TabStorage};
use cocart_wasm::cart::{AddItem, Command};
use cocart_wasm::sync::{
    Config, Conflict, Effect, Event, Journal, Notification, Now, Outcome, Outgoing, Touched,
};
use std::cell::RefCell;
use std::rc::Rc;

/// The shop, the browser's storage and its clocks.
#[derive(Default)]
pub struct Desk {
    pub server: Server,
    pub shared: Rc<RefCell<Shared>>,
    pub now: Now,
    pages: u8,
}

/// One page load.
pub struct Page {
    pub journal: Journal<TabStorage>,
    pub sent: Vec<Outgoing>,
    pub told: Vec<Notification>,
    pub timer: Option<i64>,
    pub asked_for_credentials: bool,
    pub wants_lock: bool,
}

impl Desk {
    /// A shop, on some day.
    pub fn new() -> Self {
        Self { now: Now { steady_ms: 1_000_000, wall_ms: 1_700_000_000_000 }, ..Self::default() }
    }

    /// A page load with the usual settings.
    pub fn page(&mut self) -> Page {
        self.page_with(Config { prefix: "shop:".into(), ..Config::default() })
    }

    /// A page load.
    pub fn page_with(&mut self, config: Config) -> Page {
        self.pages += 1;
        let storage = TabStorage { tab: self.pages.into(), shared: Rc::clone(&self.shared) };
        let (journal, effects) = Journal::open(config, storage, self.now, [self.pages; 32]);
        let mut page = Page {
            journal,
            sent: Vec::new(),
            told: Vec::new(),
            timer: None,
            asked_for_credentials: false,
            wants_lock: false,
        };
        page.carry_out(effects, self.now);
        page
    }

    /// Both clocks go on, and the page's timer rings if it is time.
    pub fn wait(&mut self, page: &mut Page, ms: i64) {
        self.now.steady_ms += ms;
        self.now.wall_ms += ms;
        if page.timer.is_some_and(|at| at <= self.now.steady_ms) {
            page.timer = None;
            page.event(Event::Timer, self.now);
        }
    }

    /// The shop carries the oldest request out; its answer is not delivered.
    pub fn lands(&mut self, page: &mut Page) -> (u64, Outcome) {
        let out = page.sent.remove(0);
        (out.id, self.server.handle(&out.request, out.authorized, self.now.wall_ms))
    }

    /// The oldest request is answered by the shop.
    pub fn answers(&mut self, page: &mut Page) {
        let (id, outcome) = self.lands(page);
        page.answer(id, outcome, self.now);
    }

    /// The oldest request is answered otherwise, and never reaches the shop.
    pub fn fails(&mut self, page: &mut Page, outcome: Outcome) {
        let out = page.sent.remove(0);
        page.answer(out.id, outcome, self.now);
    }

    /// Until nothing is under way.
    pub fn settles(&mut self, page: &mut Page) -> usize {
        let mut requests = 0;
        for _ in 0..1000 {
            if !page.sent.is_empty() {
                requests += 1;
                self.answers(page);
            } else if !page.journal.sync().is_settled() && page.timer.is_some() {
                let at = page.timer.unwrap_or(0);
                self.wait(page, (at - self.now.steady_ms).max(0));
            } else {
                break;
            }
        }
        requests
    }

    /// What the shop has under the page's key.
    pub fn cart_of(&self, page: &Page) -> Vec<(i64, f64)> {
        let key = &page.journal.sync().base().cart_key;
        self.server
            .carts
            .get(key)
            .map(|cart| cart.by_product().into_iter().collect())
            .unwrap_or_default()
    }
}

impl Page {
    /// Something happens.
    pub fn event(&mut self, event: Event, now: Now) {
        self.happens(now, |journal, now| journal.step(event, now));
    }

    /// Something happens of which the journal has to read more.
    pub fn happens(
        &mut self,
        now: Now,
        what: impl FnOnce(&mut Journal<TabStorage>, Now) -> Vec<Effect>,
    ) {
        let effects = what(&mut self.journal, now);
        self.carry_out(effects, now);
    }

    /// A request comes to an end.
    pub fn answer(&mut self, id: u64, outcome: Outcome, now: Now) {
        self.happens(now, |journal, now| journal.answer(id, outcome, now));
    }

    /// Carries effects out; the lock is always free.
    pub fn carry_out(&mut self, effects: Vec<Effect>, now: Now) {
        for effect in effects {
            match effect {
                Effect::AcquireLock if !self.wants_lock => {
                    let effects = self.journal.lock_granted(now);
                    self.carry_out(effects, now);
                }
                Effect::Send(out) => self.sent.push(out),
                Effect::SetTimer { after_ms } => self.timer = Some(now.steady_ms + after_ms),
                Effect::Emit(told) => self.told.push(told),
                Effect::AskForCredentials => self.asked_for_credentials = true,
                _ => {}
            }
        }
    }

    /// Adds so many of a product.
    pub fn add(&mut self, id: i64, quantity: f64, now: Now) {
        self.add_item(AddItem { id: id.to_string(), quantity, ..AddItem::default() }, now);
    }

    /// Adds an item.
    pub fn add_item(&mut self, item: AddItem, now: Now) {
        let id = item.id.parse().unwrap_or(0);
        let lines = vec![Touched { item_key: local_key(id), id, quantity: item.quantity }];
        self.event(Event::Command { command: Command::AddItem(item), lines }, now);
    }

    /// Any other command.
    pub fn command(&mut self, command: Command, now: Now) {
        self.event(Event::Command { command, lines: Vec::new() }, now);
    }

    /// Sets a line's quantity.
    pub fn set(&mut self, id: i64, quantity: f64, now: Now) {
        self.command(Command::UpdateItem { item_key: local_key(id), quantity }, now);
    }

    /// Removes a line.
    pub fn remove(&mut self, id: i64, now: Now) {
        self.command(Command::RemoveItem { item_key: local_key(id) }, now);
    }

    /// What the shopper sees.
    pub fn shows(&self) -> Vec<(i64, f64)> {
        self.view().lines.into_iter().collect()
    }

    /// What the shopper sees, removed lines too.
    pub fn view(&self) -> View {
        visible(&self.journal)
    }

    /// The conflicts the app was told of.
    pub fn conflicts(&self) -> Vec<Conflict> {
        let conflict = |told: &Notification| match told {
            Notification::Conflict(conflict) => Some((**conflict).clone()),
            _ => None,
        };
        self.told.iter().filter_map(conflict).collect()
    }

    /// Whether the app was told of a problem with this code.
    pub fn was_told(&self, wanted: &str) -> bool {
        self.told
            .iter()
            .any(|told| matches!(told, Notification::Problem { code, .. } if *code == wanted))
    }
}
