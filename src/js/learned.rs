//! Products that the shop was asked for: kept beside the journal, so that a cart holding them
//! can be worked out after a reload. Oldest first, and never more than a bounded number.

use crate::browser::AnyStorage;
use crate::ports::Storage;
use crate::store::{Product, Shop};
use crate::sync::{Stored, seal, unseal};
use crate::value::{Record, Value};

/// How many products are kept, variations counted.
const MAX_KEPT: usize = 200;
/// What a record read may hold: nobody vouches for it.
const MAX_READ: usize = 1000;

/// Where they stand.
pub(super) fn key(prefix: &str) -> String {
    format!("{prefix}learned")
}

/// What is kept; nothing where there is no whole record of ours.
pub(super) fn read(storage: &AnyStorage, key: &str) -> Vec<Product> {
    let Some(raw) = storage.get(key) else { return Vec::new() };
    let Stored::Whole(value) = unseal(key, &raw) else { return Vec::new() };
    let list = value.as_array().unwrap_or_default();
    let products = list.iter().take(MAX_READ).filter_map(|entry| Product::read(entry).ok());
    products.filter(|product| product.id != 0).collect()
}

/// Keeps a product and its variations with those that are kept. Without room for them the
/// older half goes, and without any room everything: the journal needs it more.
pub(super) fn keep(storage: &mut AnyStorage, key: &str, shop: &Shop, id: u64) {
    let Some(product) = shop.product(id) else { return };
    let mut news: Vec<&Product> = shop.variations(id);
    news.push(product);
    let known = read(storage, key);
    let is_other = |kept: &&Product| news.iter().all(|new| new.id != kept.id);
    let mut all: Vec<Value> = known.iter().filter(is_other).map(Record::write).collect();
    all.extend(news.into_iter().map(Record::write));
    all.drain(..all.len().saturating_sub(MAX_KEPT));
    while !all.is_empty() {
        if storage.set(key, &seal(&all.clone().into())).is_ok() {
            return;
        }
        all.drain(..all.len().div_ceil(2));
    }
    storage.remove(key);
}
