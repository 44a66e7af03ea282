//! The cart: commands applied to a session with what is known of the shop. Pure.

mod command;
mod session;

pub use command::{AddItem, AddItems, Command, Fee};
pub use session::Cart;
