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

#[cfg(test)]
mod tests {
    use super::run;

    #[test]
    fn a_snapshot_is_made_of_answers() {
        let made = run(
            r#"{"task": "snapshot", "generated": "2026-11-22T00:00:00Z", "sources": {"products": [
                {"id": 7, "status": "publish", "name": "Mug", "price": "1.50", "regular_price": "1.50"},
                {"id": 8, "status": "draft", "name": "Secret"}]}}"#,
        )
        .unwrap();
        let made: serde_json::Value = serde_json::from_str(&made).unwrap();
        assert_eq!(made["generated"], "2026-11-22T00:00:00Z");
        assert_eq!(made["products"].as_array().unwrap().len(), 1);
        assert_eq!(made["products"][0]["regular_price"], "1.50");
    }

    #[test]
    fn a_refresh_keeps_what_is_still_listed() {
        let previous = r#"{"format": 1, "products": [{"id": 7, "name": "Mug"}, {"id": 8, "name": "Cup"},
            {"id": 9, "type": "variation", "parent_id": 8}]}"#;
        let sources =
            r#"{"listed": [{"id": 7}, {"id": 6}], "products": [{"id": 6, "name": "Jug"}]}"#;
        let made =
            run(&format!(r#"{{"task": "refresh", "previous": {previous}, "sources": {sources}}}"#));
        let made: serde_json::Value = serde_json::from_str(&made.unwrap()).unwrap();
        let ids: Vec<_> =
            made["products"].as_array().unwrap().iter().map(|p| p["id"].clone()).collect();
        assert_eq!(ids, [6, 7]);
    }

    #[test]
    fn what_is_no_answer_is_an_error() {
        assert!(run("[{").unwrap_err().to_string().starts_with("no JSON: "));
        let unfit = run(r#"{"task": "refresh", "previous": {"products": 7}}"#).unwrap_err();
        assert!(unfit.to_string().starts_with("unexpected form at /products: "), "{unfit}");
    }
}
