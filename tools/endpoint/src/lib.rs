//! A CoCart endpoint for development and tests.
//!
//! [`serve`] runs a small shop on the engine itself, with trouble on demand; [`replay`] gives
//! back what a real server was recorded to say. README.md has the command line, the control
//! route and the shop.

mod accounts;
mod checkout;
pub mod cli;
mod control;
mod cors;
mod endpoint;
mod headers;
pub mod listen;
mod load;
mod recording;
pub mod replay;
mod rest;
pub mod serve;
mod sessions;
mod statics;
mod tokens;
mod trouble;

pub use cors::Cors;
pub use load::LoadError;
pub use trouble::Outage;
