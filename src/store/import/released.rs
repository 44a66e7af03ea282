//! The last look before a snapshot is public: what leads to something that is not let out.

use crate::store::{Product, Snapshot};
use std::collections::HashSet;

/// Leaves out the ids of products that are not published, and the texts of pages that open with
/// a password only. `listed` are published products beside those in the snapshot.
pub(super) fn only(snapshot: &mut Snapshot, listed: &HashSet<u64>) {
    let mut known: HashSet<u64> = snapshot.products.iter().map(|product| product.id).collect();
    known.extend(listed);
    for product in &mut snapshot.products {
        product.cross_sell_ids.retain(|id| known.contains(id));
    }
    for coupon in &mut snapshot.coupons {
        // an empty list means any product: one that names none of the released stays as it is
        for ids in [&mut coupon.product_ids, &mut coupon.excluded_product_ids] {
            if ids.iter().any(|id| known.contains(id)) {
                ids.retain(|id| known.contains(id));
            }
        }
    }
    let closed: HashSet<u64> = closed(&snapshot.products);
    let Some(catalogue) = &mut snapshot.catalogue else { return };
    for details in &mut catalogue.details {
        details.upsell_ids.retain(|id| known.contains(id));
        details.grouped_ids.retain(|id| known.contains(id));
        if closed.contains(&details.id) {
            details.description.clear();
            details.short_description.clear();
            details.meta_data.clear();
        }
    }
}

/// Products behind a password, and their variations.
fn closed(products: &[Product]) -> HashSet<u64> {
    let own: HashSet<u64> =
        products.iter().filter(|product| product.password_protected).map(|p| p.id).collect();
    let variations = products.iter().filter(|product| own.contains(&product.parent_id));
    variations.map(|product| product.id).chain(own.iter().copied()).collect()
}
