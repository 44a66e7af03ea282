//! WooCommerce's answers in, a store snapshot out, as JSON text: the importer behind
//! `npx cocart-wasm snapshot`. It runs at build time, so it is a module of its own and never in
//! a storefront's download.

use cocart_wasm::store::Snapshot;
use cocart_wasm::store::import::{self, PublicSources, Release, Sources};
use cocart_wasm::value::{Record, Unfit, Value};

/// Why there is no snapshot.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A text is not JSON.
    #[error("no JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// A document is of another form.
    #[error("unexpected form at {0}")]
    Form(#[from] Unfit),
}

fn read<T: Record + Default>(input: &Value, name: &str) -> Result<T, Unfit> {
    input.get(name).map_or_else(|| Ok(T::default()), T::read)
}

/// `{task, sources, release, previous?, generated?}` → the task's answer: a snapshot of
/// `"snapshot"`, `"refresh"` and `"public"`, `{all, ids}` of `"outdated"`.
///
/// # Errors
/// Where the text is no JSON or its parts are of another form.
pub fn run(input: &str) -> Result<String, ImportError> {
    let input: Value = serde_json::from_str(input)?;
    let release: Release = read(&input, "release")?;
    let previous = || read::<Snapshot>(&input, "previous");
    let sources = || read::<Sources>(&input, "sources");
    let task = input.get("task").and_then(Value::as_str).unwrap_or_default();
    let mut snapshot = match task {
        "outdated" => {
            let outdated = import::outdated(&previous()?, &sources()?, &release);
            return Ok(serde_json::to_string(&outdated)?);
        }
        "refresh" => import::refresh(&previous()?, &sources()?, &release),
        "public" => import::public(&read::<PublicSources>(&input, "sources")?, &release),
        _ => import::snapshot(&sources()?, &release),
    };
    snapshot.generated = read(&input, "generated")?;
    Ok(serde_json::to_string(&snapshot)?)
}

#[cfg(target_arch = "wasm32")]
mod boundary {
    use wasm_bindgen::JsError;
    use wasm_bindgen::prelude::wasm_bindgen;

    /// See [`super::run`].
    #[wasm_bindgen]
    #[allow(unreachable_pub, reason = "it is reached from JavaScript")]
    pub fn run(input: &str) -> Result<String, JsError> {
        super::run(input).map_err(|error| JsError::new(&error.to_string()))
    }
}
