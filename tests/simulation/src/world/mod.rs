//! Tabs, network, clocks and everything that goes wrong with them, from one seed.

mod network;
mod shopping;
mod trouble;
mod words;

use words::{brief, brief_command, show};

use crate::plan::{Kind, Plan};
use crate::server::{CUSTOMER, Server, local_key};
use crate::shopper::View;
use crate::storage::{Json, Shared, TabStorage};
use cocart_wasm::ports::MemoryStorage;
use cocart_wasm::sync::{
    Config, Effect, Event, Journal, Notification, Now, Outcome, Outgoing, unseal,
};
use fastrand::Rng;
use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

/// The server's limit for a request.
pub const HORIZON: i64 = 30_000;

/// A product that only the customer's account has in its cart.
const ACCOUNTS_OWN: i64 = 9;

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
    /// Storage as it was right after the last command.
    rest: Option<MemoryStorage>,
    /// The browser was killed: what it had sent and forgot may be there twice until it is seen.
    forgetful: bool,
    signed_in: bool,
    cleared_signed_in: bool,
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
        if plan.kind == Kind::Login {
            // what the account has already
            let line = (local_key(ACCOUNTS_OWN), ACCOUNTS_OWN, 2.0);
            server.carts.entry(CUSTOMER.into()).or_default().lines.push(line);
        }
        if plan.kind == Kind::Stock {
            server.shop.stock = [(1, 3.0), (2, 1.0), (3, 0.0)].into();
        }
        Self {
            signed_in: matches!(plan.kind, Kind::Account | Kind::TwoDevices),
            cleared_signed_in: false,
            rest: None,
            forgetful: false,
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
        if self.lock.is_none()
            && let Some(tab) = self.waiting.pop_front()
        {
            self.lock = Some(tab);
            let after = self.rng.i64(0..20);
            self.later(after, Later::Grant { tab });
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

    /// Whether nobody but the shopper's own commands decides what the cart is.
    pub fn is_exact(&self) -> bool {
        matches!(self.plan.kind, Kind::Guest | Kind::Account | Kind::Bought | Kind::Login)
    }

    /// What should be there at the end, and what may be.
    pub fn wanted(&self) -> Vec<BTreeMap<i64, f64>> {
        let mut with = self.asked.lines.clone();
        with.insert(ACCOUNTS_OWN, 2.0);
        match (self.plan.kind == Kind::Login && self.signed_in, self.cleared_signed_in) {
            (true, true) => vec![self.asked.lines.clone(), with],
            (true, false) => vec![with],
            (false, _) => vec![self.asked.lines.clone()],
        }
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
