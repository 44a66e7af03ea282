//! A shop with one product for each reason to refuse it.

use cocart_wasm::store::{
    AttributeOption, ManageStock, Product, ProductAttribute, ProductStatus, ProductType, Shop,
    Snapshot, StockStatus,
};

fn product(id: u64, name: &str) -> Product {
    Product {
        id,
        name: name.into(),
        price: Some("10".parse().unwrap()),
        regular_price: Some("10".parse().unwrap()),
        ..Product::default()
    }
}

fn attribute(id: u32, name: &str, slug: &str, values: &[&str]) -> ProductAttribute {
    let option =
        |value: &&str| AttributeOption { value: (*value).into(), name: value.to_uppercase() };
    ProductAttribute {
        id,
        name: name.into(),
        slug: slug.into(),
        variation: true,
        options: values.iter().map(option).collect(),
    }
}

fn variation(id: u64, parent: u64, color: &str, size: &str) -> Product {
    Product {
        kind: ProductType::Variation,
        parent_id: parent,
        variation: vec![
            ("attribute_pa_color".into(), color.into()),
            ("attribute_size".into(), size.into()),
        ],
        ..product(id, "Hoodie - Red, S")
    }
}

pub(crate) fn shop() -> Shop {
    let of_kind = |id, name, kind| Product { kind, ..product(id, name) };
    let hoodie = Product {
        kind: ProductType::Variable,
        attributes: vec![
            attribute(1, "Color", "pa_color", &["red", "blue", "green"]),
            attribute(0, "Size", "size", &["S", "M"]),
        ],
        ..product(4, "Hoodie")
    };
    let limited = |id, name| Product {
        manage_stock: ManageStock::Yes,
        stock_quantity: Some(3.0),
        ..product(id, name)
    };
    Shop::new(Snapshot {
        complete: true,
        products: vec![
            Product { sku: "MUG".into(), ..product(1, "Mug") },
            of_kind(2, "Watch", ProductType::External),
            of_kind(3, "Set", ProductType::Grouped),
            hoodie,
            variation(5, 4, "red", "S"),
            variation(6, 4, "blue", ""),
            Product { price: None, ..variation(7, 4, "red", "M") },
            Product { stock_status: StockStatus::Outofstock, ..variation(8, 4, "green", "S") },
            Product { status: ProductStatus::Private, ..product(9, "Print") },
            Product { stock_status: StockStatus::Outofstock, ..product(10, "Scarf") },
            limited(11, "Lamp"),
            Product { sold_individually: true, ..product(12, "Poster") },
            Product { status: ProductStatus::Trash, ..product(13, "Chair") },
            Product { password_protected: true, ..product(14, "Secret") },
            variation(15, 99, "red", "S"),
        ],
        ..Snapshot::default()
    })
}
