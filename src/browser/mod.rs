//! The ports, as a browser (or Node) has them. Everything is asked for and nothing is taken for
//! granted: a page may have no storage, a worker no window, Node neither.

mod global;
mod locks;
mod neighbours;
mod platform;
mod storage;
mod transport;

pub(crate) use global::{now, property, random};
pub(crate) use platform::{Happening, Platform, is_online, is_visible};
pub(crate) use storage::AnyStorage;
pub(crate) use transport::Transport;
