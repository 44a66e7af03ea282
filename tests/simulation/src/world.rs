//! Tabs, network, clocks and everything that goes wrong with them, from one seed.

use crate::plan::{Kind, Plan};
use crate::server::{CUSTOMER, Server, error, local_key};
use crate::shopper::{View, key_in, product_of, visible};
use crate::storage::{Json, Shared, TabStorage};
use cocart_wasm::api::{Method, Request};
use cocart_wasm::cart::{AddItem, Command};
use cocart_wasm::map;
use cocart_wasm::sync::{
    Config, Effect, Event, Journal, Notification, Now, Outcome, Outgoing, Touched, unseal,
};
use cocart_wasm::value::Value;
use fastrand::Rng;
use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

/// The server's limit for a request.
pub const HORIZON: i64 = 30_000;

/// What is going to happen.
#[derive(Clone, Debug)]
enum Later {
    Timer { tab: usize, generation: u64 },
    Arrives { tab: usize, out: Outgoing, fate: Fate },
    Answers { tab: usize, id: u64, outcome: Outcome },
    Grant { tab: usize },
}

/// What becomes of one copy of a request.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    Answered,
    AnsweredTwice,
    AnswerLost,
    AnswerCut,
    Error500After,
    Silent,
}

/// One page load.
pub struct Tab {
    /// Its part of the product.
    pub journal: Journal<TabStorage, Json>,
    frozen: bool,
    stolen: bool,
    timer: u64,
    told: VecDeque<(String, Option<String>)>,
    /// Own commands that storage refused: gone when the tab is killed.
    pub conflicts: usize,
}

/// One episode.
pub struct World {
    /// Everything random.
    pub rng: Rng,
    plan: Plan,
    shared: Rc<RefCell<Shared>>,
    /// Page loads, dead ones gone.
    pub tabs: BTreeMap<usize, Tab>,
    next_tab: usize,
    /// The shop.
    pub server: Server,
    queue: BTreeMap<(i64, u64), Later>,
    sequence: u64,
    steady: i64,
    wall_offset: i64,
    online: bool,
    lock: Option<usize>,
    waiting: VecDeque<usize>,
    /// What the shopper asked for.
    pub asked: View,
    /// What somebody else asked for, as steps between which the shopper's own may fall.
    pub others: Vec<(i64, Option<f64>, f64)>,
    /// The most that this device can have meant of each product.
    pub most: BTreeMap<i64, f64>,
    /// The most of each product that was in the cart at any time, as the shopper saw it.
    peak: BTreeMap<i64, f64>,
    /// The first time that the shop had more than that.
    excess: Option<Violation>,
    /// Conflicts reported over the whole episode.
    pub conflicts: Vec<String>,
    signed_in: bool,
    /// Requests sent, and commands given.
    pub requests: u64,
    /// Commands given.
    pub commands: u64,
    /// What happened, for a failing seed.
    pub trace: Vec<String>,
    handed_over: bool,
    quiet: bool,
}

/// What must not be.
pub type Violation = String;

impl World {
    /// An empty world.
    pub fn new(seed: u64, plan: Plan) -> Self {
        let mut rng = Rng::with_seed(seed);
        let mut server = Server::default();
        server.shop.keyed = rng.bool();
        if plan.kind == Kind::Stock {
            server.shop.stock = [(1, 3.0), (2, 1.0), (3, 0.0)].into();
        }
        Self {
            signed_in: matches!(plan.kind, Kind::Account | Kind::TwoDevices),
            rng,
            plan,
            shared: Rc::default(),
            tabs: BTreeMap::new(),
            next_tab: 0,
            server,
            queue: BTreeMap::new(),
            sequence: 0,
            steady: 1_000_000,
            wall_offset: 1_700_000_000_000,
            online: true,
            lock: None,
            waiting: VecDeque::new(),
            asked: View::default(),
            others: Vec::new(),
            most: BTreeMap::new(),
            peak: BTreeMap::new(),
            excess: None,
            conflicts: Vec::new(),
            requests: 0,
            commands: 0,
            trace: Vec::new(),
            handed_over: false,
            quiet: false,
        }
    }

    fn now(&self) -> Now {
        Now { steady_ms: self.steady, wall_ms: self.steady + self.wall_offset }
    }

    fn note(&mut self, what: impl FnOnce() -> String) {
        if self.plan.trace {
            let line = format!("{:>9} {}", self.steady - 1_000_000, what());
            self.trace.push(line);
        }
    }

    fn later(&mut self, after: i64, what: Later) {
        self.sequence += 1;
        self.queue.insert((self.steady + after, self.sequence), what);
    }

    fn chance(&mut self, per_mille: u32) -> bool {
        !self.quiet && self.rng.u32(0..1000) < per_mille
    }

    /// A new page load.
    pub fn open(&mut self) {
        let tab = self.next_tab;
        self.next_tab += 1;
        let mut seed = [0; 32];
        self.rng.fill(&mut seed);
        let config = Config {
            prefix: "shop:".into(),
            signed_in: self.signed_in && !matches!(self.plan.kind, Kind::Login),
            horizon_ms: HORIZON,
            move_lines: self.rng.usize(0..6),
            online: self.online,
            fault: self.plan.fault,
            ..Config::default()
        };
        let storage = TabStorage { tab, shared: Rc::clone(&self.shared) };
        let now = self.now();
        let (journal, effects) = Journal::open(config, storage, Json, now, seed);
        self.tabs.insert(
            tab,
            Tab {
                journal,
                frozen: false,
                stolen: false,
                timer: 0,
                told: VecDeque::new(),
                conflicts: 0,
            },
        );
        self.note(|| format!("tab {tab} opens"));
        self.tell_others();
        self.carry_out(tab, effects);
    }

    /// Lets an event happen in a tab, which may die of it.
    fn happen(
        &mut self,
        tab: usize,
        run: impl FnOnce(&mut Journal<TabStorage, Json>, Now) -> Vec<Effect>,
    ) {
        if !self.tabs.contains_key(&tab) {
            return;
        }
        let dies = self.plan.kills && self.may_die(tab) && self.chance(8);
        if dies {
            let budget = self.rng.u32(1..5);
            self.shared.borrow_mut().budget = Some(budget);
        }
        let now = self.now();
        let Some(own) = self.tabs.get_mut(&tab) else { return };
        let effects = run(&mut own.journal, now);
        if self.plan.trace && std::env::var("DEBUG").is_ok() {
            let all = format!("{:?}", own.journal.sync());
            let part = |from: &str, to: &str| {
                let start = all.find(from).unwrap_or(0);
                all[start..]
                    .find(to)
                    .map(|end| all[start..start + end + 1].to_owned())
                    .unwrap_or_default()
            };
            let ops: Vec<&str> = all.split(" }, act: ").collect();
            let _ = ops;
            let seqs: Vec<&str> = all
                .split("seq: ")
                .skip(1)
                .map(|rest| rest.split(',').next().unwrap_or(""))
                .collect();
            let line = format!(
                "   [{} {} {} ops {seqs:?}]",
                part("rev: ", ","),
                part("acknowledged: {", "}}"),
                part("unsaved: {", "}")
            );
            self.note(|| line);
        }
        self.tell_others();
        if dies {
            let dead = self.shared.borrow().is_dead();
            self.shared.borrow_mut().budget = None;
            if !dead && self.rng.bool() {
                self.carry_out(tab, effects);
            }
            self.kill(tab);
        } else {
            self.carry_out(tab, effects);
        }
    }

    /// A command that storage had no room for is gone with its page, which is no violation.
    fn may_die(&self, tab: usize) -> bool {
        let unsaved =
            self.tabs.get(&tab).is_some_and(|own| own.journal.sync().status().unsaved > 0);
        !unsaved && !self.shared.borrow().store.is_limited()
    }

    fn kill(&mut self, tab: usize) {
        if self.tabs.remove(&tab).is_some() {
            self.note(|| format!("tab {tab} is killed"));
            self.free(tab);
        }
    }

    fn free(&mut self, tab: usize) {
        self.waiting.retain(|own| *own != tab);
        if self.lock == Some(tab) {
            self.lock = None;
            self.grant();
        }
    }

    fn grant(&mut self) {
        if self.lock.is_none() {
            if let Some(tab) = self.waiting.pop_front() {
                self.lock = Some(tab);
                let after = self.rng.i64(0..20);
                self.later(after, Later::Grant { tab });
            }
        }
    }

    fn tell_others(&mut self) {
        let written = std::mem::take(&mut self.shared.borrow_mut().written);
        for (writer, key, text) in written {
            for (tab, own) in &mut self.tabs {
                if *tab != writer && !own.frozen {
                    own.told.push_back((key.clone(), text.clone()));
                }
            }
        }
    }

    fn carry_out(&mut self, tab: usize, effects: Vec<Effect>) {
        for effect in effects {
            if std::env::var("DEBUG").is_ok() {
                self.note(|| {
                    format!(
                        "  tab {tab} {}",
                        format!("{effect:?}").chars().take(80).collect::<String>()
                    )
                });
            }
            match effect {
                Effect::Send(out) => self.send(tab, out),
                Effect::AcquireLock => {
                    self.waiting.push_back(tab);
                    self.grant();
                }
                Effect::ReleaseLock => self.free(tab),
                Effect::SetTimer { after_ms } => {
                    let Some(own) = self.tabs.get_mut(&tab) else { continue };
                    own.timer += 1;
                    let generation = own.timer;
                    self.later(after_ms, Later::Timer { tab, generation });
                }
                Effect::Emit(Notification::Conflict(conflict)) => {
                    self.note(|| format!("tab {tab}: conflict {conflict:?}"));
                    self.conflicts.push(conflict.code.clone());
                }
                Effect::Emit(Notification::CartExpired { .. }) => {
                    self.conflicts.push("expired".into())
                }
                Effect::Emit(Notification::Problem { code, detail }) => {
                    self.note(|| format!("tab {tab}: {code} {detail}"));
                }
                Effect::AskForCredentials => {
                    self.happen(tab, |journal, now| journal.step(Event::SignedIn, now));
                }
                _ => {}
            }
        }
    }

    fn send(&mut self, tab: usize, out: Outgoing) {
        self.requests += 1;
        if self.plan.trace {
            let waits =
                self.tabs.get(&tab).map(|own| own.journal.sync().pending()).unwrap_or_default();
            let waits: Vec<String> = waits.iter().map(brief_command).collect();
            self.note(|| {
                format!(
                    "tab {tab} sends #{} {}; waiting: {}",
                    out.id,
                    show(&out.request),
                    waits.join(", ")
                )
            });
        }
        let faults = self.plan.network && !self.quiet;
        if !self.online {
            // the browser knows; now and then the request slips out all the same
            if faults && self.chance(100) {
                let after = self.rng.i64(0..HORIZON);
                self.later(after, Later::Arrives { tab, out: out.clone(), fate: Fate::Silent });
            }
            return self
                .later(50, Later::Answers { tab, id: out.id, outcome: Outcome::Unreachable });
        }
        let quick = self.rng.i64(5..150);
        if !faults {
            return self.later(quick, Later::Arrives { tab, out, fate: Fate::Answered });
        }
        let slow = self.rng.i64(0..HORIZON - 1);
        let at = if self.rng.u32(0..100) < 12 { slow } else { quick };
        match self.rng.u32(0..100) {
            0..=3 => {
                self.later(at, Later::Answers { tab, id: out.id, outcome: Outcome::Unreachable })
            }
            4 => {}
            5..=8 => {
                // given up at once, and yet it runs
                self.later(
                    quick,
                    Later::Answers { tab, id: out.id, outcome: Outcome::Unreachable },
                );
                self.later(slow, Later::Arrives { tab, out, fate: Fate::Silent });
            }
            9..=13 => self.later(at, Later::Arrives { tab, out, fate: Fate::AnswerLost }),
            14..=16 => self.later(at, Later::Arrives { tab, out, fate: Fate::AnswerCut }),
            17..=19 => self.later(at, Later::Arrives { tab, out, fate: Fate::Error500After }),
            20..=22 => self.later(
                at,
                Later::Answers { tab, id: out.id, outcome: error(500, "internal_server_error") },
            ),
            23..=24 => {
                let outcome = Outcome::Unparsable { status: 200, headers: Vec::new() };
                self.later(quick, Later::Answers { tab, id: out.id, outcome });
            }
            25 => {
                let headers = vec![("Retry-After".into(), "3".into())];
                let outcome = Outcome::Unparsable { status: 429, headers };
                self.later(quick, Later::Answers { tab, id: out.id, outcome });
            }
            26..=29 => self.later(at, Later::Arrives { tab, out, fate: Fate::AnsweredTwice }),
            30..=33 if self.plan.doubles => {
                self.later(at, Later::Arrives { tab, out: out.clone(), fate: Fate::Answered });
                self.later(slow, Later::Arrives { tab, out, fate: Fate::Silent });
            }
            _ => self.later(at, Later::Arrives { tab, out, fate: Fate::Answered }),
        }
    }

    fn arrives(&mut self, tab: usize, out: Outgoing, fate: Fate) {
        let wall = self.steady + 1_700_000_000_000;
        let authorized = out.authorized;
        let outcome = self.server.handle(&out.request, authorized, wall);
        if self.plan.trace {
            let carts = self
                .server
                .carts
                .iter()
                .map(|(key, cart)| (key.get(..5).unwrap_or(key), cart.by_product()));
            let line = format!(
                "#{} of tab {tab} arrives ({fate:?}): {:?}",
                out.id,
                carts.collect::<Vec<_>>()
            );
            self.note(|| line);
        }
        if self.is_exact() && !self.plan.doubles {
            for (id, quantity) in self.server.carts.values().flat_map(|cart| cart.by_product()) {
                let peak = self.peak.get(&id).copied().unwrap_or(0.0);
                if quantity > peak && self.excess.is_none() {
                    self.excess = Some(format!("the shop had {quantity} of product {id}, of which there never were more than {peak}"));
                }
            }
        }
        let id = out.id;
        let after = self.rng.i64(1..150);
        match fate {
            Fate::Silent => {}
            Fate::Answered => self.later(after, Later::Answers { tab, id, outcome }),
            Fate::AnsweredTwice => {
                let again = self.rng.i64(1..40_000);
                self.later(again, Later::Answers { tab, id, outcome: outcome.clone() });
                self.later(after, Later::Answers { tab, id, outcome });
            }
            Fate::AnswerLost => {
                if self.rng.bool() {
                    self.later(after, Later::Answers { tab, id, outcome: Outcome::Unreachable });
                } else {
                    // late, after it was given up
                    self.later(after + 25_000, Later::Answers { tab, id, outcome });
                }
            }
            Fate::AnswerCut => {
                let outcome = Outcome::Unparsable { status: 200, headers: Vec::new() };
                self.later(after, Later::Answers { tab, id, outcome });
            }
            Fate::Error500After => {
                let outcome = error(500, "internal_server_error");
                self.later(after, Later::Answers { tab, id, outcome });
            }
        }
    }

    fn live(&mut self) -> Option<usize> {
        let live: Vec<usize> =
            self.tabs.iter().filter(|(_, tab)| !tab.frozen).map(|(id, _)| *id).collect();
        (!live.is_empty()).then(|| live[self.rng.usize(0..live.len())])
    }

    fn deliver(&mut self, tab: usize) {
        while let Some((key, text)) = self.tabs.get_mut(&tab).and_then(|own| own.told.pop_front()) {
            let value = text.map(|text| unseal(&Json, &key, &text));
            self.happen(tab, |journal, now| {
                journal.step(Event::StorageChanged { key, value }, now)
            });
        }
    }

    /// One step.
    pub fn step(&mut self) -> Result<(), Violation> {
        if self.tabs.is_empty() {
            self.open();
            return Ok(());
        }
        match self.rng.u32(0..100) {
            0..=24 => self.command()?,
            25..=34 => {
                if let Some(tab) = self.live() {
                    self.deliver(tab);
                }
            }
            35..=37 => self.disturb(),
            _ => self.pass(),
        }
        self.excess.take().map_or(Ok(()), Err)
    }

    /// Lets the next thing happen.
    fn pass(&mut self) {
        let Some(((at, _), what)) = self.queue.pop_first() else {
            self.steady += self.rng.i64(1..5_000);
            return;
        };
        self.steady = self.steady.max(at);
        match what {
            Later::Timer { tab, generation } => {
                if self.tabs.get(&tab).is_some_and(|own| own.timer == generation && !own.frozen) {
                    self.happen(tab, |journal, now| journal.step(Event::Timer, now));
                }
            }
            Later::Arrives { tab, out, fate } => self.arrives(tab, out, fate),
            Later::Answers { tab, id, outcome } => {
                if self.tabs.get(&tab).is_some_and(|own| own.frozen) {
                    // handed over when the page thaws, if it does
                    return self.later(3_000, Later::Answers { tab, id, outcome });
                }
                self.note(|| format!("answer #{id} reaches tab {tab}: {}", brief(&outcome)));
                self.happen(tab, |journal, now| journal.answer(id, outcome, now));
            }
            Later::Grant { tab } => {
                if self.lock == Some(tab) {
                    if self.tabs.get(&tab).is_some_and(|own| own.frozen) {
                        return self.later(1_000, Later::Grant { tab });
                    }
                    self.happen(tab, |journal, now| journal.lock_granted(now));
                }
            }
        }
    }

    fn command(&mut self) -> Result<(), Violation> {
        let Some(tab) = self.live() else { return Ok(()) };
        self.deliver(tab);
        let Some(own) = self.tabs.get(&tab) else { return Ok(()) };
        let view = visible(&own.journal);
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
                Command::RestoreItem { item_key: key(pick(&mut self.rng, &gone)) }
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
        self.happen(tab, |journal, now| journal.step(event, now));
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

    /// Whether nobody but the shopper's own commands decides what the cart is.
    pub fn is_exact(&self) -> bool {
        matches!(self.plan.kind, Kind::Guest | Kind::Account | Kind::Bought | Kind::Login)
    }

    fn disturb(&mut self) {
        let Some(tab) = self.live() else {
            return self.thaw();
        };
        match self.rng.u32(0..100) {
            0..=14 if self.tabs.len() < self.plan.tabs => self.open(),
            15..=24 if self.plan.kills && self.may_die(tab) => self.kill(tab),
            25..=39 => {
                self.online = !self.online;
                let online = self.online;
                self.note(|| format!("online: {online}"));
                let all: Vec<usize> = self.tabs.keys().copied().collect();
                for tab in all {
                    if self.tabs.get(&tab).is_some_and(|own| !own.frozen) {
                        self.happen(tab, |journal, now| journal.step(Event::Online(online), now));
                    }
                }
            }
            40..=49 => {
                // into the back/forward cache
                self.note(|| format!("tab {tab} goes"));
                self.happen(tab, |journal, now| journal.step(Event::PageHide, now));
                if let Some(own) = self.tabs.get_mut(&tab) {
                    own.frozen = true;
                    own.told.clear();
                }
            }
            50..=54 => {
                // frozen without a word; the lock is taken from it
                self.note(|| format!("tab {tab} freezes"));
                let held = self.lock == Some(tab);
                if let Some(own) = self.tabs.get_mut(&tab) {
                    (own.frozen, own.stolen) = (true, held);
                    own.told.clear();
                }
                if held {
                    self.free(tab);
                }
            }
            55..=74 => self.thaw(),
            75..=79 => {
                self.wall_offset += self.rng.i64(-86_400_000..86_400_000);
                self.note(|| "the wall clock is set".into());
            }
            80..=84 if self.plan.quota => {
                let mut shared = self.shared.borrow_mut();
                let used = shared.store.used();
                let room = self.rng.usize(0..3000);
                shared.store.set_room(Some(used + room));
                drop(shared);
                self.note(|| format!("room for {room} bytes"));
            }
            85..=88 => self.shared.borrow_mut().store.set_room(None),
            89..=94 => self.special(tab),
            _ => self.happen(tab, |journal, now| journal.step(Event::SyncNow, now)),
        }
    }

    fn thaw(&mut self) {
        let frozen: Vec<usize> =
            self.tabs.iter().filter(|(_, tab)| tab.frozen).map(|(id, _)| *id).collect();
        if frozen.is_empty() {
            return;
        }
        let tab = frozen[self.rng.usize(0..frozen.len())];
        self.note(|| format!("tab {tab} thaws"));
        let Some(own) = self.tabs.get_mut(&tab) else { return };
        own.frozen = false;
        let stolen = std::mem::take(&mut own.stolen);
        if stolen {
            // an answer that waited may come before the news
            let waiting: Vec<_> = self
                .queue
                .iter()
                .filter(|(_, what)| matches!(what, Later::Answers { tab: own, .. } if *own == tab))
                .map(|(at, _)| *at)
                .collect();
            for at in waiting {
                if self.rng.bool() {
                    if let Some(Later::Answers { id, outcome, .. }) = self.queue.remove(&at) {
                        self.happen(tab, |journal, now| journal.answer(id, outcome, now));
                    }
                }
            }
            self.happen(tab, |journal, now| journal.step(Event::LockLost, now));
        }
        self.happen(tab, |journal, now| journal.page_show(now));
        if let Some(own) = self.tabs.get_mut(&tab) {
            own.timer += 1;
            let generation = own.timer;
            self.later(1, Later::Timer { tab, generation });
        }
        let online = self.online;
        self.happen(tab, |journal, now| journal.step(Event::Online(online), now));
    }

    fn special(&mut self, tab: usize) {
        match self.plan.kind {
            Kind::TwoDevices => self.other_device(),
            Kind::Login if !self.signed_in => {
                self.signed_in = true;
                self.note(|| "signs in".into());
                self.happen(tab, |journal, now| journal.step(Event::SignedIn, now));
                if !self.tabs.contains_key(&tab) {
                    self.signed_in = false;
                }
            }
            Kind::Bought => self.buy(tab),
            _ => {}
        }
    }

    fn other_device(&mut self) {
        let id = self.rng.i64(1..4);
        let quantity = f64::from(self.rng.u32(1..4));
        let item = local_key(id);
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
    }

    /// Everything is on the server; the cart is handed over, and bought.
    fn buy(&mut self, tab: usize) {
        let settled = self.tabs.get(&tab).is_some_and(|own| own.journal.sync().is_settled());
        let Some(own) = self.tabs.get(&tab) else { return };
        let key = own.journal.sync().base().cart_key.clone();
        let there = self.server.carts.get(&key).map(|cart| cart.by_product()).unwrap_or_default();
        let idle = self.queue.values().all(|what| !matches!(what, Later::Arrives { .. }));
        if !settled || !idle || there != self.asked.lines || there.is_empty() || self.handed_over {
            return;
        }
        self.happen(tab, |journal, now| journal.step(Event::CheckoutStarted, now));
        if !self.tabs.contains_key(&tab) {
            return;
        }
        self.note(|| "bought".into());
        if let Some(cart) = self.server.carts.get_mut(&key) {
            cart.lines.clear();
            cart.removed.clear();
        }
        self.asked = View::default();
        // the shopper comes back to the shop's page
        self.quiet = true;
        let all: Vec<usize> = self.tabs.keys().copied().collect();
        for tab in all {
            self.happen(tab, |journal, now| journal.step(Event::SyncNow, now));
        }
        self.settle();
    }

    /// Until nothing moves any more, with everything healed.
    fn settle(&mut self) {
        self.quiet = true;
        self.online = true;
        self.shared.borrow_mut().store.set_room(None);
        while self.tabs.values().any(|tab| tab.frozen) {
            self.thaw();
        }
        let all: Vec<usize> = self.tabs.keys().copied().collect();
        for tab in all {
            self.happen(tab, |journal, now| journal.step(Event::Online(true), now));
        }
        for _ in 0..3 {
            for _ in 0..3_000 {
                let all: Vec<usize> = self.tabs.keys().copied().collect();
                for tab in all {
                    self.deliver(tab);
                }
                if self.queue.is_empty() {
                    break;
                }
                self.pass();
            }
            self.steady += HORIZON + 5_000;
            let all: Vec<usize> = self.tabs.keys().copied().collect();
            for tab in all {
                self.happen(tab, |journal, now| journal.step(Event::SyncNow, now));
            }
        }
        for _ in 0..3_000 {
            let all: Vec<usize> = self.tabs.keys().copied().collect();
            for tab in all {
                self.deliver(tab);
            }
            if self.queue.is_empty() {
                break;
            }
            self.pass();
        }
        self.quiet = false;
    }

    /// Heals everything, waits, and compares.
    pub fn finish(&mut self) -> Result<(), Violation> {
        if self.tabs.is_empty() {
            self.quiet = true;
            self.open();
        }
        self.note(|| "— the end: everything heals —".into());
        self.settle();
        crate::oracle::judge(self)
    }
}

fn show(request: &Request) -> String {
    let key = request.query_value("cart_key").and_then(|key| key.get(..6)).unwrap_or("-");
    let body = match &request.body {
        cocart_wasm::api::Body::Json(Value::Object(map)) => map
            .iter()
            .map(|(name, value)| format!(" {name}={}", value.as_str().unwrap_or("…")))
            .collect(),
        _ => String::new(),
    };
    format!("{} {}{body} [{key}]", request.method.name(), request.path)
}

fn brief_command(command: &Command) -> String {
    let of = |key: &str| product_of(key).unwrap_or(0);
    match command {
        Command::AddItem(add) if add.email.is_some() => {
            format!("add {}×{} with e-mail", add.id, add.quantity)
        }
        Command::AddItem(add) => format!("add {}×{}", add.id, add.quantity),
        Command::UpdateItem { item_key, quantity } => format!("set {}={quantity}", of(item_key)),
        Command::RemoveItem { item_key } => format!("remove {}", of(item_key)),
        Command::RestoreItem { item_key } => format!("restore {}", of(item_key)),
        other => format!("{other:?}"),
    }
}

fn brief(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Answer { status, body, .. } => {
            format!("{status} {}", body.get("code").and_then(Value::as_str).unwrap_or(""))
        }
        other => format!("{other:?}"),
    }
}
