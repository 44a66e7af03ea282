//! A request as it would reach WordPress.

use crate::value::Value;
use crate::value::json::Fault;

/// The HTTP methods CoCart's routes answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Method {
    Get,
    Head,
    Options,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    /// Reads a method's name in any case.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name.to_ascii_uppercase().as_str() {
            "GET" => Self::Get,
            "HEAD" => Self::Head,
            "OPTIONS" => Self::Options,
            "POST" => Self::Post,
            "PUT" => Self::Put,
            "PATCH" => Self::Patch,
            "DELETE" => Self::Delete,
            _ => return None,
        })
    }

    /// Its name as it stands in a request line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Options => "OPTIONS",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// What came as the request's body. JSON text is parsed by the caller, who knows what it has:
/// [`crate::value::json`] in the module, `serde_json` in the tools.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Body {
    /// Nothing, or a content type that carries no parameters (`text/plain`).
    #[default]
    Empty,
    /// `application/json`, parsed.
    Json(Value),
    /// `application/json` that is none: `rest_invalid_json`.
    MalformedJson(Fault),
    /// `application/x-www-form-urlencoded`, as text.
    Form(String),
}

/// One request.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// The method, before any `_method` override is looked at.
    pub method: Method,
    /// The path below the REST prefix, without it: `/cocart/v2/cart/add-item`.
    pub path: String,
    /// The query parameters in order, percent-decoded, names as sent (`variation[attribute_x]`).
    pub query: Vec<(String, String)>,
    /// The headers; names in any case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Body,
}

impl Request {
    /// A request without query, headers or body.
    pub fn new(method: Method, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            query: Vec::new(),
            headers: Vec::new(),
            body: Body::Empty,
        }
    }

    /// With a query parameter.
    #[must_use]
    pub fn with_query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    /// With a JSON body.
    #[must_use]
    pub fn with_json(mut self, body: impl Into<Value>) -> Self {
        self.body = Body::Json(body.into());
        self
    }

    /// The first header of this name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }

    /// Whether a browser asks what it may send before it sends the request itself.
    pub(super) fn is_preflight(&self) -> bool {
        self.header("Access-Control-Request-Headers").is_some()
    }

    /// The last query parameter of this name, as PHP would keep it.
    pub fn query_value(&self, name: &str) -> Option<&str> {
        self.query.iter().rev().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}
