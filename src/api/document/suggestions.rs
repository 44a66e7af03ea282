//! `cross_sells`: up to three products that go with the cart.

use super::money::Money;
use crate::api::Profile;
use crate::cart::memo::CrossSells;
use crate::cart::{Line, Visit};
use crate::map;
use crate::store::{Product, ProductStatus, StockStatus, to_f64};
use crate::value::Value;
use crate::woo::sort;
use std::sync::Arc;

const MOST: usize = 3;

/// The suggestions. The server shuffles them; here they keep the order of their ids.
pub(super) fn cross_sells(visit: &Visit<'_>) -> Value {
    let ids = suggested(visit);
    let products =
        ids.iter().filter_map(|id| visit.shop.product(*id)).filter(|p| is_visible(visit, p));
    products.take(MOST).map(|product| document(visit, product)).collect::<Vec<_>>().into()
}

/// The ids that the lines' products name, remembered for as long as the lines sell the same.
fn suggested(visit: &Visit<'_>) -> Arc<[u64]> {
    let (lines, memo) = (&visit.cart.lines, &visit.cart.memo.cross_sells);
    let revision = visit.shop.revision();
    let counts = |line: &Line| line.quantity > 0.0;
    let known = memo.take().filter(|known| {
        let mut touched = lines.touched_since(known.moment).map(|places| places.iter());
        known.revision == revision
            && known.lines == lines.len()
            && touched.as_mut().is_some_and(|places| {
                places.all(|at| lines.get(*at).is_some_and(|line| counts(line)))
            })
    });
    let is_known = known.is_some();
    let ids = known.map_or_else(|| named_by_lines(visit).into(), |known| known.ids);
    // a line of none names nothing, and may come back
    if is_known || lines.iter().all(|line| counts(line)) {
        let (moment, lines, ids) = (lines.moment(), lines.len(), Arc::clone(&ids));
        memo.put(CrossSells { moment, revision, lines, ids });
    }
    ids
}

fn named_by_lines(visit: &Visit<'_>) -> Vec<u64> {
    let mut ids: Vec<u64> = Vec::new();
    for line in visit.cart.lines.iter().filter(|line| line.quantity > 0.0) {
        if let Some(product) = visit.shop.product(line.product_id) {
            ids.extend(&product.cross_sell_ids);
        }
    }
    let in_cart =
        |id: &u64| visit.cart.lines.iter().any(|l| l.product_id == *id || l.variation_id == *id);
    ids.retain(|id| !in_cart(id));
    sort::stable_sort(&mut ids, u64::cmp);
    ids.dedup();
    ids
}

fn is_visible(visit: &Visit<'_>, product: &Product) -> bool {
    let sold_out = product.stock_status == StockStatus::Outofstock;
    !(sold_out && visit.settings().hide_out_of_stock)
        && product.status == ProductStatus::Publish
        && matches!(product.catalog_visibility.as_str(), "visible" | "catalog")
}

fn document(visit: &Visit<'_>, product: &Product) -> Value {
    let money = Money::of(visit);
    let price = |amount: Option<rust_decimal::Decimal>| money.price(amount.map_or(0.0, to_f64));
    let no_sale_price = if visit.profile == Profile::V43 { price(None) } else { "".into() };
    let rating = crate::woo::number::float_of(&product.average_rating);
    map! {
        "id": i64::try_from(product.id).unwrap_or(0),
        "name": product.name.as_str(),
        "title": product.name.as_str(),
        "slug": product.slug.as_str(),
        "price": price(product.price),
        "regular_price": price(product.regular_price),
        "sale_price": if product.sale_price.is_some() { price(product.sale_price) } else { no_sale_price },
        "image": product.image.as_str(),
        "average_rating": if rating > 0.0 {
            format!("Rated {} out of 5", product.average_rating)
        } else {
            String::new()
        },
        "on_sale": visit.is_on_sale(product),
        "type": product.kind.name(),
    }
    .into()
}
