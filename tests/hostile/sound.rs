//! A shop to be hostile to.

use crate::common::amount;
use crate::common::till::{flat_rate, rate};
use cocart_wasm::store::{
    AttributeOption, BaseAddress, Coupon, DiscountType, ManageStock, Product, ProductAttribute,
    ProductType, Settings, ShippingZone, Snapshot, coupon_hash,
};

/// A small shop without a fault.
pub(crate) fn shop() -> Snapshot {
    let color = ProductAttribute {
        id: 1,
        name: "Color".into(),
        slug: "pa_color".into(),
        variation: true,
        options: vec![AttributeOption { value: "red".into(), name: "Red".into() }],
    };
    let product = |id| Product {
        id,
        name: format!("Product {id}"),
        price: Some(amount("9.99")),
        weight: "0.5".into(),
        ..Product::default()
    };
    let products = vec![
        product(1),
        Product { manage_stock: ManageStock::Yes, stock_quantity: Some(3.0), ..product(2) },
        Product { kind: ProductType::Variable, attributes: vec![color], ..product(3) },
        Product {
            kind: ProductType::Variation,
            parent_id: 3,
            variation: vec![("attribute_pa_color".into(), String::new())],
            ..product(4)
        },
        Product { sold_individually: true, sku: "SKU".into(), ..product(7) },
    ];
    let base_address = BaseAddress { country: "US".into(), ..BaseAddress::default() };
    Snapshot {
        complete: true,
        settings: Settings { calc_taxes: true, base_address, ..Settings::default() },
        tax_rates: vec![rate(1, "20")],
        shipping_zones: vec![ShippingZone {
            methods: vec![flat_rate(1, "2 * [qty]")],
            ..ShippingZone::default()
        }],
        coupons: vec![
            coupon(1, DiscountType::Percent, "10"),
            coupon(2, DiscountType::FixedCart, "5"),
        ],
        products,
        ..Snapshot::default()
    }
}

/// A coupon under the code `c` and its id.
pub(crate) fn coupon(id: u64, discount_type: DiscountType, off: &str) -> Coupon {
    let code_hash = coupon_hash("", &format!("c{id}"));
    Coupon { id, code_hash, discount_type, amount: amount(off), ..Coupon::default() }
}
