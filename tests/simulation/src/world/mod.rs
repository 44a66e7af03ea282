//! Tabs, network, clocks and everything that goes wrong with them, from one seed.

mod account;
mod ending;
mod network;
mod order;
mod pages;
mod shopping;
mod trouble;
mod words;

pub use order::Left;
use words::{brief, brief_command, show};

use crate::plan::{Kind, Plan};
use crate::server::{CUSTOMER, Server, local_key};
use crate::shopper::View;
use crate::storage::{Shared, TabStorage};
use cocart_wasm::api::Request;
use cocart_wasm::ports::MemoryStorage;
use cocart_wasm::sync::{Event, Journal, Now, Outcome, Outgoing};
use fastrand::Rng;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;

/// The server's limit for a request.
pub const HORIZON: i64 = 30_000;

/// The true time when an episode begins, less the steady clock's.
const WALL: i64 = 1_700_000_000_000;

/// A product that only the customer's account has in its cart.
const ACCOUNTS_OWN: i64 = 9;

/// What is going to happen.
#[derive(Clone, Debug)]
enum Later {
    Timer { tab: usize, generation: u64 },
    Arrives { tab: usize, out: Outgoing, fate: Fate },
    Answers { tab: usize, id: u64, outcome: Outcome },
    Grant { tab: usize },
    Credentials { tab: usize },
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
    pub journal: Journal<TabStorage>,
    frozen: bool,
    stolen: bool,
    timer: u64,
    told: VecDeque<String>,
    /// Own commands that storage refused: gone when the tab is killed.
    pub conflicts: usize,
}

/// How often something went wrong on purpose.
#[derive(Clone, Copy, Debug, Default)]
pub struct Troubles {
    /// Page loads.
    pub tabs: u64,
    /// Page loads killed, alone or with their browser.
    pub kills: u64,
    /// Times the network went.
    pub outages: u64,
    /// Requests or answers that were lost, late, doubled or cut.
    pub mishaps: u64,
    /// Carts bought or expired, customers signed in or out, credentials refused.
    pub turns: u64,
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
    /// To what quantity its last write brought each product.
    brought: BTreeMap<i64, f64>,
    /// Products that it brought to the very quantity that was asked for here.
    pub met: BTreeSet<i64>,
    /// The most that this device can have meant of each product.
    pub most: BTreeMap<i64, f64>,
    /// The most of each product that was in the cart at any time, as the shopper saw it.
    peak: BTreeMap<i64, f64>,
    /// The first time that the shop had more than that.
    excess: Option<Violation>,
    /// Conflicts reported over the whole episode.
    pub conflicts: Vec<String>,
    /// Products that a conflict was about.
    pub told_of: BTreeSet<i64>,
    /// Storage as it was right after the last command.
    rest: Option<MemoryStorage>,
    /// The browser was killed: what it had sent and forgot may be there twice until it is seen.
    forgetful: bool,
    signed_in: bool,
    signed_out: bool,
    /// The shop does not take the customer's credentials any more.
    revoked: bool,
    cleared_signed_in: bool,
    /// Expired carts that were offered.
    offers: u64,
    /// How often something went wrong on purpose.
    pub troubles: Troubles,
    /// Requests sent, and commands given.
    pub requests: u64,
    /// Commands given.
    pub commands: u64,
    /// What happened, for a failing seed.
    pub trace: Vec<String>,
    /// The guest's cart key that the shop's checkout has.
    handed_over: Option<String>,
    /// The last request sent that was no look.
    last_write: Option<Request>,
    /// What the last order left of each product that it concerned.
    pub left: BTreeMap<i64, Left>,
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
            signed_in: matches!(plan.kind, Kind::Account | Kind::TwoDevices)
                || (plan.kind == Kind::Ordered && rng.bool()),
            signed_out: false,
            revoked: false,
            cleared_signed_in: false,
            offers: 0,
            troubles: Troubles::default(),
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
            wall_offset: WALL,
            online: true,
            lock: None,
            waiting: VecDeque::new(),
            asked: View::default(),
            others: Vec::new(),
            brought: BTreeMap::new(),
            met: BTreeSet::new(),
            most: BTreeMap::new(),
            peak: BTreeMap::new(),
            excess: None,
            conflicts: Vec::new(),
            told_of: BTreeSet::new(),
            requests: 0,
            commands: 0,
            trace: Vec::new(),
            handed_over: None,
            last_write: None,
            left: BTreeMap::new(),
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
            Later::Credentials { tab } => self.credentials(tab),
        }
    }

    /// Whether nobody but the shopper's own commands decides what the cart is.
    pub fn is_exact(&self) -> bool {
        !matches!(self.plan.kind, Kind::TwoDevices | Kind::Stock | Kind::Ordered)
    }

    /// Whether the cart may have been bought in the middle of things.
    pub fn is_ordered(&self) -> bool {
        self.plan.kind == Kind::Ordered
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
}
