//! Deliberate breaches of the protocol, for the simulator to show that it would see them. Without
//! the feature `simulation` nothing of this is in the build.

/// One rule of the protocol that is not kept.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A write in doubt is sent again without looking.
    BlindRetry,
    /// A write in doubt counts as landed without looking.
    NoLook,
    /// Every tab writes the base record, lock or no lock.
    EveryTabWritesBase,
    /// The new base is stored first, acknowledgement and outbox after it.
    TwoWrites,
    /// A cart that comes back empty is built again.
    RebuildEmptied,
    /// A line is written to although an earlier write may still arrive.
    NoHold,
    /// What a request was sent for is not written down before.
    NothingInFlight,
    /// A line under another key is another line.
    OldKeys,
    /// Never moves a guest to a fresh key (no breach: it only makes other paths be walked).
    NeverMove,
}
