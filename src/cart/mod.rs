//! The cart: commands applied to a session with what is known of the shop. Pure and
//! deterministic: clock, shop and session come in as arguments.
//!
//! [`session`] is what is kept between requests, [`lines`] most of it; [`visit`] is one request's
//! view of it, [`commands`] what can be done there; [`totals`], [`shipping`] and [`coupons`] are
//! what it comes to. [`adopt`] reads the cart in a server's document.

pub mod adopt;
pub(crate) mod commands;
mod coupons;
mod custom_price;
mod customer;
mod displayed_price;
mod error;
mod estimates;
pub(crate) mod extras;
mod hash;
mod lines;
pub(crate) mod memo;
mod session;
pub(crate) mod shipping;
pub(crate) mod stock;
pub(crate) mod totals;
pub(crate) mod visit;

pub use crate::store::Fee;
pub use commands::{AddItem, AddItems, Command, Outcome};
pub use customer::{Address, Customer};
pub use error::{CartError, Code};
pub use estimates::estimates;
pub use hash::CartHash;
pub use lines::{Before, Lines};
pub use session::{
    Account, Amount, AppliedCoupon, Cart, Line, LineTotals, Notice, NoticeKind, TaxMap, Totals,
};
pub use visit::Visit;
