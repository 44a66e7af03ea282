//! The facade: JavaScript values in, frozen JavaScript documents out. `pkg-template` wraps it in
//! the API that people use.

mod documents;
mod engine;
mod glue;
mod input;

pub use engine::Engine;
