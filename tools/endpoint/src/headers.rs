//! The response headers, as recorded of CoCart 4.3.6 (`spec/cocart-v2.md` 8.1).

use crate::accounts::REFRESH_TOKEN;
use crate::cors::{Cors, Facts};
use cocart_wasm::api::{Method, Profile};

/// A session's life as told to the client.
#[derive(Clone, Debug)]
pub(crate) struct CartHeaders {
    pub(crate) key: String,
    /// Both empty where WooCommerce and not CoCart keeps the session (`rest_route`).
    pub(crate) expiring: String,
    pub(crate) expiration: String,
}

/// What decides an answer's headers.
pub(crate) struct Context<'a> {
    pub(crate) profile: Profile,
    pub(crate) cors: Cors,
    pub(crate) version: &'a str,
    pub(crate) now: i64,
    pub(crate) base: &'a str,
    pub(crate) method: Method,
    pub(crate) path: &'a str,
    pub(crate) origin: Option<&'a str>,
    pub(crate) preflight: bool,
    /// Whether CoCart knew the request as its own.
    pub(crate) own: bool,
    pub(crate) signed_in: bool,
    pub(crate) status: u16,
    /// The error's code, if it is one.
    pub(crate) code: Option<&'a str>,
    pub(crate) cart: Option<&'a CartHeaders>,
}

/// The header by which a client names its cart.
pub(crate) const fn key_header(profile: Profile) -> &'static str {
    cart_headers(profile)[0]
}

const fn cart_headers(profile: Profile) -> [&'static str; 3] {
    match profile {
        Profile::V5 | Profile::V5Formatted => ["Cart-Key", "Cart-Expiring", "Cart-Expiration"],
        Profile::Reference | Profile::V43 | Profile::V49 => {
            ["CoCart-API-Cart-Key", "CoCart-API-Cart-Expiring", "CoCart-API-Cart-Expiration"]
        }
    }
}

impl Context<'_> {
    /// The headers of the answer; what the engine says of the route beats them.
    pub(crate) fn headers(&self) -> Vec<(&'static str, String)> {
        let mut headers = vec![
            ("Content-Type", "application/json; charset=UTF-8".to_owned()),
            ("X-Robots-Tag", "noindex".to_owned()),
            ("Link", format!("<{}/wp-json/>; rel=\"https://api.w.org/\"", self.base)),
            ("X-Content-Type-Options", "nosniff".to_owned()),
        ];
        let ownership = self.is_ownership();
        if self.status < 400 && !self.preflight && self.method != Method::Options {
            headers.extend(self.cocart());
        }
        if let Some(methods) = allowed(self.path).filter(|_| self.route_was_entered()) {
            headers.push(("Allow", methods.to_owned()));
        }
        if !ownership {
            headers.extend(self.caching());
        }
        headers.extend(self.cors.headers(&Facts {
            origin: self.origin,
            preflight: self.preflight,
            own: self.own && !ownership,
            guest_get: self.method == Method::Get && !self.signed_in && !ownership,
            cart_headers: cart_headers(self.profile),
        }));
        headers
    }

    fn cocart(&self) -> Vec<(&'static str, String)> {
        let is_cart = is_cart(self.path);
        if !is_cart && self.path != "/cocart/v2/login" {
            return Vec::new();
        }
        let v5 = matches!(self.profile, Profile::V5 | Profile::V5Formatted);
        let timestamp = if v5 { "Timestamp" } else { "CoCart-Timestamp" };
        let mut headers =
            vec![(timestamp, self.now.to_string()), ("CoCart-Version", self.version.to_owned())];
        if let Some(cart) = self.cart.filter(|_| is_cart) {
            let [key, expiring, expiration] = cart_headers(self.profile);
            headers.push((key, cart.key.clone()));
            headers.push((expiring, cart.expiring.clone()));
            headers.push((expiration, cart.expiration.clone()));
        }
        headers
    }

    fn caching(&self) -> [(&'static str, String); 3] {
        let (expires, control) = if self.signed_in {
            (
                "Wed, 11 Jan 1984 05:00:00 GMT",
                "no-cache, must-revalidate, max-age=0, no-store, private",
            )
        } else {
            ("Thu, 01-Jan-70 00:00:01 GMT", "no-store, no-cache, must-revalidate")
        };
        [
            ("Expires", expires.to_owned()),
            ("Cache-Control", control.to_owned()),
            ("Pragma", "no-cache".to_owned()),
        ]
    }

    /// Whether it is one of the two errors of key ownership, which have an envelope of their own
    /// and end the request before CoCart's headers are sent.
    fn is_ownership(&self) -> bool {
        self.status == 403 && self.code.is_none()
    }

    /// Whether a token was refused, which happens before any route; the refresh's own refusal does not.
    fn is_dead_token(&self) -> bool {
        self.status == 403
            && self.code == Some("cocart_authentication_error")
            && self.path != REFRESH_TOKEN
    }

    /// Whether WordPress found the route and let the request in.
    fn route_was_entered(&self) -> bool {
        !matches!(self.status, 401 | 500..)
            && !self.is_ownership()
            && !self.is_dead_token()
            && !matches!(self.code, Some("rest_no_route" | "rest_invalid_json"))
    }
}

/// Whether the path is one of the cart's in v2, which alone tell the cart's key.
pub(crate) fn is_cart(path: &str) -> bool {
    path.strip_prefix("/cocart/v2/cart")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The methods of a route in the order WordPress lists them.
fn allowed(path: &str) -> Option<&'static str> {
    if path.starts_with("/cocart/jwt/") {
        return Some("POST");
    }
    let route = path.strip_prefix("/cocart/v2/")?;
    Some(match route {
        "cart" | "cart/items" | "cart/items/count" | "cart/totals" | "store" | "products" => "GET",
        "cart/add-item" | "cart/add-items" | "cart/calculate" | "cart/clear" | "cart/update"
        | "login" | "logout" => "POST",
        _ if route.starts_with("cart/item/") => "GET, POST, DELETE, PUT, PATCH",
        _ if route.starts_with("products/") => "GET",
        _ => return None,
    })
}
