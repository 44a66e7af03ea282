//! The headers of an answer, as recorded (`spec/cocart-v2.md` 8.1).

use super::{Method, Profile, Request, Response};
use crate::store::Shop;

/// CoCart's expiry of a guest's cart, in seconds: renewal begins after six days, the end is after
/// seven.
const EXPIRING: i64 = 518_400;
const EXPIRATION: i64 = 604_800;

/// What an answer's headers depend on.
pub(super) struct Context<'a> {
    pub(super) shop: &'a Shop,
    pub(super) profile: Profile,
    pub(super) request: &'a Request,
    /// The methods of the path; empty where no route was found.
    pub(super) allow: &'static str,
    /// The cart's key, for cart routes.
    pub(super) cart_key: Option<&'a str>,
    pub(super) is_guest: bool,
    pub(super) now: i64,
}

/// Puts the headers on an answer.
pub(super) fn put(response: &mut Response, context: &Context<'_>) {
    let home = &context.shop.snapshot().store.home_url;
    let links_to_pages = response.header("Link").is_some();
    response.add_header("Content-Type", "application/json; charset=UTF-8");
    response.add_header("X-Robots-Tag", "noindex");
    // a list links to its neighbours instead, unless its own headers go into the envelope
    if !links_to_pages || context.request.query_value("_envelope").is_some() {
        response.add_header("Link", format!("<{home}/wp-json/>; rel=\"https://api.w.org/\""));
    }
    response.add_header("X-Content-Type-Options", "nosniff");
    if let Some(key) = context.cart_key.filter(|_| response.status == 200) {
        put_cart(response, context, key);
    }
    if !context.allow.is_empty() {
        response.add_header("Allow", context.allow);
    }
    if context.is_guest {
        response.add_header("Expires", "Thu, 01-Jan-70 00:00:01 GMT");
        response.add_header("Cache-Control", "no-store, no-cache, must-revalidate");
    } else {
        response.add_header("Expires", "Wed, 11 Jan 1984 05:00:00 GMT");
        response
            .add_header("Cache-Control", "no-cache, must-revalidate, max-age=0, no-store, private");
    }
    response.add_header("Pragma", "no-cache");
    let (allowed, exposed) = if is_cocarts(context.request) {
        (
            "X-Requested-With",
            ", CoCart-API-Cart-Key, CoCart-API-Cart-Expiring, CoCart-API-Cart-Expiration",
        )
    } else {
        ("X-WP-Nonce", "")
    };
    response.add_header(
        "Access-Control-Allow-Headers",
        format!("Authorization, {allowed}, Content-Disposition, Content-MD5, Content-Type"),
    );
    response.add_header(
        "Access-Control-Expose-Headers",
        format!("X-WP-Total, X-WP-TotalPages, Link{exposed}"),
    );
    let origin = context.request.header("Origin");
    if let Some(origin) = origin {
        response.add_header("Access-Control-Allow-Origin", origin);
        response
            .add_header("Access-Control-Allow-Methods", "OPTIONS, GET, POST, PUT, PATCH, DELETE");
        response.add_header("Access-Control-Allow-Credentials", "true");
    }
    if origin.is_some() || (context.is_guest && context.request.method == Method::Get) {
        response.add_header("Vary", "Origin");
    }
}

/// CoCart knows its own requests by their address alone, never by `rest_route`.
fn is_cocarts(request: &Request) -> bool {
    request.path.starts_with("/cocart/") && request.query_value("rest_route").is_none()
}

/// What a cart route says of the cart. CoCart 5 renamed the headers; the reference's example is
/// read by clients of either line.
fn put_cart(response: &mut Response, context: &Context<'_>, key: &str) {
    let is_fifth = context.profile.is_v5();
    let (expiring, expiration) = (context.now + EXPIRING, context.now + EXPIRATION);
    if !is_fifth {
        response.add_header("CoCart-Timestamp", context.now.to_string());
        response.add_header("CoCart-Version", context.shop.snapshot().versions.cocart.as_str());
        response.add_header("CoCart-API-Cart-Key", key);
        response.add_header("CoCart-API-Cart-Expiring", expiring.to_string());
        response.add_header("CoCart-API-Cart-Expiration", expiration.to_string());
    }
    if is_fifth || context.profile == Profile::Reference {
        response.add_header("Timestamp", context.now.to_string());
        response.add_header("Cart-Key", key);
        response.add_header("Cart-Expiring", expiring.to_string());
        response.add_header("Cart-Expiration", expiration.to_string());
    }
}
