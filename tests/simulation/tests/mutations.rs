//! The simulator can fail: each of these breaches of the protocol is found within seconds, from
//! whatever seed.

use cocart_wasm::sync::Fault;
use simulation::plan::{Kind, Plan};

/// Several times what any seed tried needs.
const STEPS: u64 = 60_000;

/// The breach is found from each of three seeds, in episodes as usual but for `shape`.
fn is_found(fault: Fault, shape: fn(Plan) -> Plan) {
    for seed in 1..=3 {
        let report =
            simulation::find_in(seed, STEPS, |plan| shape(Plan { fault: Some(fault), ..plan }));
        let steps = report.steps;
        println!("{fault:?} from seed {seed}: found after {steps} steps");
        assert!(report.failure.is_some(), "{fault:?} from seed {seed}: not found in {steps} steps");
    }
}

fn as_usual(plan: Plan) -> Plan {
    plan
}

fn with_ends(plan: Plan) -> Plan {
    let kind = [Kind::Bought, Kind::Expiry, Kind::Ordered][plan.tabs % 3];
    Plan { kind, ..plan }
}

fn with_many_tabs(plan: Plan) -> Plan {
    // a guest's look heals most of it
    Plan { kind: Kind::Account, tabs: 4, quota: false, kills: true, ..plan }
}

fn with_kills(plan: Plan) -> Plan {
    Plan { quota: false, kills: true, ..plan }
}

#[test]
fn sending_again_blindly_is_found() {
    is_found(Fault::BlindRetry, as_usual);
}

#[test]
fn not_looking_after_a_timeout_is_found() {
    is_found(Fault::NoLook, as_usual);
}

#[test]
fn a_base_written_by_every_tab_is_found() {
    is_found(Fault::EveryTabWritesBase, with_many_tabs);
}

#[test]
fn base_and_acknowledgement_in_two_writes_are_found() {
    is_found(Fault::TwoWrites, with_kills);
}

#[test]
fn an_emptied_cart_that_is_rebuilt_is_found() {
    is_found(Fault::RebuildEmptied, with_ends);
}

#[test]
fn writing_to_a_line_in_doubt_is_found() {
    is_found(Fault::NoHold, as_usual);
}

#[test]
fn a_line_under_another_key_taken_for_another_is_found() {
    is_found(Fault::OldKeys, as_usual);
}

#[test]
fn a_request_not_written_down_before_is_found() {
    is_found(Fault::NothingInFlight, as_usual);
}

#[test]
fn the_protocol_itself_holds() {
    let report = simulation::find_in(7, 30_000, as_usual);
    assert!(report.failure.is_none(), "{:?}", report.failure);
}

#[test]
fn it_holds_without_ever_moving_a_guest() {
    let never = |plan| Plan { fault: Some(Fault::NeverMove), ..plan };
    let report = simulation::find_in(8, 30_000, never);
    assert!(report.failure.is_none(), "{:?}", report.failure);
}

#[test]
fn it_holds_whenever_a_cart_is_bought() {
    let ordered = |plan| Plan { kind: Kind::Ordered, doubles: false, ..plan };
    let report = simulation::find_in(9, 30_000, ordered);
    assert!(report.failure.is_none(), "{:?}", report.failure);
}

#[test]
fn a_failure_is_shrunk_and_comes_again_from_its_seed() {
    let broken = |plan| Plan { fault: Some(Fault::BlindRetry), ..plan };
    let failure = simulation::find_in(1, STEPS, broken).failure.unwrap();
    let (seed, before) = (failure.seed, failure.plan);
    let small = simulation::shrunk(failure);
    assert!(small.plan.steps <= before.steps && small.plan.tabs <= before.tabs);
    assert_eq!(small.seed, seed);
    assert!(!small.trace.is_empty());
    let again = simulation::episode(seed, small.plan, &mut simulation::Report::default());
    assert_eq!(again.err().map(|(violation, _)| violation), Some(small.violation));
}
