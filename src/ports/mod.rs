//! What the outside world must provide, as narrow as [`crate::sync`] needs it. The state machine
//! itself does no I/O: requests, locks, timers and messages to other tabs leave it as
//! [`crate::sync::Effect`]s and come back as events, so only storage needs a trait.

mod memory;

pub use memory::MemoryStorage;

/// A write that was refused: in practice always for want of room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the storage refused the write")]
pub struct Refused;

/// A store of texts by key whose single writes are atomic, such as localStorage.
pub trait Storage {
    /// The text under a key; whatever fails is as if nothing were there.
    fn get(&self, key: &str) -> Option<String>;

    /// Writes one record.
    ///
    /// # Errors
    ///
    /// When there is no room, or the storage is not to be had any more.
    fn set(&mut self, key: &str, text: &str) -> Result<(), Refused>;

    /// Deletes one record.
    fn remove(&mut self, key: &str);

    /// All keys that begin with `prefix`, in any order.
    fn keys(&self, prefix: &str) -> Vec<String>;

    /// Whether anybody but the page that writes may read it: another one, or a later one.
    fn has_readers(&self) -> bool {
        true
    }
}
