//! Running a recording's steps against the engine.

use crate::compare::{self, Difference};
use crate::defects::{self, Defect};
use crate::ignore;
use crate::recording::{RecordedRequest, RecordedResponse, Recording, Step};
use crate::shop::{self, Source, convert};
use base64::Engine as _;
use cocart_wasm::api::{self, Body, Method, Profile, Request, Response};
use cocart_wasm::cart::{Account, Cart};
use cocart_wasm::store::Shop;
use cocart_wasm::value::json;
use std::collections::BTreeMap;

/// When the recordings were made, for those answers that do not say it.
const RECORDED_AT: i64 = 1_795_295_187;

/// What became of a step.
#[derive(Debug)]
pub enum Outcome {
    /// Equal.
    Equal,
    /// The server is plainly wrong there; the engine gives what the reference promises.
    Defect(&'static Defect),
    /// Only the server can know the answer: such a request never reaches the engine.
    ServerOnly(&'static str),
    /// Different.
    Different(Difference),
}

/// Replays a recording; one outcome for each request, with its position among the steps.
pub fn run(source: &Source, recording: &Recording) -> Vec<(usize, Outcome)> {
    let mut session = Session { shop: source.shop(recording), source, carts: BTreeMap::new() };
    let mut outcomes = Vec::new();
    for (at, step) in recording.steps.iter().enumerate() {
        match step {
            Step::Admin { admin } => shop::change(&mut session.shop, admin),
            Step::Request { request, response } => {
                outcomes.push((at, session.step(recording, request, response)));
            }
        }
    }
    outcomes
}

/// The server's side of a recording: the shop and the carts in its sessions.
struct Session<'s> {
    shop: Shop,
    source: &'s Source,
    carts: BTreeMap<String, Cart>,
}

impl Session<'_> {
    fn step(
        &mut self,
        recording: &Recording,
        request: &RecordedRequest,
        expected: &RecordedResponse,
    ) -> Outcome {
        if let Some(reason) = defects::server_only(request, expected) {
            return Outcome::ServerOnly(reason);
        }
        let sent = to_request(request);
        let account = self.account(&sent);
        let key = match (&account, sent_key(&sent)) {
            (Some(account), _) => account.id.to_string(),
            (None, Some(key)) => key,
            // a key made by the server is random: the recorded one plays its role
            // one that no answer names is nobody's: the next request starts anew
            (None, None) => {
                new_key(recording, expected).unwrap_or_else(|| format!("new{}", self.carts.len()))
            }
        };
        let cart = self.carts.entry(key.clone()).or_insert_with(|| match account {
            Some(account) => Cart::of_account(account),
            None => Cart::new(key),
        });
        let now = expected.headers.get("CoCart-Timestamp").and_then(|t| t.as_str()?.parse().ok());
        let before = cart.clone();
        let answer = api::handle(&self.shop, Profile::V43, cart, &sent, now.unwrap_or(RECORDED_AT));
        let outcome = judge(request, expected, &answer.response);
        if matches!(&outcome, Outcome::Defect(defect) if defect.server_did_nothing) {
            *cart = before;
        }
        outcome
    }

    fn account(&self, request: &Request) -> Option<Account> {
        let header = request.header("Authorization")?.strip_prefix("Basic ")?;
        let decoded = base64::engine::general_purpose::STANDARD.decode(header).ok()?;
        let text = String::from_utf8(decoded).ok()?;
        self.source.account(text.split_once(':')?.0)
    }
}

fn judge(request: &RecordedRequest, expected: &RecordedResponse, got: &Response) -> Outcome {
    if let Some(defect) = defects::find(request, expected) {
        return match (defect.promised)(request, got) {
            Ok(()) => Outcome::Defect(defect),
            Err(difference) => Outcome::Different(difference),
        };
    }
    let body = got.body.as_ref().map(|body| serde_json::to_value(body).unwrap_or_default());
    let mut headers: BTreeMap<String, serde_json::Value> = BTreeMap::new();
    for (name, value) in &got.headers {
        headers.insert(name.to_string(), value.clone().into());
    }
    // a JSONP answer is compared by the document inside the call
    let wrapped = got.callback.as_ref().and_then(|callback| {
        let raw = expected.raw_body.as_ref()?.strip_prefix(&format!("/**/{callback}("))?;
        serde_json::from_str::<serde_json::Value>(raw.strip_suffix(')')?).ok()
    });
    let document = wrapped.as_ref().or(expected.body.as_ref());
    let difference = compare::status(expected.status, got.status)
        .or_else(|| compare::documents(document, body.as_ref(), ignore::reason))
        .or_else(|| compare::headers(&expected.headers, &headers));
    difference.map_or(Outcome::Equal, Outcome::Different)
}

/// The cart key a request names: the header beats the query, a form's counts, a JSON body's not.
fn sent_key(request: &Request) -> Option<String> {
    let form = match &request.body {
        Body::Form(form) => {
            form.split('&').find_map(|pair| pair.strip_prefix("cart_key=")).map(str::to_owned)
        }
        _ => None,
    };
    let named = request.header("CoCart-API-Cart-Key").map(str::to_owned);
    let named = named.or_else(|| request.query_value("cart_key").map(str::to_owned)).or(form)?;
    let allowed = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let key: String = named.to_lowercase().chars().filter(allowed).collect();
    (!key.is_empty()).then_some(key)
}

fn new_key(recording: &Recording, expected: &RecordedResponse) -> Option<String> {
    let header = expected.headers.get("CoCart-API-Cart-Key").and_then(|key| key.as_str());
    let body = expected.body.as_ref().and_then(|body| body.get("cart_key")?.as_str());
    let known = recording.vars.get("cart_key").and_then(|key| key.as_str());
    header.or(body).or(known).map(str::to_owned)
}

fn to_request(recorded: &RecordedRequest) -> Request {
    let path = recorded.path.strip_prefix("/wp-json").unwrap_or(&recorded.path);
    let mut request = Request::new(Method::parse(&recorded.method).unwrap_or(Method::Get), path);
    request.query = query(&recorded.query);
    if let Some(route) = request.query_value("rest_route") {
        request.path = route.to_owned();
    }
    request.headers = recorded.headers.clone().into_iter().collect();
    let content_type = request.header("Content-Type").unwrap_or_default().to_owned();
    request.body = match (&recorded.body, &recorded.raw_body) {
        (Some(body), _) => Body::Json(convert(body)),
        (None, Some(raw)) if content_type.starts_with("application/x-www-form-urlencoded") => {
            Body::Form(raw.clone())
        }
        (None, Some(raw)) if content_type.starts_with("application/json") => match raw.as_str() {
            "" => Body::Empty,
            raw => json::parse(raw).map_or_else(Body::MalformedJson, Body::Json),
        },
        _ => Body::Empty,
    };
    request
}

fn query(query: &serde_json::Value) -> Vec<(String, String)> {
    match query {
        serde_json::Value::Object(map) => {
            map.iter().flat_map(|(name, value)| pairs(name.clone(), value)).collect()
        }
        serde_json::Value::Array(list) => list
            .iter()
            .filter_map(|pair| Some((pair.get(0)?.as_str()?.to_owned(), scalar(pair.get(1)?))))
            .collect(),
        _ => Vec::new(),
    }
}

fn pairs(name: String, value: &serde_json::Value) -> Vec<(String, String)> {
    match value {
        serde_json::Value::Object(map) => {
            map.iter().flat_map(|(key, value)| pairs(format!("{name}[{key}]"), value)).collect()
        }
        serde_json::Value::Array(list) => list
            .iter()
            .enumerate()
            .flat_map(|(at, value)| match name.strip_suffix("[]") {
                Some(_) => pairs(name.clone(), value),
                None => pairs(format!("{name}[{at}]"), value),
            })
            .collect(),
        scalar_value => vec![(name, scalar(scalar_value))],
    }
}

fn scalar(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
