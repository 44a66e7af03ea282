//! WooCommerce's and PHP's own arithmetic and texts: what has to agree to the bit.

pub(crate) mod builtin;
pub mod calendar;
pub mod countries;
mod double;
pub mod find;
mod generation;
pub mod identity;
pub mod number;
pub mod php_json;
pub(crate) mod php_query;
pub mod postcode;
pub mod price;
pub(crate) mod rounding;
pub mod sort;
pub mod text;

pub use generation::Generation;
pub use rounding::{Direction, Rounding};
