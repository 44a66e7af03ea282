//! The simulator can fail: each of these breaches of the protocol is found within seconds.

use cocart_wasm::sync::Fault;

/// More than enough; most are found within some thousand steps.
const STEPS: u64 = 200_000;

fn is_found(fault: Fault) {
    let report = simulation::find(1, STEPS, Some(fault));
    assert!(report.failure.is_some(), "{fault:?} was not found in {} steps", report.steps);
}

#[test]
fn sending_again_blindly_is_found() {
    is_found(Fault::BlindRetry);
}

#[test]
fn not_looking_after_a_timeout_is_found() {
    is_found(Fault::NoLook);
}

#[test]
fn a_base_written_by_every_tab_is_found() {
    is_found(Fault::EveryTabWritesBase);
}

#[test]
fn base_and_acknowledgement_in_two_writes_are_found() {
    is_found(Fault::TwoWrites);
}

#[test]
fn an_emptied_cart_that_is_rebuilt_is_found() {
    is_found(Fault::RebuildEmptied);
}

#[test]
fn writing_to_a_line_in_doubt_is_found() {
    is_found(Fault::NoHold);
}

#[test]
fn a_request_not_written_down_before_is_found() {
    is_found(Fault::NothingInFlight);
}

#[test]
fn the_protocol_itself_holds() {
    let report = simulation::find(7, 30_000, None);
    assert!(report.failure.is_none(), "{:?}", report.failure);
}

#[test]
fn it_holds_without_ever_moving_a_guest() {
    let report = simulation::find(8, 30_000, Some(Fault::NeverMove));
    assert!(report.failure.is_none(), "{:?}", report.failure);
}
