//! The recordings' form.

use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Why a folder cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// A file is not there, or not readable.
    #[error("{0}: {1}")]
    Io(PathBuf, std::io::Error),
    /// A file is no JSON of the expected form.
    #[error("{0}: {1}")]
    Json(PathBuf, serde_json::Error),
}

/// One scenario.
#[derive(Clone, Debug, Deserialize)]
pub struct Recording {
    /// Its name.
    pub name: String,
    /// Options that differ from the folder's baseline.
    #[serde(default)]
    pub settings: Map<String, Value>,
    /// `{cart_key}`
    #[serde(default)]
    pub vars: BTreeMap<String, Value>,
    /// What was done, in order.
    pub steps: Vec<Step>,
}

impl Recording {
    /// The CoCart that answered, by the first answer that says it.
    pub fn cocart_version(&self) -> Option<&str> {
        self.steps.iter().find_map(|step| match step {
            Step::Request { response, .. } => response.headers.get("CoCart-Version")?.as_str(),
            Step::Admin { .. } => None,
        })
    }
}

/// One step: a request with its response, or a change made in the shop.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
#[allow(clippy::large_enum_variant, reason = "nearly all steps are requests")]
pub enum Step {
    /// A request with its response.
    Request {
        /// What was sent.
        request: RecordedRequest,
        /// What came back.
        response: RecordedResponse,
    },
    /// A change made in the shop.
    Admin {
        /// What was changed.
        admin: Admin,
    },
}

/// A recorded request.
#[derive(Clone, Debug, Deserialize)]
pub struct RecordedRequest {
    /// The method.
    pub method: String,
    /// The path from the site's root.
    pub path: String,
    /// The query.
    #[serde(default)]
    pub query: Value,
    /// The headers.
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    /// A JSON body.
    pub body: Option<Value>,
    /// Any other body, as text.
    pub raw_body: Option<String>,
}

/// A recorded response.
#[derive(Clone, Debug, Deserialize)]
pub struct RecordedResponse {
    /// The status.
    pub status: u16,
    /// The headers.
    #[serde(default)]
    pub headers: BTreeMap<String, Value>,
    /// The document.
    pub body: Option<Value>,
    /// A body that is no JSON.
    pub raw_body: Option<String>,
}

/// A change made in the shop between two requests.
#[derive(Clone, Debug, Deserialize)]
pub struct Admin {
    /// The product.
    pub id: u64,
    /// Field → new value.
    pub set: Map<String, Value>,
}

/// Reads a JSON file.
pub fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, ReadError> {
    let text = std::fs::read_to_string(path).map_err(|e| ReadError::Io(path.into(), e))?;
    serde_json::from_str(&text).map_err(|e| ReadError::Json(path.into(), e))
}

/// The recordings of a folder by name.
pub fn read_folder(dir: &Path) -> Result<Vec<Recording>, ReadError> {
    let entries = std::fs::read_dir(dir).map_err(|e| ReadError::Io(dir.into(), e))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let is_recording = |path: &PathBuf| {
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or("");
        name.ends_with(".json") && !matches!(name, "settings.json" | "catalog.json" | "index.json")
    };
    paths.iter().filter(|path| is_recording(path)).map(|path| read_json(path)).collect()
}
