//! Random shops: incomplete, contradictory, absurd.

use crate::common::amount;
use crate::common::till::{ALL, flat_rate};
use crate::sound::coupon;
use cocart_wasm::cart::Fee;
use cocart_wasm::store::{
    AttributeOption, Backorders, BaseAddress, Category, Coupon, CurrencyPosition, DiscountType,
    ManageStock, Product, ProductAttribute, ProductStatus, ProductType, Settings, ShippingMethod,
    ShippingMethodKind, ShippingZone, Snapshot, StockStatus, TaxBasedOn, TaxClass, TaxDisplay,
    TaxRate, TaxStatus, TaxTotalDisplay, Versions, ZoneLocation, ZoneLocationType,
};
use proptest::prelude::*;
use rust_decimal::Decimal;

fn decimal() -> impl Strategy<Value = Decimal> {
    let odd = ["0", "0.00", "-0", "1", "9.99", "1.005", "-5", "0.0000001", "100", "-100", "99.999"];
    prop_oneof![
        6 => prop::sample::select(odd.to_vec()).prop_map(amount),
        1 => Just(Decimal::MAX),
        1 => Just(Decimal::MIN),
        2 => (any::<i64>(), 0u32..12).prop_map(|(n, scale)| Decimal::new(n, scale)),
    ]
}

fn number() -> impl Strategy<Value = f64> {
    prop::sample::select(vec![0.0, -0.0, 1.0, 2.5, -3.0, 1e15, 1e300, -1e300, 1e-300])
}

fn word() -> impl Strategy<Value = String> {
    let words = [
        "",
        "0",
        "reduced",
        "standard",
        "inherit",
        "US",
        "GB",
        "XX",
        "CA",
        "90001",
        "SW1A 1AA",
        "AA1...AC9",
        "9*",
        "*",
        "1...",
        "&amp;<b>",
        "é",
        "a b",
        "{{",
        "د.ك",
        ".",
        ",",
    ];
    prop_oneof![
        9 => prop::sample::select(words.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,9}",
    ]
}

fn settings() -> impl Strategy<Value = Settings> {
    let texts = prop::collection::vec(word(), 8);
    let flags = prop::collection::vec(any::<bool>(), 12);
    let decimals = prop_oneof![1 => any::<u8>(), 1 => 0u8..5];
    let positions = [
        CurrencyPosition::Left,
        CurrencyPosition::Right,
        CurrencyPosition::LeftSpace,
        CurrencyPosition::RightSpace,
    ];
    let based_on = [TaxBasedOn::Shipping, TaxBasedOn::Billing, TaxBasedOn::Base];
    (
        texts,
        flags,
        decimals,
        prop::sample::select(positions.to_vec()),
        prop::sample::select(based_on.to_vec()),
    )
        .prop_map(|(texts, flags, price_decimals, currency_pos, tax_based_on)| {
            let display = |incl: bool| if incl { TaxDisplay::Incl } else { TaxDisplay::Excl };
            let base_address = BaseAddress {
                country: texts[0].clone(),
                state: texts[1].clone(),
                postcode: texts[2].clone(),
                ..BaseAddress::default()
            };
            Settings {
                price_decimals,
                currency_pos,
                tax_based_on,
                base_address,
                currency_symbol: texts[3].clone(),
                decimal_separator: texts[4].clone(),
                thousand_separator: texts[5].clone(),
                shipping_tax_class: texts[6].clone(),
                allowed_countries: if flags[0] { vec![texts[7].clone()] } else { Vec::new() },
                calc_taxes: flags[1],
                prices_include_tax: flags[2],
                adjust_non_base_location_prices: flags[3],
                tax_round_at_subtotal: flags[4],
                tax_display_cart: display(flags[5]),
                tax_display_shop: display(flags[6]),
                tax_total_display: if flags[7] {
                    TaxTotalDisplay::Single
                } else {
                    TaxTotalDisplay::Itemized
                },
                shipping_cost_requires_address: flags[8],
                shipping_hide_rates_when_free: flags[9],
                calc_discounts_sequentially: flags[10],
                allow_price_override: flags[11],
                ..Settings::default()
            }
        })
}

/// Ids collide on purpose.
fn id() -> impl Strategy<Value = u64> {
    prop_oneof![9 => 0u64..9, 1 => any::<u64>()]
}

fn product() -> impl Strategy<Value = Product> {
    let kinds = vec![
        ProductType::Simple,
        ProductType::Simple,
        ProductType::Simple,
        ProductType::Simple,
        ProductType::Variable,
        ProductType::Variation,
        ProductType::Grouped,
        ProductType::External,
        ProductType::Other("bundle".into()),
    ];
    let statuses = vec![
        ProductStatus::Publish,
        ProductStatus::Publish,
        ProductStatus::Private,
        ProductStatus::Trash,
    ];
    let stock = (
        prop::sample::select(vec![ManageStock::No, ManageStock::Yes, ManageStock::Parent]),
        prop::option::of(number()),
        prop::sample::select(vec![Backorders::No, Backorders::Notify, Backorders::Yes]),
        prop::sample::select(vec![
            StockStatus::Instock,
            StockStatus::Instock,
            StockStatus::Outofstock,
        ]),
    );
    let texts = prop::collection::vec(word(), 6);
    let prices = (prop::option::weighted(0.9, decimal()), prop::option::of(decimal()));
    let limits = (prop::option::weighted(0.2, number()), prop::option::weighted(0.2, number()));
    let kind = (prop::sample::select(kinds), prop::sample::select(statuses));
    let taxed =
        prop::sample::select(vec![TaxStatus::Taxable, TaxStatus::Shipping, TaxStatus::None]);
    (id(), id(), kind, prices, stock, texts, limits, taxed, prop::collection::vec(id(), 0..3))
        .prop_map(
            |(
                id,
                parent_id,
                (kind, status),
                (price, sale_price),
                stock,
                texts,
                limits,
                tax_status,
                others,
            )| {
                let (manage_stock, stock_quantity, backorders, stock_status) = stock;
                let attribute = ProductAttribute {
                    id: 1,
                    name: texts[0].clone(),
                    slug: "pa_color".into(),
                    variation: true,
                    options: vec![AttributeOption {
                        value: texts[1].clone(),
                        name: texts[1].clone(),
                    }],
                };
                Product {
                    id,
                    parent_id,
                    kind,
                    status,
                    price,
                    regular_price: price,
                    sale_price,
                    manage_stock,
                    stock_quantity,
                    backorders,
                    stock_status,
                    tax_status,
                    name: texts[0].clone(),
                    tax_class: texts[2].clone(),
                    weight: texts[3].clone(),
                    shipping_class: texts[4].clone(),
                    sku: texts[5].clone(),
                    attributes: vec![attribute],
                    variation: vec![("attribute_pa_color".into(), texts[1].clone())],
                    min_quantity: limits.0,
                    max_quantity: limits.1,
                    category_ids: others.iter().map(|id| (*id % 5) as u32).collect(),
                    cross_sell_ids: others,
                    ..Product::default()
                }
            },
        )
}

fn tax_rate() -> impl Strategy<Value = TaxRate> {
    (0u64..4, decimal(), prop::collection::vec(word(), 5), 0u32..3, any::<bool>(), any::<bool>())
        .prop_map(|(id, rate, texts, priority, compound, everywhere)| TaxRate {
            id,
            rate,
            priority,
            compound,
            country: if everywhere { String::new() } else { texts[0].clone() },
            state: if everywhere { String::new() } else { texts[1].clone() },
            postcodes: if everywhere { Vec::new() } else { vec![texts[2].clone()] },
            class: if everywhere { String::new() } else { texts[3].clone() },
            name: texts[4].clone(),
            ..TaxRate::default()
        })
}

fn any_coupon() -> impl Strategy<Value = Coupon> {
    let kinds = vec![
        DiscountType::Percent,
        DiscountType::FixedCart,
        DiscountType::FixedProduct,
        DiscountType::Other("smart".into()),
    ];
    (
        1u64..4,
        prop::sample::select(kinds),
        decimal(),
        prop::option::of(0u64..5),
        (prop::option::weighted(0.2, any::<i64>()), any::<bool>(), any::<bool>()),
        prop::collection::vec(id(), 0..2),
    )
        .prop_map(
            |(id, discount_type, amount, limit, (expires, individual_use, free_shipping), ids)| {
                Coupon {
                    amount,
                    limit_usage_to_x_items: limit,
                    expires,
                    individual_use,
                    free_shipping,
                    excluded_product_categories: ids.iter().map(|id| (*id % 5) as u32).collect(),
                    product_ids: ids,
                    ..coupon(id, discount_type, "0")
                }
            },
        )
}

fn zone() -> impl Strategy<Value = ShippingZone> {
    let formulas = [
        "",
        "5",
        "-5",
        "[qty]",
        "[cost] * 2",
        "1/0",
        "9^9^9^9",
        "((((((",
        "[fee percent=\"10\"",
        "[fee percent=\"1e400\"]",
        "1e9",
        "pi e",
        "--------1",
        "4,99",
        "5%",
    ];
    let formula = prop::sample::select(formulas.to_vec());
    let method =
        (0u32..3, formula, word(), 0u8..4).prop_map(|(instance_id, formula, text, which)| {
            let kind = match which {
                0 => ShippingMethodKind::LocalPickup { taxable: true, cost: formula.into() },
                1 => ShippingMethodKind::FreeShipping {
                    requires: cocart_wasm::store::FreeShippingRequires::MinAmount,
                    min_amount: text,
                    ignore_discounts: false,
                },
                2 => ShippingMethodKind::Unknown,
                _ => flat_rate(0, formula).kind,
            };
            ShippingMethod { instance_id, enabled: true, title: "<b>&amp;".into(), kind }
        });
    let kinds = [
        ZoneLocationType::Continent,
        ZoneLocationType::Country,
        ZoneLocationType::State,
        ZoneLocationType::Postcode,
    ];
    let location = (word(), prop::sample::select(kinds.to_vec()))
        .prop_map(|(code, kind)| ZoneLocation { code, kind });
    (0u32..3, prop::collection::vec(location, 0..3), prop::collection::vec(method, 0..4)).prop_map(
        |(id, locations, methods)| ShippingZone {
            id,
            locations,
            methods,
            ..ShippingZone::default()
        },
    )
}

/// Any shop.
pub(crate) fn shops() -> impl Strategy<Value = Snapshot> {
    let category = (0u32..5, 0u32..5).prop_map(|(id, parent)| Category {
        id,
        parent,
        name: format!("Category {id}"),
        slug: String::new(),
    });
    let fee = (word(), number(), any::<bool>(), word())
        .prop_map(|(name, amount, taxable, tax_class)| Fee { name, amount, taxable, tax_class });
    let versions = prop_oneof![
        4 => prop::sample::select(ALL.to_vec()).prop_map(|(w, p)| (w.to_owned(), p.to_owned())),
        1 => (word(), word()),
    ];
    let class = word().prop_map(|slug| TaxClass { name: slug.clone(), slug });
    (
        any::<bool>(),
        settings(),
        versions,
        prop::collection::vec(product(), 0..12),
        prop::collection::vec(tax_rate(), 0..4),
        prop::collection::vec(class, 0..3),
        prop::collection::vec(any_coupon(), 0..4),
        prop::collection::vec(zone(), 0..3),
        prop::collection::vec(category, 0..5),
        prop::collection::vec(fee, 0..3),
    )
        .prop_map(
            |(
                complete,
                settings,
                (woocommerce, php),
                products,
                tax_rates,
                tax_classes,
                coupons,
                shipping_zones,
                categories,
                fees,
            )| {
                Snapshot {
                    complete,
                    settings,
                    versions: Versions { woocommerce, php, ..Versions::default() },
                    products,
                    tax_rates,
                    tax_classes,
                    coupons,
                    shipping_zones,
                    categories,
                    fees,
                    ..Snapshot::default()
                }
            },
        )
}
