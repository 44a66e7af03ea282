//! The traps T1 to T38 (`spec/woocommerce-cart.md` 12), each on every generation that gives the
//! same, through a shop and its cart.
//!
//! Traps of one function are named tests beside it, in `src`:
//! T18 `woo/sort.rs`, T24, T25 and T26 `woo/rounding.rs`, T30 `woo/price.rs`,
//! T31 `cart/shipping/formula.rs`, T34 `woo/identity.rs`, T35 `woo/postcode.rs`.

mod common;

#[path = "traps/coupons.rs"]
mod coupons;
#[path = "traps/fees_and_shipping.rs"]
mod fees_and_shipping;
#[path = "traps/lines.rs"]
mod lines;
#[path = "traps/session.rs"]
mod session;
