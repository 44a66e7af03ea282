//! Stock in the catalogue's documents, and how many one purchase may hold.

use super::Context;
use crate::map;
use crate::store::{ManageStock, Product, ProductType};
use crate::value::{Map, Value};

/// `stock`
pub(super) fn stock(context: &Context<'_>, product: &Product) -> Map {
    map! {
        "is_in_stock": product.is_in_stock(),
        "stock_quantity": stock_quantity(context, product),
        "stock_status": product.stock_status.name(),
        "backorders": context.visit.shop.stock_owner(product).backorders.name(),
        "backorders_allowed": context.visit.allows_backorders(product),
        "backordered": context.visit.is_on_backorder(product, 0.0),
        "low_stock_amount": low_stock_amount(context, product),
    }
}

/// The counted stock, a variation's or its parent's; `null` where nobody counts, or tells.
pub(super) fn stock_quantity(context: &Context<'_>, product: &Product) -> Value {
    let quantity = context.visit.shop.stock_owner(product).stock_quantity;
    quantity.map_or(Value::Null, Value::Float)
}

/// The stock that counts as low; `""` where the shop's own number does.
pub(super) fn low_stock_amount(context: &Context<'_>, product: &Product) -> Value {
    let owner = context.visit.shop.stock_owner(product);
    context.details(owner).low_stock_amount.map_or_else(|| "".into(), Value::Float)
}

/// `true`, `false`, or `"parent"` for a variation whose parent's stock counts.
pub(super) fn manages_stock(context: &Context<'_>, product: &Product) -> Value {
    match product.manage_stock {
        _ if !context.visit.settings().manage_stock => false.into(),
        ManageStock::No => false.into(),
        ManageStock::Yes => true.into(),
        ManageStock::Parent => "parent".into(),
    }
}

/// The least and the most that one purchase may hold.
pub(super) fn purchase_quantity(context: &Context<'_>, product: &Product) -> Value {
    if matches!(product.kind, ProductType::Variable | ProductType::External) {
        return Value::empty_array();
    }
    let most = product.max_quantity.or_else(|| context.visit.max_purchase(product));
    map! {
        "min_purchase": product.min_quantity.unwrap_or(1.0),
        "max_purchase": most.unwrap_or(-1.0),
    }
    .into()
}
