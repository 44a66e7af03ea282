//! Listening, and hanging up on purpose.

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::net::{IpAddr, SocketAddr};
use tokio::net::TcpListener;
use tower::ServiceExt as _;

/// Marks an answer that must never be sent: the connection is dropped instead.
#[derive(Clone, Copy, Debug)]
pub struct Dropped;

/// The connection is dropped.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("dropped on purpose")]
struct DroppedError;

/// An answer that is never sent.
pub(crate) fn dropped() -> Response {
    let mut response = Response::new(Body::empty());
    response.extensions_mut().insert(Dropped);
    response
}

/// Takes an address.
///
/// # Errors
///
/// When it cannot be had.
pub async fn bind(host: IpAddr, port: u16) -> std::io::Result<TcpListener> {
    TcpListener::bind(SocketAddr::new(host, port)).await
}

/// Serves until the process ends.
///
/// # Errors
///
/// When the listener fails.
pub async fn serve(listener: TcpListener, router: Router) -> std::io::Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        let router = router.clone();
        let service = service_fn(move |request| {
            let router = router.clone();
            async move {
                let Ok(response) = router.oneshot(request).await;
                match response.extensions().get::<Dropped>() {
                    Some(Dropped) => Err(DroppedError),
                    None => Ok(response),
                }
            }
        });
        tokio::spawn(
            http1::Builder::new()
                // browsers send a request again by themselves, a POST too, when a connection
                // they had kept is dropped; on a fresh one they report the failure
                .keep_alive(false)
                .timer(TokioTimer::new())
                .serve_connection(TokioIo::new(stream), service),
        );
    }
}
