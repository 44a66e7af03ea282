//! The routes of the CoCart API: requests in, the server's responses out.

mod profile;
mod request;
mod response;

pub use profile::Profile;
pub use request::{Body, Method, Request};
pub use response::Response;

use crate::cart::{Cart, Command};
use crate::store::Shop;

/// A response, and what the request changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What the server would send.
    pub response: Response,
    /// The command that changed the cart, for the journal; `None` when nothing changed.
    pub command: Option<Command>,
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
    let _ = (shop, profile, cart, request, now);
    Answer {
        response: Response::error(
            404,
            "rest_no_route",
            "No route was found matching the URL and request method.",
        ),
        command: None,
    }
}
