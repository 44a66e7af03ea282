//! A snapshot, indexed.

use super::{Product, Snapshot};
use std::collections::HashMap;

/// What is known of the shop, ready to be asked.
#[derive(Clone, Debug, Default)]
pub struct Shop {
    snapshot: Snapshot,
    by_id: HashMap<u64, usize>,
}

impl Shop {
    /// Indexes a snapshot.
    pub fn new(snapshot: Snapshot) -> Self {
        let by_id = snapshot
            .products
            .iter()
            .enumerate()
            .map(|(at, p)| (p.id, at))
            .collect();
        Self { snapshot, by_id }
    }

    /// The snapshot behind it.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// The product or variation with this id.
    pub fn product(&self, id: u64) -> Option<&Product> {
        self.by_id
            .get(&id)
            .and_then(|at| self.snapshot.products.get(*at))
    }

    /// Puts a product in, or a fresher state of one.
    pub fn put_product(&mut self, product: Product) {
        match self.by_id.get(&product.id).copied() {
            Some(at) => {
                if let Some(slot) = self.snapshot.products.get_mut(at) {
                    *slot = product;
                }
            }
            None => {
                self.by_id.insert(product.id, self.snapshot.products.len());
                self.snapshot.products.push(product);
            }
        }
    }
}
