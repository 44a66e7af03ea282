//! The ports, as a browser (or Node) has them. Everything is asked for and nothing is taken for
//! granted: a page may have no storage, a worker no window, Node neither.

mod global;
mod storage;

pub(crate) use global::{Listener, Timer, global, now, property, random};
pub(crate) use storage::{JsStorage, Refused, Storage};
