//! The order of a product list.

use super::{Room, query};
use crate::api::Profile;
use crate::api::params::text_of;
use crate::store::{Product, to_f64};
use crate::value::Map;
use crate::woo::{number, sort, text};
use std::cmp::{Ordering, Reverse};

/// Sorts a list as asked; some orders hold fewer products, since the database only finds those
/// that have the value.
pub(super) fn sort(room: &Room<'_>, posted: &Map, list: &mut Vec<&Product>) {
    let text = |name: &str| posted.get(name).and_then(text_of).unwrap_or_default();
    let ascending = text("order").eq_ignore_ascii_case("asc");
    let by = match text("orderby") {
        by if by.is_empty() => "date".to_owned(),
        by => by.to_ascii_lowercase(),
    };
    match by.as_str() {
        "price_asc" | "price_desc" => list.retain(|product| price(room, product).is_some()),
        "on_sale_first" if room.visit.profile == Profile::V43 => {
            list.retain(|product| product.sale_price.is_some());
        }
        _ => {}
    }
    let included = posted.get("include").map(super::args::ids).unwrap_or_default();
    sort::stable_sort(list, |a, b| {
        let turned = |order: Ordering| if ascending { order } else { order.reverse() };
        let fixed = match by.as_str() {
            "id" => turned(a.id.cmp(&b.id)),
            "menu_order" => {
                turned(a.menu_order.cmp(&b.menu_order).then_with(|| title(a).cmp(&title(b))))
            }
            "title" => turned(title(a).cmp(&title(b))),
            "alphabetical" => title(a).cmp(&title(b)),
            "reverse_alpha" => title(b).cmp(&title(a)),
            "slug" | "name" => turned(a.slug.cmp(&b.slug)),
            "include" => {
                let at = |product: &Product| included.iter().position(|id| *id == product.id);
                at(a).cmp(&at(b))
            }
            "price_asc" => compare(price(room, a), price(room, b)),
            "price_desc" => compare(price(room, b), price(room, a)),
            "rating" => compare(rating(b), rating(a)),
            "sales" => turned(sales(room, a).cmp(&sales(room, b))),
            "by_stock" => compare(stock(b), stock(a)).then_with(|| title(a).cmp(&title(b))),
            "review_count" => {
                let key = |product: &Product| {
                    let details = room.catalogue.details(product.id);
                    (Reverse(details.map_or(0, |d| d.rating_count)), title(product))
                };
                key(a).cmp(&key(b))
            }
            "on_sale_first" => {
                compare(sale(room, b), sale(room, a)).then_with(|| title(a).cmp(&title(b)))
            }
            "featured_first" => {
                let key = |product: &Product| {
                    let details = room.catalogue.details(product.id);
                    (Reverse(details.is_some_and(|d| d.featured)), title(product))
                };
                key(a).cmp(&key(b))
            }
            _ => turned(created(room, a).cmp(&created(room, b))),
        };
        fixed.then_with(|| turned(a.id.cmp(&b.id)))
    });
}

fn compare(a: Option<f64>, b: Option<f64>) -> Ordering {
    a.unwrap_or(0.0).total_cmp(&b.unwrap_or(0.0))
}

fn title(product: &Product) -> String {
    text::folded(&product.name)
}

fn price(room: &Room<'_>, product: &Product) -> Option<f64> {
    query::prices(room, product).into_iter().min_by(f64::total_cmp)
}

fn rating(product: &Product) -> Option<f64> {
    Some(number::float_of(&product.average_rating))
}

fn stock(product: &Product) -> Option<f64> {
    product.stock_quantity
}

/// What 4.3.6 sorts by is the sale price; the reference means what is on sale.
fn sale(room: &Room<'_>, product: &Product) -> Option<f64> {
    if room.visit.profile == Profile::V43 {
        return product.sale_price.map(to_f64);
    }
    Some(f64::from(u8::from(super::parts::is_on_sale(room, product))))
}

fn sales(room: &Room<'_>, product: &Product) -> u32 {
    room.catalogue.details(product.id).map_or(0, |details| details.total_sales)
}

fn created(room: &Room<'_>, product: &Product) -> i64 {
    let moment = room.catalogue.details(product.id).map(|details| details.created);
    moment.map_or(0, |moment| moment.0 + i64::from(moment.1))
}
