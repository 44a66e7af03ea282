//! The CoCart server's cart, running in the shopper's browser.
//!
//! [`api`] answers CoCart requests from [`cart`], which applies commands to a cart with what
//! [`store`] knows of the shop and the arithmetic of [`woo`]: the cart knows no route, the shop
//! no cart. [`sync`] keeps the journal and tells the server, through the [`ports`]. `browser` and
//! `js` are the only modules that know a web API; everything else is pure and is tested natively.
//! ARCHITECTURE.md has the map.

pub mod api;
#[cfg(all(target_arch = "wasm32", feature = "web"))]
pub mod browser;
pub mod cart;
#[cfg(all(target_arch = "wasm32", feature = "web"))]
pub mod js;
pub mod ports;
mod profile;
pub mod store;
pub mod sync;
pub mod value;
pub mod woo;

/// Small, and as fast as the standard library's, which weighs 3 KB more.
#[cfg(all(target_arch = "wasm32", feature = "web"))]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
