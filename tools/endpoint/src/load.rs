//! Files the endpoint is started with.

use serde::de::DeserializeOwned;
use std::path::{Path, PathBuf};

/// Why the endpoint cannot start.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A file or folder cannot be read.
    #[error("{0}: {1}")]
    Read(PathBuf, std::io::Error),
    /// A file does not hold what it should.
    #[error("{0}: {1}")]
    Parse(PathBuf, serde_json::Error),
    /// The shop has no such product.
    #[error("the shop has no product {0}")]
    NoProduct(u64),
    /// There is no such recording.
    #[error("no recording named {0}")]
    NoRecording(String),
}

/// Reads a JSON file.
pub(crate) fn json<T: DeserializeOwned>(path: &Path) -> Result<T, LoadError> {
    let text =
        std::fs::read_to_string(path).map_err(|error| LoadError::Read(path.to_owned(), error))?;
    serde_json::from_str(&text).map_err(|error| LoadError::Parse(path.to_owned(), error))
}
