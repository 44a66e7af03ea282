//! The demo shop's files.

use cocart_wasm::store::{Coupon, Product, ProductType, Settings, Shop, Snapshot, TaxRate};
use cocart_wasm::value::Record;
use serde_json::Value;
use std::path::Path;

const SNAPSHOT: &str = include_str!("../../shop/snapshot.json");

/// What is at its default is read, and left out when it is kept.
fn is_field(name: &str) -> bool {
    let records =
        [Snapshot::names(), Settings::names(), Product::names(), Coupon::names(), TaxRate::names()];
    let shipping = ["taxable", "cost", "enabled", "requires", "min_amount", "ignore_discounts"];
    records.concat().contains(&name) || shipping.contains(&name)
}

/// Fails where `told` holds something that `kept` lost.
fn covered(told: &Value, kept: &Value, at: &str) {
    match (told, kept) {
        (Value::Object(told), Value::Object(kept)) => {
            for (key, value) in told {
                match kept.get(key) {
                    Some(kept) => covered(value, kept, &format!("{at}/{key}")),
                    None => assert!(is_field(key), "{at}/{key} is not known"),
                }
            }
        }
        (Value::Array(told), Value::Array(kept)) => {
            assert_eq!(told.len(), kept.len(), "{at}");
            for (i, (told, kept)) in told.iter().zip(kept).enumerate() {
                covered(told, kept, &format!("{at}/{i}"));
            }
        }
        (Value::Number(told), Value::Number(kept)) => {
            assert_eq!(told.as_f64(), kept.as_f64(), "{at}")
        }
        _ => assert_eq!(told, kept, "{at}"),
    }
}

fn snapshot() -> Snapshot {
    serde_json::from_str(SNAPSHOT).unwrap()
}

#[test]
fn the_snapshot_holds_nothing_the_engine_does_not_know() {
    let told: Value = serde_json::from_str(SNAPSHOT).unwrap();
    covered(&told, &serde_json::to_value(snapshot()).unwrap(), "");
}

#[test]
fn every_picture_exists_and_is_harmless() {
    let snapshot = snapshot();
    let images = snapshot.products.iter().map(|product| &product.image);
    for image in images.chain([&snapshot.settings.placeholder_image]) {
        let path =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("shop").join(image.trim_start_matches('/'));
        let svg =
            std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        assert!(svg.len() < 4096, "{image} is not small");
        for bad in ["<script", "href", "<foreignObject", "onload", "<style"] {
            assert!(!svg.contains(bad), "{image} holds {bad}");
        }
    }
}

#[test]
fn ids_and_skus_are_unique_and_variations_have_their_parent() {
    let snapshot = snapshot();
    for (i, product) in snapshot.products.iter().enumerate() {
        let before = &snapshot.products[..i];
        assert!(
            before.iter().all(|p| p.id != product.id && p.sku != product.sku),
            "{}",
            product.id
        );
        if product.kind == ProductType::Variation {
            let parent =
                before.iter().find(|p| p.id == product.parent_id).expect("its parent first");
            for ((key, value), attribute) in product.variation.iter().zip(&parent.attributes) {
                assert_eq!(*key, format!("attribute_{}", attribute.slug));
                assert!(attribute.options.iter().any(|option| option.value == *value));
            }
        }
    }
}

#[test]
fn the_documented_coupons_are_the_shops() {
    let shop = Shop::new(snapshot());
    let readme = include_str!("../../shop/README.md");
    for code in ["WELCOME10", "FIVEOFF", "SHIPFREE"] {
        assert!(readme.contains(code) && shop.coupon(code).is_some(), "{code}");
    }
}
