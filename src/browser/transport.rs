//! fetch: the requests of the outbox, made so that nothing is cached and nothing is aborted.

use super::global::{global, property};
use crate::api::{Body, Request};
use crate::sync::Outcome;
use crate::value::json;
use js_sys::{Array, Function, JsString, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = encodeURIComponent)]
    fn encode(text: &str) -> JsString;
}

/// Browsers keep 64 KiB in all alive for a page that is left; the texts may be of three bytes each.
const KEEPALIVE_CHARS: u32 = 8_000;

/// How the shop is reached.
#[derive(Clone, Default)]
pub(crate) struct Transport {
    /// The REST base, `https://shop.example/wp-json`.
    pub(crate) base: String,
    /// `/namespace/` of a white-labelled site, in place of `/cocart/`.
    pub(crate) namespace: String,
    /// The app's own fetch.
    pub(crate) fetch: Option<Function>,
    /// What the `Authorization` header says; may be a promise.
    pub(crate) authorization: Option<Function>,
}

impl Transport {
    /// Makes a request and waits for its end.
    pub(crate) async fn send(self, request: Request, authorized: bool) -> Outcome {
        let authorization = match authorized {
            true => match self.credentials().await {
                Some(text) => Some(text),
                None => return Outcome::NotSent,
            },
            false => None,
        };
        let Some(init) = init(&request, authorization.as_deref()) else {
            return Outcome::NotSent;
        };
        let Some(answer) = self.fetch(&self.url(&request), &init) else {
            return Outcome::NotSent;
        };
        match JsFuture::from(answer).await {
            Ok(response) => read(&response).await,
            Err(_) => Outcome::Unreachable,
        }
    }

    fn url(&self, request: &Request) -> String {
        let path = match request.path.strip_prefix("/cocart/") {
            Some(rest) => format!("/{}/{rest}", self.namespace),
            None => request.path.clone(),
        };
        let mut url = format!("{}{path}", self.base);
        for (at, (name, value)) in request.query.iter().enumerate() {
            url.push(if at == 0 { '?' } else { '&' });
            url.push_str(&String::from(encode(name)));
            url.push('=');
            url.push_str(&String::from(encode(value)));
        }
        url
    }

    async fn credentials(&self) -> Option<String> {
        let text = self.authorization.as_ref()?.call0(&JsValue::UNDEFINED).ok()?;
        JsFuture::from(Promise::resolve(&text)).await.ok()?.as_string()
    }

    fn fetch(&self, url: &str, init: &Object) -> Option<Promise> {
        let fetch: Function = match &self.fetch {
            Some(own) => own.clone(),
            None => global(&["fetch"]).dyn_into().ok()?,
        };
        let answer = fetch.call2(&JsValue::UNDEFINED, &JsValue::from_str(url), init).ok()?;
        Some(Promise::resolve(&answer))
    }
}

fn init(request: &Request, authorization: Option<&str>) -> Option<Object> {
    let init = Object::new();
    let set = |name: &str, value: &JsValue| Reflect::set(&init, &JsValue::from_str(name), value);
    set("method", &JsValue::from_str(request.method.name())).ok()?;
    set("cache", &JsValue::from_str("no-store")).ok()?;
    let headers = Array::new();
    let header = |name: &str, value: &str| {
        headers.push(&Array::of2(&JsValue::from_str(name), &JsValue::from_str(value)));
    };
    for (name, value) in &request.headers {
        header(name, value);
    }
    if let Some(text) = authorization {
        header("Authorization", text);
    }
    match &request.body {
        Body::Json(body) => {
            header("Content-Type", "application/json");
            let text = JsString::from(json::write(body));
            // a page that is being left may still say what fits into such a request
            set("keepalive", &JsValue::from_bool(text.length() <= KEEPALIVE_CHARS)).ok()?;
            set("body", &text).ok()?;
        }
        Body::Form(text) => {
            header("Content-Type", "application/x-www-form-urlencoded");
            set("body", &JsValue::from_str(text)).ok()?;
        }
        Body::Empty | Body::MalformedJson(_) => {}
    }
    set("headers", &headers).ok()?;
    Some(init)
}

async fn read(response: &JsValue) -> Outcome {
    let status = property(response, "status").as_f64().unwrap_or(0.0);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let status = status as u16;
    let headers = headers(&property(response, "headers"));
    match body(response).await {
        Some(body) => Outcome::Answer { status, headers, body },
        None => Outcome::Unparsable { status, headers },
    }
}

async fn body(response: &JsValue) -> Option<crate::value::Value> {
    let text: Function = property(response, "text").dyn_into().ok()?;
    let text = Promise::resolve(&text.call0(response).ok()?);
    let text = JsFuture::from(text).await.ok()?;
    json::read(&text.as_string()?)
}

fn headers(headers: &JsValue) -> Vec<(String, String)> {
    let pairs = Array::from(headers);
    let pair = |pair: JsValue| {
        let pair = Array::from(&pair);
        Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
    };
    pairs.iter().filter_map(pair).collect()
}
