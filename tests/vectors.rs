//! The test vectors V1 to V20 (`spec/woocommerce-cart.md` 13), computed there by WooCommerce's
//! own classes: every figure to the bit, on every generation that gives the same.

mod common;

#[path = "vectors/coupons.rs"]
mod coupons;
#[path = "vectors/taxes.rs"]
mod taxes;
#[path = "vectors/whole_cart.rs"]
mod whole_cart;
