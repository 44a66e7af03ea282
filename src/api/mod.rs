//! The routes of the CoCart API: requests in, the server's responses out.

mod document;
mod etag;
mod headers;
mod options;
mod params;
mod products;
mod raw;
mod request;
mod response;
mod v1;
mod v2;
mod wordpress;

pub use crate::profile::Profile;
pub use etag::revalidate;
pub use request::{Body, Method, Request};
pub use response::Response;
pub use wordpress::no_route;

use crate::cart::{Cart, CartHash, Command};
use crate::store::Shop;
use crate::woo::find;

/// A response, and what the request changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What the server would send.
    pub response: Response,
    /// The commands that changed the cart, for the journal.
    pub commands: Vec<Command>,
    /// The keys of the lines that their items were added to, in the order of the items.
    pub added: Vec<String>,
    /// What `cart_hash` is, where [`handle_lazily`] left it open in the document.
    pub hash: Option<CartHash>,
}

impl Answer {
    /// The answer to what changed the cart.
    fn to_change(response: Response, commands: impl IntoIterator<Item = Command>) -> Self {
        Self { commands: commands.into_iter().collect(), ..response.into() }
    }
}

/// The answer to what changed nothing.
impl From<Response> for Answer {
    fn from(response: Response) -> Self {
        Self { response, commands: Vec::new(), added: Vec::new(), hash: None }
    }
}

/// Answers a request of the shopper who owns `cart`, which is changed in place. `now` is the
/// clock in Unix seconds.
pub fn handle(
    shop: &Shop,
    profile: Profile,
    cart: &mut Cart,
    request: &Request,
    now: i64,
) -> Answer {
    finished(shop, profile, cart, request, now, Finish::Whole)
}

/// Answers as [`handle`] does, but works out only what somebody asks for: `cart_hash` is left open
/// as `null` where [`Answer::hash`] tells it later, since it costs more than all the rest; and
/// the headers that every answer has are there only `with_headers`.
pub fn handle_lazily(
    shop: &Shop,
    profile: Profile,
    cart: &mut Cart,
    request: &Request,
    now: i64,
    with_headers: bool,
) -> Answer {
    let finish = match (wordpress::is_plain(request), with_headers) {
        (false, _) => Finish::Whole,
        (true, true) => Finish::Headers,
        (true, false) => Finish::Document,
    };
    finished(shop, profile, cart, request, now, finish)
}

/// How much of an answer is worked out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Finish {
    /// The document, its hash left open.
    Document,
    /// … and the headers.
    Headers,
    /// Everything.
    Whole,
}

fn finished(
    shop: &Shop,
    profile: Profile,
    cart: &mut Cart,
    request: &Request,
    now: i64,
    finish: Finish,
) -> Answer {
    let is_guest = cart.account.is_none() || v1::signs_out(&request.path);
    let leaves_hash_open = finish != Finish::Whole;
    let method = wordpress::method(request);
    let routed = method.and_then(|method| {
        route_and_answer(shop, profile, cart, request, method, now, leaves_hash_open)
    });
    let Routed { mut answer, allow, tells_cart } =
        routed.unwrap_or_else(|| Routed::new(no_route(), ""));
    if finish != Finish::Document {
        let context = headers::Context {
            shop,
            profile,
            request,
            allow,
            cart_key: tells_cart.then_some(cart.key.as_str()),
            is_guest,
            now,
        };
        headers::put(&mut answer.response, &context);
    }
    if finish == Finish::Whole {
        wordpress::finish(&mut answer.response, request);
    }
    if method == Some(Method::Head) {
        answer.response.body = None;
    }
    answer
}

/// WordPress's order: route, JSON, parameters, and only then CoCart. `None` where there is no such
/// route.
fn route_and_answer(
    shop: &Shop,
    profile: Profile,
    cart: &mut Cart,
    request: &Request,
    method: Method,
    now: i64,
    leaves_hash_open: bool,
) -> Option<Routed> {
    // WordPress's patterns know no case; keys do
    let lower = request.path.to_ascii_lowercase();
    let mut path: Vec<&str> = lower.split('/').filter(|part| !part.is_empty()).collect();
    if let [.., "item" | "get-cart", key] = path.as_mut_slice() {
        *key = find::rsplit_once(request.path.trim_end_matches('/'), "/").unwrap_or_default().1;
    }
    let params = match params::Params::read(request) {
        Ok(params) => params,
        // only a route reads its body
        Err(response) => {
            let allow = match path.as_slice() {
                [_, "v1", rest @ ..] => v1::allow(method, rest)?,
                [_, "v2", "products", ..] => "",
                [_, "v2", rest @ ..] => v2::allow(method, rest, profile)?,
                _ => return None,
            };
            return Some(Routed::new(response, allow));
        }
    };
    let asked = Asked { shop, profile, request, method, params: &params, now, leaves_hash_open };
    match path.as_slice() {
        [_, version @ ("v1" | "v2"), "products", rest @ ..] => {
            products::answer(&asked, cart, version, rest)
        }
        [_, "v1", rest @ ..] => v1::answer(&asked, cart, rest),
        [_, "v2", rest @ ..] => v2::answer(&asked, cart, rest),
        _ => None,
    }
}

/// What every version's routes are asked with.
struct Asked<'a> {
    shop: &'a Shop,
    profile: Profile,
    request: &'a Request,
    /// The method that counts, overrides looked at.
    method: Method,
    params: &'a params::Params,
    /// The clock in Unix seconds.
    now: i64,
    /// Whether `cart_hash` is left to [`Answer::hash`].
    leaves_hash_open: bool,
}

/// The answer of a route, and what its headers tell beside it.
struct Routed {
    answer: Answer,
    /// The methods of the path; empty where they are not told.
    allow: &'static str,
    /// Whether the cart's key and expiry are told.
    tells_cart: bool,
}

impl Routed {
    /// An answer that tells nothing of the cart.
    fn new(answer: impl Into<Answer>, allow: &'static str) -> Self {
        Self { answer: answer.into(), allow, tells_cart: false }
    }
}
