//! The headers of an answer, as recorded (`spec/cocart-v2.md` 8.1).

use super::{Method, Profile, Request, Response};
use crate::store::Shop;
use std::borrow::Cow;

/// CoCart's expiry of a guest's cart: renewal begins after six days, the end is after seven.
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
    let mut add =
        |name: &'static str, value: String| response.headers.push((Cow::Borrowed(name), value));
    add("Content-Type", "application/json; charset=UTF-8".into());
    add("X-Robots-Tag", "noindex".into());
    // a list links to its neighbours instead
    if !links_to_pages {
        add("Link", format!("<{home}/wp-json/>; rel=\"https://api.w.org/\""));
    }
    add("X-Content-Type-Options", "nosniff".into());
    if let Some(key) = context.cart_key.filter(|_| response.status == 200) {
        put_cart(response, context, key);
    }
    let mut add =
        |name: &'static str, value: String| response.headers.push((Cow::Borrowed(name), value));
    if !context.allow.is_empty() {
        add("Allow", context.allow.into());
    }
    if context.is_guest {
        add("Expires", "Thu, 01-Jan-70 00:00:01 GMT".into());
        add("Cache-Control", "no-store, no-cache, must-revalidate".into());
    } else {
        add("Expires", "Wed, 11 Jan 1984 05:00:00 GMT".into());
        add("Cache-Control", "no-cache, must-revalidate, max-age=0, no-store, private".into());
    }
    add("Pragma", "no-cache".into());
    let (allowed, exposed) = if is_cocarts(context.request) {
        (
            "X-Requested-With",
            ", CoCart-API-Cart-Key, CoCart-API-Cart-Expiring, CoCart-API-Cart-Expiration",
        )
    } else {
        ("X-WP-Nonce", "")
    };
    add(
        "Access-Control-Allow-Headers",
        format!("Authorization, {allowed}, Content-Disposition, Content-MD5, Content-Type"),
    );
    add("Access-Control-Expose-Headers", format!("X-WP-Total, X-WP-TotalPages, Link{exposed}"));
    let origin = context.request.header("Origin");
    if let Some(origin) = origin {
        add("Access-Control-Allow-Origin", origin.to_owned());
        add("Access-Control-Allow-Methods", "OPTIONS, GET, POST, PUT, PATCH, DELETE".into());
        add("Access-Control-Allow-Credentials", "true".into());
    }
    if origin.is_some() || (context.is_guest && context.request.method == Method::Get) {
        add("Vary", "Origin".into());
    }
}

/// CoCart knows its own requests by their address alone, never by `rest_route`.
fn is_cocarts(request: &Request) -> bool {
    request.path.starts_with("/cocart/") && request.query_value("rest_route").is_none()
}

/// What a cart route says of the cart. CoCart 5 renamed the headers; the reference's example is
/// read by clients of either line.
fn put_cart(response: &mut Response, context: &Context<'_>, key: &str) {
    let mut add =
        |name: &'static str, value: String| response.headers.push((Cow::Borrowed(name), value));
    let is_fifth = matches!(context.profile, Profile::V5 | Profile::V5Formatted);
    let (expiring, expiration) = (context.now + EXPIRING, context.now + EXPIRATION);
    if !is_fifth {
        add("CoCart-Timestamp", context.now.to_string());
        add("CoCart-Version", context.shop.snapshot().versions.cocart.clone());
        add("CoCart-API-Cart-Key", key.to_owned());
        add("CoCart-API-Cart-Expiring", expiring.to_string());
        add("CoCart-API-Cart-Expiration", expiration.to_string());
    }
    if is_fifth || context.profile == Profile::Reference {
        add("Timestamp", context.now.to_string());
        add("Cart-Key", key.to_owned());
        add("Cart-Expiring", expiring.to_string());
        add("Cart-Expiration", expiration.to_string());
    }
}
