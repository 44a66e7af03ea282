//! The routes of the CoCart API: requests in, the server's responses out.

mod document;
mod etag;
mod headers;
mod index;
mod options;
mod params;
mod products;
mod raw;
mod request;
mod response;
mod route;
mod v1;
mod v2;
mod wordpress;

pub use crate::profile::Profile;
pub use etag::revalidate;
pub use request::{Body, Method, Request};
pub use response::Response;

use crate::cart::visit::HashShown;
use crate::cart::{Cart, CartHash, Command, Visit};
use crate::store::Shop;
use route::Route;

/// A response, and what the request changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What the server would send.
    pub response: Response,
    /// The commands that changed the cart, for the journal.
    pub commands: Vec<Command>,
    /// What `cart_hash` is, where [`handle_lazily`] left it open in the document.
    pub hash: Option<CartHash>,
}

impl Answer {
    /// The answer to what changed the cart.
    fn to_change(response: Response, commands: impl IntoIterator<Item = Command>) -> Self {
        Self { response, commands: commands.into_iter().collect(), hash: None }
    }
}

/// The answer to what changed nothing.
impl From<Response> for Answer {
    fn from(response: Response) -> Self {
        Self { response, commands: Vec::new(), hash: None }
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
    // WordPress's own parameters work on the finished answer
    let is_plain = request.query.iter().all(|(name, _)| !name.starts_with('_'));
    let finish = match (is_plain, with_headers) {
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
    let hash = if finish == Finish::Whole { HashShown::Text } else { HashShown::Later(None) };
    let (mut answer, allow, is_cart_route) =
        route_and_answer(shop, profile, cart, request, now, hash);
    if finish != Finish::Document {
        let context = headers::Context {
            shop,
            profile,
            request,
            allow,
            cart_key: is_cart_route.then_some(cart.key.as_str()),
            is_guest,
            now,
        };
        headers::put(&mut answer.response, &context);
    }
    if finish == Finish::Whole {
        wordpress::finish(&mut answer.response, request);
    }
    if request.method == Method::Head {
        answer.response.body = None;
    }
    answer
}

/// WordPress's order: route, JSON, parameters, and only then CoCart.
fn route_and_answer(
    shop: &Shop,
    profile: Profile,
    cart: &mut Cart,
    request: &Request,
    now: i64,
    hash: HashShown,
) -> (Answer, &'static str, bool) {
    let Some(method) = wordpress::method(request) else {
        return (wordpress::no_route().into(), "", false);
    };
    let parts = route::parts(&request.path);
    let params = match params::Params::read(request) {
        Ok(params) => params,
        Err(response) => return unreadable(response, method, profile, &parts),
    };
    let asked = Asked { shop, profile, request, method, params: &params, now };
    match parts.as_slice() {
        [_, version @ ("v1" | "v2"), "products", rest @ ..] => {
            return with_allow(products::answer(&asked, cart, version, rest));
        }
        [_, "v1", rest @ ..] => return with_allow(v1::answer(&asked, cart, rest)),
        [_, "v2"] if method == Method::Get => {
            return (Response::ok(index::namespace(shop)).into(), "GET", false);
        }
        _ => {}
    }
    if method == Method::Options
        && let Some((response, allow)) = options::describe(shop, request, profile)
    {
        return (response.into(), allow, false);
    }
    let found = route::find(method, &parts, profile);
    let Some((found, route)) = found.and_then(|found| found.route.map(|route| (found, route)))
    else {
        return (wordpress::no_route().into(), "", false);
    };
    let is_cart_route = route != Route::Store && !(route == Route::Cart && v2::is_raw(&params));
    // who names no namespace is not allowed to
    let is_allowed = route != Route::Update || v2::update_callback(&params).is_ok();
    let allow = if is_allowed { found.allow } else { "" };
    if let Err(response) = params.check(&route::args(route, params.merged.contains("items"))) {
        return (response.into(), allow, is_cart_route);
    }
    let mut visit = Visit::open(shop, profile, cart, now);
    visit.hash = hash;
    let asked = v2::Asked { route, key: &found.key, params: &params, request };
    let mut answer = v2::answer(&mut visit, &asked);
    if let HashShown::Later(hash) = visit.hash {
        answer.hash = hash;
    }
    (answer, allow, is_cart_route)
}

/// The answer to a body that cannot be read, where there is a route to read it.
fn unreadable(
    response: Response,
    method: Method,
    profile: Profile,
    parts: &[&str],
) -> (Answer, &'static str, bool) {
    let allow = match parts {
        [_, "v1", rest @ ..] => v1::allow(method, rest),
        [_, "v2", "products", ..] => Some(""),
        _ => route::find(method, parts, profile)
            .filter(|found| found.route.is_some())
            .map(|found| found.allow),
    };
    match allow {
        Some(allow) => (response.into(), allow, false),
        None => (wordpress::no_route().into(), "", false),
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
    now: i64,
}

/// An answer with the methods of its path; `None` where there is no such route.
type Routed = Option<(Answer, &'static str)>;

fn with_allow(routed: Routed) -> (Answer, &'static str, bool) {
    match routed {
        Some((answer, allow)) => (answer, allow, false),
        None => (wordpress::no_route().into(), "", false),
    }
}
