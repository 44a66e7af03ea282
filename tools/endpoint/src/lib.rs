//! A CoCart endpoint for development and tests.
//!
//! `serve` runs a small shop on the engine itself, with trouble on demand; `replay` gives back
//! what a real server was recorded to say.
