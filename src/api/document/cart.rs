//! The cart document (`spec/cocart-v2.md` 2.4).

use super::{Fields, cart_totals, items, keyed_items, shipping, suggestions, totals};
use crate::api::Profile;
use crate::cart::visit::HashShown;
use crate::cart::{Address, Line, Lines, Visit, extras};
use crate::map;
use crate::store::{Product, ProductStatus};
use crate::value::{Map, Value};
use crate::woo::{countries, number};

/// How the document is asked for.
#[derive(Default)]
pub(in crate::api) struct CartDocument {
    /// The parts asked for; all without.
    pub(in crate::api) fields: Option<Fields>,
    /// Whether items show their picture.
    pub(in crate::api) thumb: bool,
    /// The lines as they stood before this request calculated: a plain `GET cart` of the
    /// recorded server prints those.
    pub(in crate::api) lines_before: Option<Lines>,
}

/// Builds the document; notices that are printed are gone from the cart.
pub(in crate::api) fn cart(visit: &mut Visit<'_>, asked: &CartDocument) -> Map {
    let lost = visit.lines_without_price();
    let mut document = Map::with_capacity(17);
    let wants = |part: &str| asked.fields.as_ref().is_none_or(|fields| fields.wants(part));
    let mut put = |part: &'static str, build: &mut dyn FnMut() -> Value| {
        if wants(part) {
            document.push(part, build());
        }
    };
    put("cart_hash", &mut || match (visit.cart.hash(), &mut visit.hash) {
        (Some(hash), HashShown::Text) => hash.text(visit.cart).into(),
        (Some(hash), HashShown::Later(later)) => {
            *later = Some(hash);
            Value::Null
        }
        (None, _) if asked.fields.is_some() => "".into(),
        (None, _) => "No items in cart so no hash".into(),
    });
    put("cart_key", &mut || visit.cart.key.as_str().into());
    put("currency", &mut || {
        let from = (visit.shop.revision(), visit.profile);
        visit.cart.memo.currency.made_from(from, || super::currency(visit).into())
    });
    put("customer", &mut || customer(visit));
    put("items", &mut || items(visit, asked, &lost));
    put("item_count", &mut || visit.goods().count.into());
    put("items_weight", &mut || items_weight(visit));
    put("coupons", &mut || totals::coupons(visit));
    put("needs_payment", &mut || {
        visit.cart.totals.as_ref().is_some_and(|t| number::float_of(&t.total) > 0.0).into()
    });
    put("needs_shipping", &mut || visit.needs_shipping().into());
    put("shipping", &mut || shipping::shipping(visit));
    put("fees", &mut || totals::fees(visit));
    put("taxes", &mut || totals::taxes(visit));
    put("totals", &mut || cart_totals(visit).into());
    put("removed_items", &mut || removed_items(visit, asked));
    put("cross_sells", &mut || suggestions::cross_sells(visit));
    put("notices", &mut || totals::notices(visit));
    if visit.profile == Profile::V49 {
        // 5.0 has it only where a plugin adds something
        put("extensions", &mut || Map::new().into());
    }
    // who lists no items does not see it
    if document.contains("items") {
        visit.drop_lines_without_price(&lost);
    }
    match &asked.fields {
        Some(fields) => fields.in_asked_order(&document),
        None => {
            extras::restore(&mut document, &visit.cart.extra);
            document
        }
    }
}

fn customer(visit: &Visit<'_>) -> Value {
    let (customer, memo) = (&visit.cart.customer, &visit.cart.memo.customer);
    let (revision, profile) = (visit.shop.revision(), visit.profile);
    let known = memo
        .known(|(of, shown_as, who)| (*of, *shown_as) == (revision, profile) && who == customer);
    known.unwrap_or_else(|| {
        let addresses: Value = map! {
            "billing_address": address(visit, &customer.billing, true),
            "shipping_address": address(visit, &customer.shipping, false),
        }
        .into();
        // a copy of the customer only when it is another
        memo.put(((revision, profile, customer.clone()), addresses.clone()));
        addresses
    })
}

/// The address under the shop's checkout field names (`spec/woocommerce-cart.md` 8.5).
fn address(visit: &Visit<'_>, address: &Address, billing: bool) -> Map {
    let settings = visit.settings();
    let reference = visit.profile == Profile::Reference;
    let country =
        if address.country.is_empty() { &settings.base_address.country } else { &address.country };
    let order =
        if reference { countries::POSTCODE_FIRST } else { countries::address_order(country) };
    let contact: &[&str] = if billing {
        &["phone", "email"]
    } else if visit.generation.shipping_phone && !reference {
        &["phone"]
    } else {
        &[]
    };
    let shown = |field: &str| match field {
        "company" => settings.checkout_company,
        "address_2" => settings.checkout_address_2,
        "phone" => settings.checkout_phone,
        _ => true,
    };
    let prefix = if billing { "billing_" } else { "shipping_" };
    let fields = order.split(' ').chain(contact.iter().copied());
    fields
        .filter(|field| shown(field))
        .map(|field| (format!("{prefix}{field}"), address.get(field).unwrap_or_default()))
        .collect()
}

fn items(visit: &Visit<'_>, asked: &CartDocument, lost: &[String]) -> Value {
    if visit.profile != Profile::V43 {
        return keyed_items(visit, asked.thumb).into();
    }
    match &asked.lines_before {
        _ if visit.cart.lists_nothing() => Value::empty_array(),
        None if lost.is_empty() => Value::Array(items::items(visit, asked.thumb)),
        before => {
            let lines = before.as_ref().unwrap_or(&visit.cart.lines).iter();
            let shown = lines.map(AsRef::as_ref).filter(|line: &&Line| !lost.contains(&line.key));
            items::list(visit, &shown.collect::<Vec<_>>(), asked.thumb, false).into()
        }
    }
}

/// A list, except on the recorded server's empty cart, where it is a map by item key.
/// What the shop no longer has is gone from here as well; what is not known of it is kept unseen.
fn removed_items(visit: &mut Visit<'_>, asked: &CartDocument) -> Value {
    let shop = visit.shop;
    let exists = |product: &Product| product.status != ProductStatus::Trash;
    let may_be_unknown = !shop.snapshot().complete;
    visit.cart.removed.retain(|line| shop.product(line.sold_id()).map_or(may_be_unknown, exists));
    let known = |line: &&Line| shop.product(line.sold_id()).is_some();
    let removed: Vec<&Line> = visit.cart.removed.iter().filter(known).collect();
    let documents = items::list(visit, &removed, asked.thumb, true);
    if visit.profile == Profile::V43 && visit.cart.lines.is_empty() && !removed.is_empty() {
        let keys = removed.iter().map(|line| line.key.clone());
        return keys.zip(documents).collect::<Map>().into();
    }
    documents.into()
}

fn items_weight(visit: &Visit<'_>) -> Value {
    let weight = visit.goods().weight.max(0.0);
    match visit.profile {
        Profile::V43 => number::text14(weight).into(),
        _ => weight.into(),
    }
}
