//! The shop over HTTP.

use crate::cli::ServeArgs;
use crate::endpoint::Endpoint;
use crate::load::LoadError;
use crate::{checkout, control, rest, statics};
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router};
use std::sync::Arc;

/// The shop that the command line describes, at the address `base`.
///
/// # Errors
///
/// When its snapshot cannot be read.
pub fn router(args: &ServeArgs, base: &str) -> Result<Router, LoadError> {
    let endpoint = Arc::new(Endpoint::open(args, base)?);
    let pages = Router::new()
        .route("/store-snapshot.json", get(snapshot))
        .merge(checkout::router())
        .with_state(Arc::clone(&endpoint))
        .merge(statics::pictures(&args.shop))
        .merge(statics::files(&args.files));
    Ok(Router::new()
        .merge(control::router(Arc::clone(&endpoint)))
        .merge(statics::with_page_headers(pages))
        .layer(from_fn_with_state(endpoint, rest_first)))
}

/// REST requests go to the engine, by either address; all others to the pages.
async fn rest_first(
    State(endpoint): State<Arc<Endpoint>>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
    let by_path = path == "/wp-json" || path.starts_with("/wp-json/");
    let by_query = matches!(path, "/" | "/index.php")
        && form_urlencoded::parse(request.uri().query().unwrap_or_default().as_bytes())
            .any(|(name, _)| name == "rest_route");
    if by_path || by_query {
        let (parts, body) = request.into_parts();
        rest::answer(endpoint, parts, body).await
    } else {
        next.run(request).await
    }
}

/// What the engine may know of the shop. Made at build time in a real shop, so what the control
/// route changes afterwards is not in it.
async fn snapshot(State(endpoint): State<Arc<Endpoint>>) -> Json<cocart_wasm::store::Snapshot> {
    Json(endpoint.at_start().clone())
}
