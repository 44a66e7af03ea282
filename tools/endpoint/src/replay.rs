//! What a real server was recorded to say, said again to whoever asks the same.

use crate::cli::ReplayArgs;
use crate::control::for_local_pages;
use crate::load::LoadError;
use crate::recording::{self, Incoming, Recorded, Recording};
use crate::{rest, statics};
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The status of an answer to what was not recorded; no server sends it by itself.
const NOT_RECORDED: u16 = 599;

/// The recordings and how far they have been asked.
#[derive(Debug)]
struct Replay {
    base: String,
    recordings: Vec<Recording>,
    progress: Mutex<Progress>,
}

#[derive(Debug, Default)]
struct Progress {
    /// The recordings to be asked for, in order.
    queue: Vec<usize>,
    /// Which of them is next, and which of its steps.
    at: usize,
    step: usize,
    /// The client's key in place of the recorded one.
    client_key: Option<String>,
    answered: u64,
    failures: Vec<Value>,
}

/// What the next request must be, and its answer.
struct Turn<'a> {
    recording: &'a Recording,
    request: &'a Recorded,
    response: &'a recording::Response,
}

/// The recordings of a folder, over HTTP at the address `base`.
///
/// # Errors
///
/// When they cannot be read.
pub fn router(args: &ReplayArgs, base: &str) -> Result<Router, LoadError> {
    let replay = Arc::new(Replay {
        base: base.to_owned(),
        recordings: Recording::load_all(&args.dir)?,
        progress: Mutex::default(),
    });
    let queue = match &args.only {
        Some(name) => vec![replay.find(name).ok_or_else(|| LoadError::NoRecording(name.clone()))?],
        None => (0..replay.recordings.len()).collect(),
    };
    *replay.progress() = Progress { queue, ..Progress::default() };
    let control = Router::new()
        .route("/__control", get(show).post(select))
        .with_state(Arc::clone(&replay))
        .layer(for_local_pages());
    Ok(control
        .merge(statics::with_page_headers(statics::files(&args.files)))
        .layer(from_fn_with_state(replay, rest_first)))
}

impl Replay {
    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn find(&self, name: &str) -> Option<usize> {
        self.recordings.iter().position(|recording| recording.name == name)
    }

    /// What comes next, changes made in the shop left out.
    fn next(&self, progress: &mut Progress) -> Option<Turn<'_>> {
        loop {
            let recording = self.recordings.get(*progress.queue.get(progress.at)?)?;
            match recording.steps.get(progress.step).map(recording::Step::exchange) {
                Some(Some((request, response))) => {
                    return Some(Turn { recording, request, response });
                }
                Some(None) => progress.step += 1,
                None => {
                    progress.at += 1;
                    progress.step = 0;
                    progress.client_key = None;
                }
            }
        }
    }

    fn report(&self) -> Value {
        let progress = &mut *self.progress();
        let next = self.next(progress).map(|next| {
            json!({
                "scenario": next.recording.name,
                "step": progress.step,
                "of": next.recording.steps.len(),
                "method": next.request.method,
                "path": next.request.path,
            })
        });
        json!({
            "done": next.is_none(),
            "next": next,
            "answered": progress.answered,
            "failures": progress.failures,
        })
    }

    /// Answers what was recorded next, and refuses anything else.
    fn answer(&self, incoming: &Incoming) -> Response {
        let progress = &mut *self.progress();
        let next = self.next(progress);
        let mut key = progress.client_key.clone();
        let verdict = match next {
            None => Err("everything recorded was asked already".to_owned()),
            Some(next) => next
                .recording
                .expect(next.request, next.response, incoming, &mut key)
                .map_err(|why| format!("{} step {}: {why}", next.recording.name, progress.step))
                .map(|()| next),
        };
        match verdict {
            Ok(Turn { recording, request, response }) => {
                let ours = |text: &str| recording.in_terms_of(text, &self.base, key.as_deref());
                let mut answer = Response::new(Body::from(ours(response.text())));
                *answer.status_mut() = status(response.status);
                for (name, value) in response.headers() {
                    insert(&mut answer, name, &ours(value));
                }
                // a test page on a port of its own must be able to read an answer recorded
                // without an origin
                if let Some(origin) = incoming.origin().filter(|_| !request.has_origin()) {
                    insert(&mut answer, "access-control-allow-origin", origin);
                }
                progress.client_key = key;
                progress.step += 1;
                progress.answered += 1;
                answer
            }
            Err(why) => {
                let failure =
                    json!({ "method": incoming.method, "path": incoming.path, "why": why });
                progress.failures.push(failure);
                let body = json!({
                    "code": "cocart_endpoint_not_recorded",
                    "message": why,
                    "data": { "status": NOT_RECORDED },
                });
                let mut answer = (status(NOT_RECORDED), Json(body)).into_response();
                insert(
                    &mut answer,
                    "access-control-allow-origin",
                    incoming.origin().unwrap_or("*"),
                );
                answer
            }
        }
    }

    /// Whether the next recorded request is an `OPTIONS`, so that a preflight is one of them.
    fn wants_options(&self) -> bool {
        let next = self.next(&mut self.progress());
        next.is_some_and(|next| next.request.method == "OPTIONS")
    }
}

fn status(code: u16) -> StatusCode {
    StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

fn insert(answer: &mut Response, name: &str, value: &str) {
    if let (Ok(name), Ok(value)) =
        (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value))
    {
        answer.headers_mut().insert(name, value);
    }
}

async fn rest_first(State(replay): State<Arc<Replay>>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let by_query = request.uri().query().is_some_and(|query| query.contains("rest_route="));
    if !path.starts_with("/wp-json") && !by_query {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    if parts.method == Method::OPTIONS && !replay.wants_options() {
        return preflight(rest::text(&parts.headers, header::ORIGIN));
    }
    let Ok(body) = to_bytes(body, rest::BODY_LIMIT).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let incoming = Incoming {
        method: parts.method.to_string(),
        path: percent_decode_str(parts.uri.path()).decode_utf8_lossy().into_owned(),
        query: rest::pairs(parts.uri.query().unwrap_or_default()),
        headers: rest::header_texts(&parts.headers),
        body: String::from_utf8_lossy(&body).into_owned(),
    };
    replay.answer(&incoming)
}

/// A test page's preflight, which no recording holds.
fn preflight(origin: Option<&str>) -> Response {
    let mut answer = StatusCode::NO_CONTENT.into_response();
    insert(&mut answer, "access-control-allow-origin", origin.unwrap_or("*"));
    insert(&mut answer, "access-control-allow-methods", "GET, POST, PUT, PATCH, DELETE");
    insert(
        &mut answer,
        "access-control-allow-headers",
        "authorization, content-type, cocart-api-cart-key, x-cocart-api, x-http-method-override",
    );
    answer
}

async fn show(State(replay): State<Arc<Replay>>) -> Json<Value> {
    Json(replay.report())
}

/// Which recording is asked for from now on; progress and failures start over.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Selection {
    scenario: String,
}

async fn select(State(replay): State<Arc<Replay>>, Json(selection): Json<Selection>) -> Response {
    let Some(at) = replay.find(&selection.scenario) else {
        let error = format!("no recording named {}", selection.scenario);
        return (StatusCode::NOT_FOUND, Json(json!({ "error": error }))).into_response();
    };
    *replay.progress() = Progress { queue: vec![at], ..Progress::default() };
    Json(replay.report()).into_response()
}
