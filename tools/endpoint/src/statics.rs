//! Pages, the package, pictures and the snapshot.

use crate::cli::Files;
use axum::Router;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use std::path::Path;
use tower::ServiceBuilder;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

/// What a page may do: nothing from elsewhere, no inline script or style, WebAssembly allowed.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data:; style-src 'self'; connect-src 'self'",
);

/// Gives every answer of `router` the headers of a page.
pub(crate) fn with_page_headers(router: Router) -> Router {
    let set = |name: HeaderName, value| SetResponseHeaderLayer::if_not_present(name, value);
    router.layer(
        ServiceBuilder::new()
            .layer(set(header::CONTENT_SECURITY_POLICY, POLICY))
            .layer(set(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")))
            // asked again every time: a service worker and a fresh build must be seen at once
            .layer(set(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"))),
    )
}

/// The folders of the command line; pages at `/`, the package at `/pkg/`.
pub(crate) fn files(files: &Files) -> Router {
    let mut router = match &files.www {
        Some(www) => Router::new().fallback_service(ServeDir::new(www)),
        None => Router::new().fallback(async || StatusCode::NOT_FOUND),
    };
    if let Some(pkg) = &files.pkg {
        router = router.nest_service("/pkg", ServeDir::new(pkg));
    }
    router
}

/// The pictures that lie beside a snapshot, at `/images/`.
pub(crate) fn pictures(snapshot: &Path) -> Router {
    let folder = snapshot.with_file_name("images");
    Router::new().nest_service("/images", ServeDir::new(folder))
}
