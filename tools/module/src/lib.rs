//! The npm package's wasm module: the library's facade, linked.
//!
//! A crate of its own, for two reasons. Cargo optimizes at link time only a `cdylib` that is no `rlib` as well. And it gives a `cdylib` one
//! file name whatever its features, so that tools which want other features of it would overwrite each other's and compile it in turn.

pub use cocart_wasm::*;
