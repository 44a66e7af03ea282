//! `totals`, `taxes`, `fees` and `coupons`, and the raw totals of `cart/totals`.

use super::map_or_empty;
use super::money::Money;
use crate::api::Profile;
use crate::cart::totals::{add_all, by_rate, rounded_tax, sum_of};
use crate::cart::{Amount, TaxMap, Totals, Visit};
use crate::map;
use crate::store::{TaxRate, TaxTotalDisplay};
use crate::value::{Map, Value};
use crate::woo::{Direction, countries, find, number, sort, text};

/// `totals` of the cart document.
pub(in crate::api) fn cart_totals(visit: &Visit<'_>) -> Map {
    let money = Money::of(visit);
    let none = Totals::default();
    let totals = visit.cart.totals.as_ref().unwrap_or(&none);
    let kept = |amount: Amount| money.total(amount.value());
    if visit.profile.follows_openapi() {
        return full_totals(&money, totals);
    }
    map! {
        "subtotal": kept(totals.subtotal),
        "subtotal_tax": money.total(totals.subtotal_tax),
        "fee_total": kept(totals.fee_total),
        "fee_tax": money.total(totals.fee_tax),
        "discount_total": money.total(totals.discount_total),
        "discount_tax": money.total(totals.discount_tax),
        "shipping_total": kept(totals.shipping_total),
        "shipping_tax": money.total(totals.shipping_tax),
        "total": money.total_of_price(number::float_of(&totals.total)),
        "total_tax": money.total(totals.total_tax),
    }
}

/// `CartTotals` of the publisher's OpenAPI files: taxes are lists of numbers in minor units, in
/// the order of their rates.
fn full_totals(money: &Money<'_>, totals: &Totals) -> Map {
    let kept = |amount: Amount| money.total(amount.value());
    let taxes = |taxes: &TaxMap| -> Value {
        taxes.iter().map(|(_, tax)| money.minor_number(*tax)).collect::<Vec<_>>().into()
    };
    map! {
        "subtotal": kept(totals.subtotal),
        "subtotal_tax": money.total(totals.subtotal_tax),
        "shipping_total": kept(totals.shipping_total),
        "shipping_tax": money.total(totals.shipping_tax),
        "shipping_taxes": taxes(&totals.shipping_taxes),
        "discount_total": money.total(totals.discount_total),
        "discount_tax": money.total(totals.discount_tax),
        "cart_contents_total": kept(totals.cart_contents_total),
        "cart_contents_tax": money.total(totals.cart_contents_tax),
        "cart_contents_taxes": taxes(&totals.cart_contents_taxes),
        "fee_total": kept(totals.fee_total),
        "fee_tax": money.total(totals.fee_tax),
        "fee_taxes": taxes(&totals.fee_taxes),
        "total": money.total(number::float_of(&totals.total)),
        "total_tax": money.total(totals.total_tax),
    }
}

/// The answer of `cart/totals`: WooCommerce's totals in major units, as texts, numbers and maps by
/// rate id; with `html` every scalar as a formatted price (`spec/cocart-v2.md` 3.13).
pub(in crate::api) fn raw_totals(visit: &Visit<'_>, totals: &Totals, html: bool) -> Map {
    let money = visit.money();
    if visit.profile.follows_openapi() {
        let profile = if html { Profile::V5Formatted } else { visit.profile };
        return full_totals(&Money { format: money, profile }, totals);
    }
    let kept = |amount: Amount| -> Value {
        if html { money.price(amount.value()).into() } else { amount.text().into() }
    };
    let number =
        |amount: f64| -> Value { if html { money.price(amount).into() } else { amount.into() } };
    let total: Value = if html {
        money.price(number::float_of(&totals.total)).into()
    } else {
        totals.total.as_str().into()
    };
    map! {
        "subtotal": kept(totals.subtotal),
        "subtotal_tax": number(totals.subtotal_tax),
        "shipping_total": kept(totals.shipping_total),
        "shipping_tax": number(totals.shipping_tax),
        "shipping_taxes": by_rate(&totals.shipping_taxes),
        "discount_total": number(totals.discount_total),
        "discount_tax": number(totals.discount_tax),
        "cart_contents_total": kept(totals.cart_contents_total),
        "cart_contents_tax": number(totals.cart_contents_tax),
        "cart_contents_taxes": by_rate(&totals.cart_contents_taxes),
        "fee_total": kept(totals.fee_total),
        "fee_tax": number(totals.fee_tax),
        "fee_taxes": by_rate(&totals.fee_taxes),
        "total": total,
        "total_tax": number(totals.total_tax),
    }
}

/// `fees`, in the order the server shows them.
pub(super) fn fees(visit: &Visit<'_>) -> Value {
    let money = Money::of(visit);
    match visit.profile {
        Profile::V5 | Profile::V5Formatted => {
            let rows = visit.fees.iter().map(|fee| -> Value {
                map! {
                    "name": text::escape_html(&fee.name),
                    "amount": fee.total,
                    "taxable": fee.taxable,
                    "tax_class": fee.tax_class.as_str(),
                    "total": fee.total,
                    "tax": fee.tax,
                }
                .into()
            });
            rows.collect::<Vec<_>>().into()
        }
        profile => {
            let mut rows = Map::new();
            for fee in &visit.fees {
                let shown = fee.total + if visit.shows_cart_with_tax() { fee.tax } else { 0.0 };
                rows.push(
                    fee.id.clone(),
                    map! { "name": text::escape_html(&fee.name), "fee": money.total_of_price(shown) },
                );
            }
            listed(profile, rows)
        }
    }
}

/// `taxes`: nothing while prices are shown with tax, one sum, or a row for each rate code.
pub(super) fn taxes(visit: &Visit<'_>) -> Value {
    let money = Money::of(visit);
    let settings = visit.settings();
    let hidden = !settings.calc_taxes || visit.shows_cart_with_tax() || visit.cart.lists_nothing();
    let Some(totals) = visit.cart.totals.as_ref().filter(|_| !hidden) else {
        return Value::empty_array();
    };
    let is_v5 = visit.profile.is_v5();
    if settings.tax_total_display == TaxTotalDisplay::Single {
        let label =
            format!("{}{}", countries::tax_name(&settings.base_address.country), estimate(visit));
        let total = money.total(taxes_total(visit, totals));
        return match visit.profile {
            _ if is_v5 => {
                vec![map! { "key": "total", "name": label, "price": total }.into()].into()
            }
            Profile::V49 => vec![map! { "label": label, "total": total }.into()].into(),
            _ => map! { "label": label, "total": total }.into(),
        };
    }
    let rows = tax_rows(visit, totals);
    if is_v5 {
        let rows = rows.into_iter().map(|(code, name, amount)| -> Value {
            map! { "key": code, "name": name, "price": money.total(amount) }.into()
        });
        return rows.collect::<Vec<_>>().into();
    }
    let mut map = Map::new();
    for (code, name, amount) in rows {
        map.push(code, map! { "name": name, "price": money.total(amount) });
    }
    listed(visit.profile, map)
}

/// Rows by their ids, as a list where the profile has no ids; `[]` without any.
fn listed(profile: Profile, rows: Map) -> Value {
    if rows.is_empty() || profile == Profile::V49 {
        rows.values().cloned().collect::<Vec<_>>().into()
    } else {
        rows.into()
    }
}

/// ` (estimated for …)` while shipping was not calculated and tax is another place's.
fn estimate(visit: &Visit<'_>) -> String {
    if visit.cart.customer.has_calculated_shipping || visit.is_taxed_at_home() {
        return String::new();
    }
    format!(" (estimated for {})", countries::name_in_sentence(&visit.tax_country()))
}

/// Rows by rate code: code, name, amount in major units (`spec/woocommerce-cart.md` 4.10).
fn tax_rows(visit: &Visit<'_>, totals: &Totals) -> Vec<(String, String, f64)> {
    let settings = visit.settings();
    let decimals = i32::from(settings.price_decimals);
    let rounding = visit.generation.rounding;
    let round = |tax: f64| rounded_tax(rounding, tax, decimals, settings.prices_include_tax);
    let mut rows: Vec<(String, String, f64)> = Vec::new();
    for (id, tax) in all_taxes(totals) {
        let Some(rate) = visit.shop.tax_rate(id) else { continue };
        let shipping =
            totals.shipping_taxes.iter().find(|(own, _)| *own == id).map_or(0.0, |(_, t)| *t);
        let amount = if shipping == 0.0 {
            tax
        } else {
            round(tax - shipping) + rounding.woo(shipping, decimals, Direction::Up)
        };
        let name = if rate.name.is_empty() {
            countries::tax_name(&settings.base_address.country).to_owned()
        } else {
            rate.name.clone()
        };
        let code = rate_code(rate);
        match rows.iter_mut().find(|(own, _, _)| *own == code) {
            Some((_, _, sum)) => *sum += round(amount),
            None => rows.push((code, name, round(amount))),
        }
    }
    rows.retain(|(_, _, amount)| *amount != 0.0);
    rows
}

/// `US-CA-CA STATE TAX-1`
fn rate_code(rate: &TaxRate) -> String {
    let name = if rate.name.is_empty() { "TAX" } else { &rate.name };
    let priority = if rate.priority == 0 { String::new() } else { rate.priority.to_string() };
    let parts = [rate.country.as_str(), &rate.state, name, &priority];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    find::join(&parts, "-").to_ascii_uppercase()
}

/// The sum of all taxes, fee taxes unrounded, rounded half up: it can differ from `total_tax` by
/// a cent (trap T38).
fn taxes_total(visit: &Visit<'_>, totals: &Totals) -> f64 {
    number::float_of(&visit.money().decimal(sum_of(&all_taxes(totals))))
}

/// Shipping's taxes, the lines' and the fees', rate by rate.
fn all_taxes(totals: &Totals) -> TaxMap {
    let mut all = totals.shipping_taxes.clone();
    add_all(&mut all, &totals.cart_contents_taxes);
    add_all(&mut all, &totals.fee_taxes);
    all
}

/// `coupons`: nothing while the cart is empty on the recorded server, although they stay applied.
pub(in crate::api) fn coupons(visit: &Visit<'_>) -> Value {
    let hidden =
        !visit.settings().enable_coupons || visit.mirrors_oddities() && visit.cart.lists_nothing();
    if hidden {
        return Value::empty_array();
    }
    let money = Money::of(visit);
    let rows = visit.cart.coupons.iter().filter_map(|applied| -> Option<Value> {
        let coupon = visit.shop.coupon(&applied.code)?;
        let saved = visit.shown_saving(applied);
        let (saving, html) = if saved == 0.0 && coupon.free_shipping {
            ("Free shipping coupon".to_owned(), "Free shipping coupon".to_owned())
        } else {
            let amount = match money.total(saved) {
                Value::Text(text) => text.to_string(),
                _ => String::new(),
            };
            (format!("-{amount}"), format!("-{}", visit.money().price(saved)))
        };
        Some(
            map! {
                "coupon": applied.code.as_str(),
                "label": text::escape_html(&format!("Coupon: {}", applied.code)),
                "discount_type": coupon.discount_type.name(),
                "saving": saving,
                "saving_html": html,
            }
            .into(),
        )
    });
    rows.collect::<Vec<_>>().into()
}

/// `notices`, by kind in the server's order; reading them empties the queue.
pub(super) fn notices(visit: &mut Visit<'_>) -> Value {
    let mut queue = std::mem::take(&mut visit.cart.notices);
    sort::stable_sort(&mut queue, |a, b| a.kind.cmp(&b.kind));
    let mut by_kind = Map::new();
    for group in queue.chunk_by(|a, b| a.kind == b.kind) {
        let texts =
            group.iter().map(|n| Value::from(text::decode_entities(&text::notice_html(&n.text))));
        if let Some(first) = group.first() {
            by_kind.push(first.kind.name(), texts.collect::<Vec<_>>());
        }
    }
    map_or_empty(visit.profile, by_kind)
}
