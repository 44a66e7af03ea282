//! The endpoint, asked in process and once over a socket.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod ask;
mod carts;
mod checkout;
mod cors;
mod pages;
mod replay;
mod shop;
mod socket;
mod tokens;
mod trouble;
