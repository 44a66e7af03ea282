//! Replays recordings of a real CoCart server against the engine, step by step.
//!
//! The recordings are `golden` folders (their README says how to read them); the snapshot is
//! made from the folder's `settings.json` and `catalog.json` by the same importer as the
//! snapshot command's.

pub mod compare;
pub mod defects;
pub mod ignore;
pub mod recording;
pub mod replay;
pub mod shop;
pub mod snapshots;
