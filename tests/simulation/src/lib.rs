//! Sync, driven through random failures from one seed, natively: N tabs, one CoCart model, a
//! network that delays, drops, doubles and reorders, clocks that jump, storage that fills, tabs
//! that are killed between any two writes. `docs/sync-tests.md` says what must hold.

#![allow(missing_docs)]

pub mod desk;
pub mod oracle;
pub mod plan;
pub mod server;
pub mod shopper;
pub mod storage;
pub mod world;

use plan::Plan;
use std::sync::atomic::{AtomicBool, Ordering};
use world::{Troubles, World};

/// What a run found.
#[derive(Debug, Default)]
pub struct Report {
    pub steps: u64,
    pub episodes: u64,
    pub commands: u64,
    pub requests: u64,
    pub troubles: Troubles,
    pub failure: Option<Failure>,
}

impl Report {
    fn add(&mut self, part: Self) {
        self.steps += part.steps;
        self.episodes += part.episodes;
        self.commands += part.commands;
        self.requests += part.requests;
        self.troubles.tabs += part.troubles.tabs;
        self.troubles.kills += part.troubles.kills;
        self.troubles.outages += part.troubles.outages;
        self.troubles.mishaps += part.troubles.mishaps;
        self.troubles.turns += part.troubles.turns;
        self.failure = self.failure.take().or(part.failure);
    }
}

/// A violation, and how to see it again.
#[derive(Debug)]
pub struct Failure {
    pub seed: u64,
    pub plan: Plan,
    pub violation: String,
    pub trace: Vec<String>,
}

/// One episode. A panic is a violation like any other.
pub fn episode(seed: u64, plan: Plan, report: &mut Report) -> Result<(), (String, Vec<String>)> {
    let run = std::panic::AssertUnwindSafe(|| play(seed, plan, report));
    std::panic::catch_unwind(run).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().cloned();
        let said = said.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        Err((format!("panic: {}", said.unwrap_or_default()), Vec::new()))
    })
}

fn play(seed: u64, plan: Plan, report: &mut Report) -> Result<(), (String, Vec<String>)> {
    let mut world = World::new(seed, plan);
    let mut result = Ok(());
    for _ in 0..plan.steps {
        report.steps += 1;
        result = world.step();
        if result.is_err() {
            break;
        }
    }
    let result = result.and_then(|()| world.finish());
    report.add(Report {
        commands: world.commands,
        requests: world.requests,
        troubles: world.troubles,
        ..Report::default()
    });
    result.map_err(|violation| (violation, world.trace))
}

/// Episodes until `steps` are done or one fails, each as `shape` makes it.
pub fn find_in(seed: u64, steps: u64, shape: impl Fn(Plan) -> Plan) -> Report {
    run(seed, steps, shape, &AtomicBool::new(false))
}

/// Episodes as they are drawn, on so many processors at once. The same seed and number of processors make the same
/// episodes; the first of them begins with `seed` itself.
pub fn find_on(processors: u64, seed: u64, steps: u64) -> Report {
    let usual = |plan| plan;
    let failed = AtomicBool::new(false);
    let share = steps.div_ceil(processors.max(1));
    let mut seeds = fastrand::Rng::with_seed(!seed);
    let mut all = Report::default();
    std::thread::scope(|scope| {
        let mut parts = vec![scope.spawn(|| run(seed, share, usual, &failed))];
        for _ in 1..processors {
            let own = seeds.u64(..);
            let failed = &failed;
            parts.push(scope.spawn(move || run(own, share, usual, failed)));
        }
        for part in parts {
            let part = part.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            all.add(part);
        }
    });
    all
}

fn run(seed: u64, steps: u64, shape: impl Fn(Plan) -> Plan, failed: &AtomicBool) -> Report {
    let mut report = Report::default();
    let mut seeds = fastrand::Rng::with_seed(seed);
    let mut next = seed;
    while report.steps < steps && !failed.load(Ordering::Relaxed) {
        let plan = shape(Plan::draw(next));
        report.episodes += 1;
        if let Err((violation, trace)) = episode(next, plan, &mut report) {
            failed.store(true, Ordering::Relaxed);
            report.failure = Some(Failure { seed: next, plan, violation, trace });
            return report;
        }
        next = seeds.u64(..);
    }
    report
}

/// The failing episode with fewer steps, tabs and kinds of failure, as long as it still fails.
pub fn shrunk(failure: Failure) -> Failure {
    shrink(failure.seed, failure.plan, failure.violation)
}

fn shrink(seed: u64, plan: Plan, violation: String) -> Failure {
    let mut scratch = Report::default();
    let mut best = (plan, violation);
    let fails = |plan: Plan, scratch: &mut Report| {
        episode(seed, plan, scratch).err().map(|(violation, _)| violation)
    };
    let simpler: [fn(Plan) -> Plan; 5] = [
        |plan| Plan { quota: false, ..plan },
        |plan| Plan { doubles: false, ..plan },
        |plan| Plan { kills: false, ..plan },
        |plan| Plan { tabs: 1, ..plan },
        |plan| Plan { network: false, ..plan },
    ];
    for simplify in simpler {
        let plan = simplify(best.0);
        if let Some(violation) = fails(plan, &mut scratch) {
            best = (plan, violation);
        }
    }
    // a prefix of the same episode; the shortest of a few
    let start = std::time::Instant::now();
    let mut steps = 1;
    while steps < best.0.steps && start.elapsed().as_secs() < 10 {
        let plan = Plan { steps, ..best.0 };
        if let Some(violation) = fails(plan, &mut scratch) {
            best = (plan, violation);
            break;
        }
        steps += 1;
    }
    let plan = Plan { trace: true, ..best.0 };
    let trace = episode(seed, plan, &mut scratch).err().map(|(_, trace)| trace).unwrap_or_default();
    Failure { seed, plan: best.0, violation: best.1, trace }
}
