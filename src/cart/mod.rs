//! The cart: commands applied to a session with what is known of the shop. Pure and
//! deterministic: clock, shop and session come in as arguments.

mod add;
pub mod adopt;
mod apply;
mod before;
mod change;
mod command;
mod contact;
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
mod stock;
pub(crate) mod totals;
mod update_customer;
pub(crate) mod variation;
mod version;
pub(crate) mod visit;
mod woo_add;

pub use crate::store::Fee;
pub use apply::Outcome;
pub use before::Before;
pub use command::{AddItem, AddItems, Command};
pub use customer::{Address, Customer};
pub use error::{CartError, Code};
pub use estimates::estimates;
pub use hash::CartHash;
pub use lines::Lines;
pub use session::{
    Account, Amount, AppliedCoupon, Cart, Line, LineTotals, Notice, NoticeKind, TaxMap, Totals,
};
pub use visit::Visit;
