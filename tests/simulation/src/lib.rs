//! Sync, driven through random failures from one seed, natively: N tabs, one CoCart model, a
//! network that delays, drops, doubles and reorders, clocks that jump, storage that fills, tabs
//! that are killed between any two writes. `docs/sync.md` says what must hold.

#![allow(missing_docs)]

pub mod desk;
pub mod oracle;
pub mod plan;
pub mod server;
pub mod shopper;
pub mod storage;
pub mod world;

use cocart_wasm::sync::Fault;
use plan::Plan;
use world::World;

/// What a run found.
#[derive(Debug, Default)]
pub struct Report {
    pub steps: u64,
    pub episodes: u64,
    pub commands: u64,
    pub requests: u64,
    pub failure: Option<Failure>,
}

/// A violation, and how to see it again.
#[derive(Debug)]
pub struct Failure {
    pub seed: u64,
    pub plan: Plan,
    pub violation: String,
    pub trace: Vec<String>,
}

/// One episode.
pub fn episode(seed: u64, plan: Plan, report: &mut Report) -> Result<(), (String, Vec<String>)> {
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
    report.commands += world.commands;
    report.requests += world.requests;
    result.map_err(|violation| (violation, world.trace))
}

/// Episodes until `steps` are done or one fails.
pub fn find(seed: u64, steps: u64, fault: Option<Fault>) -> Report {
    let mut report = Report::default();
    let mut seeds = fastrand::Rng::with_seed(seed);
    let mut next = seed;
    while report.steps < steps {
        let plan = Plan::draw(next, fault);
        report.episodes += 1;
        if let Err((violation, trace)) = episode(next, plan, &mut report) {
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
