//! The order of a product list.

use super::{Context, prices, query};
use crate::api::Profile;
use crate::api::params::text_of;
use crate::store::{Product, to_f64};
use crate::value::Map;
use crate::woo::{number, sort, text};
use std::cmp::Ordering;

/// Sorts a list as asked; some orders hold fewer products, since the database only finds those
/// that have the value.
pub(super) fn sort(context: &Context<'_>, posted: &Map, list: &mut Vec<&Product>) {
    let text = |name: &str| posted.get(name).and_then(text_of).unwrap_or_default();
    let ascending = text("order").eq_ignore_ascii_case("asc");
    let by = match text("orderby") {
        by if by.is_empty() => "date".to_owned(),
        by => by.to_ascii_lowercase(),
    };
    match by.as_str() {
        "price_asc" | "price_desc" => list.retain(|product| price(context, product).is_some()),
        "on_sale_first" if context.visit.profile == Profile::V43 => {
            list.retain(|product| product.sale_price.is_some());
        }
        // 4.3.6 looks for a mark that WooCommerce gave up with version 3
        "featured_first" if context.visit.profile == Profile::V43 => list.clear(),
        _ => {}
    }
    let included = posted.get("include").map(super::args::ids).unwrap_or_default();
    let key = |product: &Product| {
        let details = context.details(product);
        let title = || text::folded(&product.name);
        match by.as_str() {
            // what is left is told apart by id
            "id" => (0.0, String::new()),
            "menu_order" => (whole(product.menu_order), title()),
            "title" | "alphabetical" | "reverse_alpha" => (0.0, title()),
            "slug" | "name" => (0.0, product.slug.clone()),
            "include" => {
                let place = included.iter().position(|id| *id == product.id);
                (place.and_then(|at| i64::try_from(at).ok()).map_or(-1.0, whole), String::new())
            }
            "price_asc" => (price(context, product).unwrap_or(0.0), String::new()),
            "price_desc" => (-price(context, product).unwrap_or(0.0), String::new()),
            "rating" => (-number::float_of(&product.average_rating), String::new()),
            "sales" => (f64::from(details.total_sales), String::new()),
            "by_stock" => (-product.stock_quantity.unwrap_or(0.0), title()),
            "review_count" => (-f64::from(details.rating_count), title()),
            "on_sale_first" => (-sale(context, product).unwrap_or(0.0), title()),
            "featured_first" => (-f64::from(u8::from(details.featured)), title()),
            _ => (whole(details.created.local()), String::new()),
        }
    };
    let is_descending = match by.as_str() {
        "alphabetical" | "include" | "price_asc" | "price_desc" | "rating" | "by_stock"
        | "review_count" | "on_sale_first" | "featured_first" => false,
        "reverse_alpha" => true,
        _ => !ascending,
    };
    let turned = |order: Ordering, turns: bool| if turns { order.reverse() } else { order };
    let mut keyed: Vec<_> = list.iter().map(|product| (key(product), *product)).collect();
    sort::stable_sort(&mut keyed, |(a, one), (b, other)| {
        let order = a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1));
        turned(order, is_descending).then_with(|| turned(one.id.cmp(&other.id), !ascending))
    });
    *list = keyed.into_iter().map(|(_, product)| product).collect();
}

#[allow(clippy::cast_precision_loss)]
fn whole(number: i64) -> f64 {
    number as f64
}

fn price(context: &Context<'_>, product: &Product) -> Option<f64> {
    query::prices(context, product).into_iter().min_by(f64::total_cmp)
}

/// What 4.3.6 sorts by is the sale price; the reference means what is on sale.
fn sale(context: &Context<'_>, product: &Product) -> Option<f64> {
    if context.visit.profile == Profile::V43 {
        return product.sale_price.map(to_f64);
    }
    Some(f64::from(u8::from(prices::is_on_sale(context, product))))
}
