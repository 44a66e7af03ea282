//! A response as WordPress would send it.

use crate::cart::CartError;
use crate::map;
use crate::value::Value;
use std::borrow::Cow;

/// One response.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The headers that concern a client, in order.
    pub headers: Vec<(Cow<'static, str>, String)>,
    /// The function that `_jsonp` wraps the document in: `/**/callback(document)`.
    pub callback: Option<String>,
    /// The document; `None` where the server sends an empty body.
    pub body: Option<Value>,
}

impl Response {
    /// Status 200 with a document.
    pub fn ok(body: impl Into<Value>) -> Self {
        Self { status: 200, headers: Vec::new(), callback: None, body: Some(body.into()) }
    }

    /// Status 200 without a document, as a preflight gets it.
    pub(super) fn empty() -> Self {
        Self { body: None, ..Self::ok(Value::Null) }
    }

    /// CoCart's and WordPress's error envelope, `data` holding the status alone
    /// (`spec/cocart-v2.md` 2.9).
    pub fn error(status: u16, code: &str, message: &str) -> Self {
        Self {
            status,
            headers: Vec::new(),
            callback: None,
            body: Some(
                map! {
                    "code": code,
                    "message": message,
                    "data": map! { "status": i64::from(status) },
                }
                .into(),
            ),
        }
    }

    /// Adds a header at the end.
    pub(super) fn add_header(&mut self, name: &'static str, value: impl Into<String>) {
        self.headers.push((Cow::Borrowed(name), value.into()));
    }

    /// The first header of this name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }
}

impl From<CartError> for Response {
    fn from(error: CartError) -> Self {
        Self::error(error.code.status(), error.code.name(), &error.message)
    }
}
