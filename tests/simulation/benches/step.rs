//! What a step of the simulator costs: how many of them a night is good for.
#![allow(missing_docs, reason = "a bench")]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use simulation::find_in;
use std::hint::black_box;

const STEPS: u64 = 1_000;

fn steps(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("simulator");
    group.sample_size(10).throughput(Throughput::Elements(STEPS));
    group.bench_function("a thousand steps", |bencher| {
        let mut seed = 0;
        bencher.iter(|| {
            seed += 1;
            black_box(find_in(seed, STEPS, |plan| plan))
        });
    });
    group.finish();
}

criterion_group!(benches, steps);
criterion_main!(benches);
