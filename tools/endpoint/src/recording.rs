//! The recordings of a real server (`golden/README.md`), and when a request is the recorded one.

use crate::load::{self, LoadError};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::path::Path;

/// The placeholder of the recorded server's address.
const BASE: &str = "{base}";

/// One scenario.
#[derive(Debug, Deserialize)]
pub(crate) struct Recording {
    pub(crate) name: String,
    #[serde(default)]
    vars: Vars,
    pub(crate) steps: Vec<Step>,
}

#[derive(Debug, Default, Deserialize)]
struct Vars {
    /// The guest's key; the client may use one of its own in its place.
    cart_key: Option<String>,
}

/// A request with its answer; a change made in the shop between two requests has neither.
#[derive(Debug, Deserialize)]
pub(crate) struct Step {
    request: Option<Recorded>,
    response: Option<Response>,
}

impl Step {
    /// The request and its answer.
    pub(crate) fn exchange(&self) -> Option<(&Recorded, &Response)> {
        self.request.as_ref().zip(self.response.as_ref())
    }
}

/// A recorded request.
#[derive(Debug, Deserialize)]
pub(crate) struct Recorded {
    pub(crate) method: String,
    pub(crate) path: String,
    #[serde(default)]
    query: Map<String, Value>,
    #[serde(default)]
    headers: Map<String, Value>,
    body: Option<Value>,
    raw_body: Option<String>,
}

/// A recorded answer.
#[derive(Debug, Deserialize)]
pub(crate) struct Response {
    pub(crate) status: u16,
    headers: Map<String, Value>,
    /// As it stands in the file: numbers and the order of keys survive.
    body: Option<Box<RawValue>>,
    raw_body: Option<String>,
}

/// A request as it came in.
#[derive(Debug)]
pub(crate) struct Incoming {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

/// The headers that make a difference to the server; what browsers add by themselves does not.
const COMPARED: [&str; 4] =
    ["authorization", "content-type", "x-cocart-api", "x-http-method-override"];
const KEY_HEADER: &str = "cocart-api-cart-key";
const KEY_FIELD: &str = "cart_key";

/// Whether a file has steps; the folder also holds the catalogue and an index.
fn is_recording(path: &Path) -> Result<bool, LoadError> {
    #[derive(Deserialize)]
    struct Probe {
        steps: Option<IgnoredAny>,
    }
    Ok(load::json::<Probe>(path)?.steps.is_some())
}

impl Recording {
    /// Reads the folder's recordings, by name.
    pub(crate) fn load_all(dir: &Path) -> Result<Vec<Self>, LoadError> {
        let unreadable = |error| LoadError::Read(dir.to_owned(), error);
        let mut recordings = Vec::new();
        for entry in std::fs::read_dir(dir).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if path.extension().is_some_and(|e| e == "json") && is_recording(&path)? {
                recordings.push(load::json::<Self>(&path)?);
            }
        }
        recordings.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(recordings)
    }

    /// Whether `incoming` is the request of this step, in the words of the first difference.
    /// `client_key` is the key the client uses for the recording's own, once that is known.
    pub(crate) fn expect(
        &self,
        request: &Recorded,
        response: &Response,
        incoming: &Incoming,
        client_key: &mut Option<String>,
    ) -> Result<(), String> {
        differ("method", &request.method, &incoming.method)?;
        differ("path", &request.path, &incoming.path)?;
        differ("query", &request.parameters(), &incoming.parameters())?;
        for name in COMPARED {
            // JSON bodies were sent as JSON, whatever the recording says of it
            if name != "content-type" || request.raw_body.is_some() {
                differ(name, &request.header(name), &incoming.header(name))?;
            }
        }
        self.expect_key(request, response, incoming, client_key)?;
        let own = |text: &str| match (client_key.as_deref(), self.vars.cart_key.as_deref()) {
            (Some(theirs), Some(ours)) => text.replace(theirs, ours),
            _ => text.to_owned(),
        };
        match &request.raw_body {
            Some(raw) => differ("body", raw, &own(&incoming.body)),
            None => {
                let sent = match incoming.body.as_str() {
                    "" => None,
                    text => {
                        Some(serde_json::from_str(&own(text)).map_err(|e| format!("body: {e}"))?)
                    }
                };
                differ("body", &meant(request.body.as_ref()), &meant(sent.as_ref()))
            }
        }
    }

    /// The cart key by its role: the recording's own may be any key, sent either way.
    fn expect_key(
        &self,
        request: &Recorded,
        response: &Response,
        incoming: &Incoming,
        client_key: &mut Option<String>,
    ) -> Result<(), String> {
        let recorded = request.key();
        let sent = incoming.key();
        let own = self.vars.cart_key.as_deref();
        let is_own =
            own.is_some() && (recorded == own || (recorded.is_none() && response.key() == own));
        match (is_own, sent) {
            (true, Some(sent)) => match client_key {
                Some(known) => differ("cart key", known.as_str(), sent),
                None => {
                    *client_key = Some(sent.to_owned());
                    Ok(())
                }
            },
            // the server's own choice of a key: the client has none yet
            (true, None) if recorded.is_none() => {
                *client_key = own.map(str::to_owned);
                Ok(())
            }
            // an error that speaks of no cart
            (false, Some(_)) if recorded.is_none() && response.key().is_none() => Ok(()),
            _ => differ("cart key", &recorded, &sent),
        }
    }

    /// The answer's text, in the client's terms.
    pub(crate) fn in_terms_of(&self, text: &str, base: &str, client_key: Option<&str>) -> String {
        let text = text.replace(BASE, base);
        match (self.vars.cart_key.as_deref(), client_key) {
            (Some(ours), Some(theirs)) => text.replace(ours, theirs),
            _ => text,
        }
    }
}

impl Recorded {
    /// The query beside the cart key, sorted.
    fn parameters(&self) -> Vec<(String, String)> {
        let mut all = Vec::new();
        for (name, value) in self.query.iter().filter(|(name, _)| *name != KEY_FIELD) {
            let mut push = |value: &Value| {
                all.push((
                    name.clone(),
                    value.as_str().map_or_else(|| value.to_string(), str::to_owned),
                ));
            };
            match value {
                Value::Array(list) => list.iter().for_each(push),
                one => push(one),
            }
        }
        all.sort();
        all
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name))?.1.as_str()
    }

    fn key(&self) -> Option<&str> {
        self.header(KEY_HEADER).or_else(|| self.query.get(KEY_FIELD)?.as_str())
    }

    /// Whether it tells where it came from, so that the answer's CORS headers are the recorded.
    pub(crate) fn has_origin(&self) -> bool {
        self.header("origin").is_some()
    }
}

impl Response {
    /// The headers in order, without those that the connection decides.
    pub(crate) fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_str()?)))
    }

    /// The body's text.
    pub(crate) fn text(&self) -> &str {
        match (&self.raw_body, &self.body) {
            (Some(raw), _) => raw,
            (None, Some(body)) if body.get() != "null" => body.get(),
            _ => "",
        }
    }

    fn key(&self) -> Option<&str> {
        self.headers.get("CoCart-API-Cart-Key")?.as_str()
    }
}

impl Incoming {
    fn parameters(&self) -> Vec<(String, String)> {
        let mut all: Vec<_> =
            self.query.iter().filter(|(name, _)| name != KEY_FIELD).cloned().collect();
        all.sort();
        all
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// Where the page that asks is from.
    pub(crate) fn origin(&self) -> Option<&str> {
        self.header("origin")
    }

    fn key(&self) -> Option<&str> {
        let in_query = || self.query.iter().rev().find(|(name, _)| name == KEY_FIELD);
        self.header(KEY_HEADER).or_else(|| in_query().map(|(_, value)| value.as_str()))
    }
}

/// No body, `null` and an empty one are the same to the server.
fn meant(body: Option<&Value>) -> Option<&Value> {
    body.filter(|body| !body.is_null() && !body.as_object().is_some_and(Map::is_empty))
}

fn differ<T: PartialEq + std::fmt::Debug + ?Sized>(
    what: &str,
    recorded: &T,
    sent: &T,
) -> Result<(), String> {
    if recorded == sent {
        Ok(())
    } else {
        Err(format!("{what}: recorded {recorded:?}, sent {sent:?}"))
    }
}
