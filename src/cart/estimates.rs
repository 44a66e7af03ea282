//! Which parts of a cart's document are estimates: what the server may see otherwise
//! (ARCHITECTURE.md, "What the engine can know of the shop").

use super::{Cart, shipping};
use crate::store::{ManageStock, Shop};

/// JSON pointers into the cart document, most general last; empty when the answer is exact.
pub fn estimates(shop: &Shop, cart: &Cart) -> Vec<String> {
    let mut pointers: Vec<String> = Vec::new();
    let mut amounts = !shop.is_sound();
    for name in cart.extra.keys() {
        pointers.push(format!("/{name}"));
    }
    for line in cart.lines.iter() {
        for name in line.extra.keys() {
            pointers.push(format!("/items/{}/{name}", line.key));
        }
        let Some(product) = shop.product(line.sold_id()) else {
            pointers.push(format!("/items/{}", line.key));
            amounts = true;
            continue;
        };
        if product.price_is_estimate {
            pointers.push(format!("/items/{}/price", line.key));
            pointers.push(format!("/items/{}/totals", line.key));
            amounts = true;
        }
        let owner = shop.stock_owner(product);
        if owner.manage_stock == ManageStock::Yes && owner.stock_quantity.is_none() {
            pointers.push(format!("/items/{}/quantity/max_purchase", line.key));
        }
    }
    let unsure_coupon = cart.coupons.iter().any(|applied| {
        shop.coupon(&applied.code).is_none_or(|coupon| {
            coupon.amount_is_estimate
                || coupon.email_restricted
                || coupon.usage_limit_per_user.is_some()
        })
    });
    if unsure_coupon {
        pointers.push("/coupons".to_owned());
        amounts = true;
    }
    if shipping::has_unknown_method(shop, cart) {
        pointers.push("/shipping".to_owned());
        amounts = true;
    }
    if amounts {
        pointers.push("/totals".to_owned());
        if shop.snapshot().settings.calc_taxes {
            pointers.push("/taxes".to_owned());
        }
    }
    pointers
}
