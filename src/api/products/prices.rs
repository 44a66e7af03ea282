//! Prices in the catalogue's documents: as the shop displays them, with tax or without.

use super::{Context, dates, parts};
use crate::api::document::{Money, currency};
use crate::map;
use crate::store::{Product, ProductType, to_f64};
use crate::value::{Map, Value};
use crate::woo::{sort, text};

/// `prices`; the short form inside `variations[]` has no range.
pub(super) fn prices(context: &Context<'_>, product: &Product, with_range: bool) -> Map {
    let visit = &context.visit;
    let money = Money::of(visit);
    let shown = |raw: f64| money.price(visit.shop_price(product, raw));
    let regular = if product.kind == ProductType::Variable {
        let all = parts::variations(context, product);
        all.iter().filter_map(|v| v.regular_price).min()
    } else {
        product.regular_price
    };
    let sale = product.sale_price.map(to_f64).filter(|sale| *sale != 0.0);
    let mut prices = map! {
        "price": shown(product.price.map_or(0.0, to_f64)),
        // WooCommerce takes the price in force where there is no regular one
        "regular_price": shown(regular.or(product.price).map_or(0.0, to_f64)),
        "sale_price": sale.map_or_else(|| "".into(), shown),
    };
    if with_range {
        prices.push("price_range", price_range(context, &money, product));
    }
    let (from, to) = (sale_date(context, product.sale_from), sale_date(context, product.sale_to));
    prices.push("on_sale", is_on_sale(context, product));
    prices.push(
        "date_on_sale",
        map! {
            "from": from,
            "from_gmt": dates::optional(product.sale_from),
            "to": to,
            "to_gmt": dates::optional(product.sale_to),
        },
    );
    prices.push("currency", currency(visit));
    prices
}

fn price_range(context: &Context<'_>, money: &Money<'_>, product: &Product) -> Value {
    let parts = match product.kind {
        ProductType::Variable => parts::variations(context, product),
        ProductType::Grouped => members(context, product),
        _ => Vec::new(),
    };
    let shown = |part: &&Product| Some(context.visit.shop_price(part, to_f64(part.price?)));
    let mut all: Vec<f64> = parts.iter().filter_map(shown).collect();
    sort::stable_sort(&mut all, f64::total_cmp);
    let (Some(least), Some(most)) = (all.first(), all.last()) else { return Value::empty_array() };
    let (from, to) = (money.price(*least), money.price(*most));
    let to = if from == to { "".into() } else { to };
    map! { "from": from, "to": to }.into()
}

/// Whether a product, or one that belongs to it, is on sale.
pub(super) fn is_on_sale(context: &Context<'_>, product: &Product) -> bool {
    let visit = &context.visit;
    match product.kind {
        ProductType::Variable => {
            parts::variations(context, product).iter().any(|v| visit.is_on_sale(v))
        }
        ProductType::Grouped => members(context, product).iter().any(|m| is_on_sale(context, m)),
        _ => visit.is_on_sale(product),
    }
}

fn members<'r>(context: &'r Context<'_>, product: &Product) -> Vec<&'r Product> {
    let ids = context.details(product).grouped_ids.iter();
    ids.filter_map(|id| context.visit.shop.product(*id)).collect()
}

/// A sale's date on the shop's clock.
pub(super) fn sale_date(context: &Context<'_>, at: Option<i64>) -> Value {
    #[allow(clippy::cast_possible_truncation)]
    let offset = (context.visit.shop.snapshot().store.gmt_offset * 3_600.0) as i64;
    dates::optional(at.map(|at| at + offset))
}

/// The text of a product's price, as v1 shows it: without tax.
pub(super) fn price_text(context: &Context<'_>, raw: Option<f64>) -> String {
    text::strip_tags(&context.visit.money().price(raw.unwrap_or(0.0)))
}
