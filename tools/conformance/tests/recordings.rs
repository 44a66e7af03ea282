//! Every step of every recording of the cart is equal, on both generations of WooCommerce.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use conformance::recording::{read_folder, read_json};
use conformance::replay::{self, Outcome};
use conformance::shop::Source;
use std::path::{Path, PathBuf};

/// Replays a folder and lists what differs.
fn differences(folder: &str, part: Option<&str>) -> (usize, Vec<String>) {
    let dir: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests").join(folder);
    let index: serde_json::Value = read_json(&dir.join("index.json")).unwrap();
    let source = Source::read(&dir).unwrap();
    let mut steps = 0;
    let mut different = Vec::new();
    for recording in read_folder(&dir).unwrap() {
        if part.is_some_and(|part| index["recordings"][&recording.name]["part"] != part) {
            continue;
        }
        for (at, outcome) in replay::run(&source, &recording) {
            steps += 1;
            if let Outcome::Different(d) = outcome {
                different.push(format!(
                    "{}#{at} {} {} {}",
                    recording.name, d.pointer, d.expected, d.got
                ));
            }
        }
    }
    (steps, different)
}

fn assert_equal(folder: &str, part: Option<&str>, expected_steps: usize) {
    let (steps, different) = differences(folder, part);
    assert!(
        different.is_empty(),
        "{} of {steps} differ:\n{}",
        different.len(),
        different.join("\n")
    );
    assert_eq!(steps, expected_steps);
}

#[test]
fn the_cart_is_equal_on_woocommerce_9() {
    assert_equal("golden", Some("cart"), 2757);
}

#[test]
fn the_cart_is_equal_on_woocommerce_11() {
    assert_equal("golden-wc11", None, 878);
}

#[test]
fn api_v1_is_equal() {
    assert_equal("golden", Some("v1"), 150);
}

#[test]
fn the_catalogue_is_equal() {
    assert_equal("golden", Some("products"), 134);
}

#[test]
fn the_protocol_is_equal() {
    assert_equal("golden", Some("fetch"), 32);
}
