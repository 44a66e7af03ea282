//! HTTP on one side, the engine's requests and answers on the other.

use crate::accounts::{self, Gate};
use crate::endpoint::{Endpoint, State, now};
use crate::headers::{CartHeaders, Context, is_cart, key_header};
use crate::listen::dropped;
use crate::sessions::{Owner, new_key};
use crate::tokens::Asking;
use crate::trouble::{Fate, Seen};
use axum::body::{self, Body as HttpBody};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, request::Parts};
use axum::response::{Html, IntoResponse, Response as HttpResponse};
use cocart_wasm::api::{self, Body, Method, Profile, Request, Response};
use cocart_wasm::cart::Command;
use cocart_wasm::value::{Value, json};
use percent_encoding::percent_decode_str;
use std::sync::Arc;
use std::time::Duration;

/// The largest body read; PHP's own limit is 8 MB.
pub(crate) const BODY_LIMIT: usize = 8 << 20;

/// A request, and what the engine does not ask about it.
struct Call {
    request: Request,
    /// The path without doubled and closing slashes, by which routes are told apart.
    route: String,
    /// Whether it came by `?rest_route=`, which CoCart does not know as its own.
    by_rest_route: bool,
}

/// Answers a request of the REST API, or lets it meet its trouble.
pub(crate) async fn answer(endpoint: Arc<Endpoint>, parts: Parts, body: HttpBody) -> HttpResponse {
    let Ok(body) = body::to_bytes(body, BODY_LIMIT).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let Some(call) = call(&parts, &body) else {
        return StatusCode::NOT_IMPLEMENTED.into_response();
    };
    // a task of its own, because PHP too goes on when the client has hung up
    tokio::spawn(meet(endpoint, call))
        .await
        .unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

async fn meet(endpoint: Arc<Endpoint>, call: Call) -> HttpResponse {
    let (fate, latency_ms) = {
        let state = endpoint.state();
        (state.trouble.meet(), state.trouble.latency_ms)
    };
    if latency_ms > 0 {
        tokio::time::sleep(Duration::from_millis(latency_ms)).await;
    }
    let refused = match fate {
        Fate::Answered | Fate::AnswerLost => return respond(&endpoint, &call),
        Fate::Dropped => dropped(),
        Fate::Unavailable => (
            StatusCode::SERVICE_UNAVAILABLE,
            [(header::RETRY_AFTER, "1")],
            Html("<p>Briefly unavailable for scheduled maintenance. Check back in a minute.</p>"),
        )
            .into_response(),
        Fate::Failed => fatal_error(),
        Fate::Captive => {
            Html("<!doctype html><title>Welcome</title><p>Sign in to use this network.</p>")
                .into_response()
        }
    };
    endpoint.state().counters.count(seen(&call, None, None, fate));
    refused
}

/// WordPress's page for a fatal error.
fn fatal_error() -> HttpResponse {
    let page = Html("<p>There has been a critical error on this website.</p>");
    (StatusCode::INTERNAL_SERVER_ERROR, page).into_response()
}

fn seen(call: &Call, cart_key: Option<String>, status: Option<u16>, fate: Fate) -> Seen {
    Seen { method: call.request.method.name(), path: call.route.clone(), cart_key, status, fate }
}

/// Lets the shop do what it is asked, and sends its answer or loses it.
fn respond(endpoint: &Endpoint, call: &Call) -> HttpResponse {
    let now = now();
    let request = &call.request;
    let state = &mut *endpoint.state();
    let device = request.header("user-agent").unwrap_or_default();
    let mut gate = Gate {
        accounts: endpoint.accounts,
        tokens: endpoint.jwt.then_some(&mut state.tokens),
        asking: Asking { base: &endpoint.base, device, now },
    };
    let identity = gate.identify(request, &call.route);
    // the add-on calls what CoCart 4.3 keeps to itself: a dead token is a fatal error (`v2_jwt`)
    if endpoint.profile == Profile::V43 && matches!(&identity, Err(no) if no.status == 403) {
        let status = Some(StatusCode::INTERNAL_SERVER_ERROR.as_u16());
        state.counters.count(seen(call, None, status, Fate::Answered));
        return fatal_error();
    }
    let signed_in = matches!(identity, Ok(Some(_)));
    let preflight = request.method == Method::Options
        && request.header("access-control-request-headers").is_some();
    let (response, cart) = match identity {
        Err(refusal) => (refusal, None),
        Ok(_) if preflight => (Response { body: None, ..Response::ok(Value::Null) }, None),
        Ok(account) => match gate.answer(account, request, &call.route) {
            Some(response) => (response, None),
            None => ask_engine(endpoint, state, account, call, now),
        },
    };
    let is_write = !matches!(request.method, Method::Get | Method::Head | Method::Options);
    let lost = state.trouble.lose_answer(is_write && is_cart(&call.route));
    let fate = if lost { Fate::AnswerLost } else { Fate::Answered };
    let key = cart.as_ref().map(|cart| cart.key.clone());
    state.counters.count(seen(call, key, Some(response.status), fate));
    if lost {
        return dropped();
    }
    let context = Context {
        profile: endpoint.profile,
        cors: endpoint.cors,
        version: &state.shop.snapshot().versions.cocart,
        now,
        base: &endpoint.base,
        method: request.method,
        path: &call.route,
        origin: request.header("origin"),
        preflight,
        own: !call.by_rest_route,
        signed_in,
        status: response.status,
        code: response.body.as_ref().and_then(|body| body.get("code")?.as_str()),
        cart: cart.as_ref(),
    };
    http(&response, &context)
}

/// Asks the engine, in the name of the cart's owner.
fn ask_engine(
    endpoint: &Endpoint,
    state: &mut State,
    account: Option<&'static accounts::Account>,
    call: &Call,
    now: i64,
) -> (Response, Option<CartHeaders>) {
    let request = &call.request;
    let owner = if call.by_rest_route {
        // WooCommerce's own session: its key cannot be asked for
        Ok(Owner::guest(format!("t_{}", new_key())))
    } else {
        let header = key_header(endpoint.profile);
        Owner::of(request, header, account, endpoint.accounts)
    };
    let owner = match owner {
        Ok(owner) => owner,
        Err(refusal) => return (refusal, None),
    };
    let mut session = state.sessions.open(&owner, now);
    let is_known = state.sessions.live(&owner.key, now).is_some();
    let answer = api::handle(&state.shop, endpoint.profile, &mut session.cart, request, now);
    if !matches!(answer.commands.as_slice(), [] | [Command::ReadCart]) {
        state.counters.writes_applied += 1;
    }
    let told = |at: i64| match call.by_rest_route {
        true => String::new(),
        false => at.to_string(),
    };
    let cart = CartHeaders {
        key: owner.key,
        expiring: told(session.expiring),
        expiration: told(session.expiration),
    };
    // carts that were only looked at are not kept: requests without a key would pile up
    if is_known || !answer.commands.is_empty() {
        state.sessions.keep(session, now);
    }
    (answer.response, Some(cart))
}

/// The engine's request from HTTP's; `None` for a method no WordPress knows.
fn call(parts: &Parts, body: &[u8]) -> Option<Call> {
    let mut query = pairs(parts.uri.query().unwrap_or_default());
    let raw_path = parts.uri.path();
    let by_rest_route = !raw_path.starts_with("/wp-json");
    let path = if by_rest_route {
        let at = query.iter().position(|(name, _)| name == "rest_route")?;
        query.remove(at).1
    } else {
        let below = raw_path.strip_prefix("/wp-json")?;
        percent_decode_str(below).decode_utf8_lossy().into_owned()
    };
    let route = path
        .split('/')
        .filter(|part| !part.is_empty())
        .fold(String::new(), |route, part| route + "/" + part);
    Some(Call {
        route,
        request: Request {
            method: Method::parse(parts.method.as_str())?,
            path,
            query,
            headers: header_texts(&parts.headers),
            body: read(&parts.headers, body),
        },
        by_rest_route,
    })
}

/// The pairs of a query, decoded.
pub(crate) fn pairs(query: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

/// The headers as texts; names in lower case.
pub(crate) fn header_texts(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect()
}

/// A header's text.
pub(crate) fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// The body by its content type.
fn read(headers: &HeaderMap, body: &[u8]) -> Body {
    if body.is_empty() {
        return Body::Empty;
    }
    let content_type = text(headers, header::CONTENT_TYPE).unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    match essence.to_ascii_lowercase().as_str() {
        "application/json" => {
            json::parse(&String::from_utf8_lossy(body)).map_or_else(Body::MalformedJson, Body::Json)
        }
        "application/x-www-form-urlencoded" => {
            Body::Form(String::from_utf8_lossy(body).into_owned())
        }
        _ => Body::Empty,
    }
}

/// The answer as HTTP.
fn http(response: &Response, context: &Context) -> HttpResponse {
    let body = match &response.body {
        Some(body) if context.method != Method::Head => {
            serde_json::to_vec(body).unwrap_or_default()
        }
        _ => Vec::new(),
    };
    let mut answer = HttpResponse::new(HttpBody::from(body));
    *answer.status_mut() =
        StatusCode::from_u16(response.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let own = context.headers();
    // the engine knows the route best, the endpoint the session and who may read the answer
    let of_engine =
        response.headers.iter().map(|(name, value)| (name.as_ref(), value)).filter(|(name, _)| {
            matches!(*name, "Allow" | "Content-Type" | "Link") || name.starts_with("X-WP-")
        });
    for (name, value) in own.iter().map(|(n, v)| (*n, v)).chain(of_engine) {
        if let (Ok(name), Ok(value)) =
            (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value))
        {
            answer.headers_mut().insert(name, value);
        }
    }
    answer
}
