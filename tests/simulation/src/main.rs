//! `simulation --seed 1 --steps 1000000`; `SEED=` and `STEPS=` do too.

use std::process::ExitCode;
use std::time::Instant;

fn main() -> ExitCode {
    let seed = setting("--seed", "SEED").unwrap_or(1);
    let steps = setting("--steps", "STEPS").unwrap_or(1_000_000);
    let processors = std::thread::available_parallelism().map_or(1, usize::from) as u64;
    let start = Instant::now();
    let mut report = simulation::find_on(processors, seed, steps);
    let seconds = start.elapsed().as_secs_f64();
    let violations = usize::from(report.failure.is_some());
    println!(
        "simulation: seed {seed}: {} steps in {} episodes, {} commands, {} requests, {violations} violations, {seconds:.1} s on {processors} processors",
        report.steps, report.episodes, report.commands, report.requests
    );
    let troubles = report.troubles;
    println!(
        "  {} page loads, {} of them killed; {} outages; {} requests or answers lost, late, doubled or cut; {} carts bought or expired, sign-ins, sign-outs, refused credentials",
        troubles.tabs, troubles.kills, troubles.outages, troubles.mishaps, troubles.turns
    );
    match report.failure.take().map(simulation::shrunk) {
        None => ExitCode::SUCCESS,
        Some(failure) => {
            for line in &failure.trace {
                println!("{line}");
            }
            println!("VIOLATION: {}", failure.violation);
            println!("again with: SEED={} STEPS=1   (shrunk: {:?})", failure.seed, failure.plan);
            ExitCode::FAILURE
        }
    }
}

fn setting(flag: &str, variable: &str) -> Option<u64> {
    let mut arguments = std::env::args().skip_while(|argument| argument != flag);
    let given = arguments.nth(1).or_else(|| std::env::var(variable).ok());
    given.and_then(|text| text.parse().ok())
}
