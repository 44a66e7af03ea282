//! Tax rates, shipping zones, coupons and fees.

use super::read::{
    self, count, date, decimal, field, flag, ids_of, list_of, number, text, texts_of,
};
use super::{Release, Sources};
use crate::store::{
    Coupon, DiscountType, Fee, FreeShippingRequires, ShippingMethod, ShippingMethodKind,
    ShippingZone, TaxRate, ZoneLocation, ZoneLocationType, coupon_hash,
};
use crate::value::Value;
use crate::woo::text::is_empty;
use rust_decimal::Decimal;

pub(super) fn tax_rate(rate: &Value) -> TaxRate {
    let class = text(rate, "class");
    TaxRate {
        id: u64::from(read::id(rate)),
        country: text(rate, "country"),
        state: text(rate, "state"),
        postcodes: texts_of(rate, "postcodes"),
        cities: texts_of(rate, "cities"),
        rate: decimal(rate, "rate").unwrap_or(Decimal::ZERO).normalize(),
        name: text(rate, "name"),
        priority: read::small(number(rate, "priority")),
        compound: flag(rate, "compound"),
        shipping: flag(rate, "shipping"),
        class: if class == "standard" { String::new() } else { class },
    }
}

pub(super) fn zone(zone: &Value, release: &Release) -> ShippingZone {
    let location = |location: &Value| {
        let kind = match text(location, "type").as_str() {
            "continent" => ZoneLocationType::Continent,
            "country" => ZoneLocationType::Country,
            "state" => ZoneLocationType::State,
            "postcode" => ZoneLocationType::Postcode,
            _ => return None,
        };
        Some(ZoneLocation { code: text(location, "code"), kind })
    };
    let mut methods = list_of(zone, "methods");
    methods.sort_by_key(|method| read::small(number(method, "order")));
    ShippingZone {
        id: read::id(zone),
        name: text(zone, "name"),
        locations: list_of(zone, "locations").iter().filter_map(location).collect(),
        // what is switched off is nobody's business
        methods: (methods.iter().map(method))
            .filter(|method| method.enabled || release.unpublished)
            .collect(),
    }
}

/// A setting, which `wc/v3` wraps in `{value}`.
fn setting(method: &Value, name: &str) -> String {
    let settings = field(method, "settings").and_then(|settings| field(settings, name));
    match settings {
        Some(wrapped @ Value::Object(_)) => text(wrapped, "value"),
        Some(plain) => read::as_text(plain),
        None => String::new(),
    }
}

fn method(method: &Value) -> ShippingMethod {
    let taxable = setting(method, "tax_status") != "none";
    let class_costs = field(method, "settings").and_then(Value::as_object).map(|settings| {
        let costs = settings.keys().filter_map(|name| {
            let id = name.strip_prefix("class_cost_")?.parse().ok()?;
            Some((id, setting(method, name)))
        });
        costs.filter(|(_, cost)| !cost.is_empty()).collect::<Vec<_>>()
    });
    let kind = match text(method, "method_id").as_str() {
        "flat_rate" => ShippingMethodKind::FlatRate {
            taxable,
            cost: setting(method, "cost"),
            class_costs: class_costs.unwrap_or_default(),
            no_class_cost: setting(method, "no_class_cost"),
            per_order: setting(method, "type") == "order",
        },
        "free_shipping" => ShippingMethodKind::FreeShipping {
            requires: match setting(method, "requires").as_str() {
                "coupon" => FreeShippingRequires::Coupon,
                "min_amount" => FreeShippingRequires::MinAmount,
                "either" => FreeShippingRequires::Either,
                "both" => FreeShippingRequires::Both,
                _ => FreeShippingRequires::Nothing,
            },
            min_amount: setting(method, "min_amount"),
            ignore_discounts: setting(method, "ignore_discounts") == "yes",
        },
        "local_pickup" => {
            ShippingMethodKind::LocalPickup { taxable, cost: setting(method, "cost") }
        }
        _ => ShippingMethodKind::Unknown,
    };
    let title = match setting(method, "title") {
        empty if empty.is_empty() => text(method, "title"),
        title => title,
    };
    ShippingMethod {
        instance_id: read::small(number(method, "instance_id")),
        // WooCommerce offers no rate without a name
        enabled: flag(method, "enabled") && !is_empty(&title),
        title,
        kind,
    }
}

/// The coupons on the allow-list: codes hashed, e-mail addresses left behind.
pub(super) fn coupons(sources: &Sources, release: &Release) -> Vec<Coupon> {
    let all = read::list(&sources.coupons);
    let released =
        all.iter().filter(|coupon| matches!(text(coupon, "status").as_str(), "publish" | ""));
    released
        .filter_map(|source| {
            let code = text(source, "code").to_lowercase();
            let released = release.coupons.iter().find(|r| r.code.to_lowercase() == code)?;
            let exact = released.amount.as_ref().and_then(|amount| amount.parse().ok());
            let shown = decimal(source, "amount").unwrap_or(Decimal::ZERO).normalize();
            let usage = usage(source, release);
            Some(Coupon {
                id: u64::from(read::id(source)),
                code_hash: coupon_hash(&release.coupon_salt, &code),
                discount_type: match text(source, "discount_type").as_str() {
                    "percent" => DiscountType::Percent,
                    "fixed_cart" => DiscountType::FixedCart,
                    "fixed_product" => DiscountType::FixedProduct,
                    other => DiscountType::Other(other.to_owned()),
                },
                amount: exact.unwrap_or(shown),
                expires: date(source, "date_expires_gmt"),
                usage_limit: usage.0,
                usage_count: usage.1,
                usage_limit_per_user: count(source, "usage_limit_per_user"),
                limit_usage_to_x_items: count(source, "limit_usage_to_x_items"),
                individual_use: flag(source, "individual_use"),
                free_shipping: flag(source, "free_shipping"),
                product_ids: ids_of(source, "product_ids"),
                excluded_product_ids: ids_of(source, "excluded_product_ids"),
                product_categories: small_ids(source, "product_categories"),
                excluded_product_categories: small_ids(source, "excluded_product_categories"),
                exclude_sale_items: flag(source, "exclude_sale_items"),
                minimum_amount: decimal(source, "minimum_amount")
                    .unwrap_or(Decimal::ZERO)
                    .normalize(),
                maximum_amount: decimal(source, "maximum_amount")
                    .unwrap_or(Decimal::ZERO)
                    .normalize(),
                email_restricted: !list_of(source, "email_restrictions").is_empty(),
                amount_is_estimate: exact.is_none() && shown.scale() == 2,
            })
        })
        .collect()
}

/// Limit and count of a coupon's uses. How well it goes is the merchant's own figure: a public
/// file says only whether it is used up.
fn usage(source: &Value, release: &Release) -> (Option<u64>, u64) {
    let limit = count(source, "usage_limit");
    let used = count(source, "usage_count").unwrap_or(0);
    match limit {
        _ if release.unpublished => (limit, used),
        Some(limit) if used >= limit => (Some(1), 1),
        _ => (None, 0),
    }
}

fn small_ids(value: &Value, name: &str) -> Vec<u32> {
    ids_of(value, name).into_iter().filter_map(|id| u32::try_from(id).ok()).collect()
}

pub(super) fn fees(fees: &Value) -> Vec<Fee> {
    read::list(fees)
        .iter()
        .map(|fee| Fee {
            name: text(fee, "name"),
            amount: number(fee, "amount"),
            taxable: flag(fee, "taxable"),
            tax_class: text(fee, "tax_class"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::map;

    #[test]
    fn a_method_without_a_name_is_never_offered() {
        for (title, enabled) in [("Post", true), ("", false), ("0", false)] {
            let method = map! { "enabled": true, "settings": map! { "title": title } };
            assert_eq!(super::method(&method.into()).enabled, enabled, "{title}");
        }
    }
}
