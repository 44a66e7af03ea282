//! `cross_sells`: up to three products that go with the cart.

use super::money::Money;
use crate::api::Profile;
use crate::cart::Visit;
use crate::map;
use crate::store::{Product, ProductStatus, StockStatus, to_f64};
use crate::value::Value;
use crate::woo::sort;

const MOST: usize = 3;

/// The suggestions. The server shuffles them; here they keep the order of their ids.
pub(super) fn cross_sells(visit: &Visit<'_>) -> Value {
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
    let products =
        ids.iter().filter_map(|id| visit.shop.product(*id)).filter(|p| is_visible(visit, p));
    products.take(MOST).map(|product| document(visit, product)).collect::<Vec<_>>().into()
}

fn is_visible(visit: &Visit<'_>, product: &Product) -> bool {
    let sold_out = product.stock_status == StockStatus::Outofstock;
    !(sold_out && visit.settings().hide_out_of_stock)
        && product.status == ProductStatus::Publish
        && matches!(product.catalog_visibility.as_str(), "visible" | "catalog")
}

fn document(visit: &Visit<'_>, product: &Product) -> Value {
    let money = Money { format: visit.money(), profile: visit.profile };
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
