//! The facade: JavaScript values in, frozen JavaScript documents out. `pkg-template` wraps it in
//! the API that people use.

mod answered;
pub(crate) mod codec;
mod documents;
mod driver;
mod engine;
mod glue;
mod input;
mod learned;
mod names;
mod news;
mod options;
mod replay;
mod session;
mod store;
mod syncing;
mod words;

pub use answered::HashReader;
pub use engine::Engine;
pub use store::Store;
