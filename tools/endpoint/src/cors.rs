//! CORS as CoCart 4.3.6 was recorded to send it (`v2_cors_default`, `v2_cors_enabled`).

use clap::ValueEnum;

/// Whether CoCart's own CORS support is switched on (filter `cocart_disable_all_cors`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Cors {
    /// WordPress's own headers, and a browser's preflight that names headers fails.
    #[default]
    Off,
    /// CoCart's headers; a preflight passes, but not for the cart key's header.
    On,
}

/// What decides the CORS headers of an answer.
pub(crate) struct Facts<'a> {
    /// The request's `Origin`.
    pub(crate) origin: Option<&'a str>,
    /// Whether it is an `OPTIONS` with `Access-Control-Request-Headers`.
    pub(crate) preflight: bool,
    /// Whether CoCart knew the request as its own (not by `rest_route`).
    pub(crate) own: bool,
    /// Whether it is a guest's `GET`.
    pub(crate) guest_get: bool,
    /// The names of the three cart headers.
    pub(crate) cart_headers: [&'a str; 3],
}

const METHODS: &str = "OPTIONS, GET, POST, PUT, PATCH, DELETE";
const COCART_ALLOWED: &str =
    "Authorization, X-Requested-With, Content-Disposition, Content-MD5, Content-Type";
const WORDPRESS_ALLOWED: &str =
    "Authorization, X-WP-Nonce, Content-Disposition, Content-MD5, Content-Type";
const WORDPRESS_EXPOSED: &str = "X-WP-Total, X-WP-TotalPages, Link";

impl Cors {
    /// The CORS headers of an answer, `Vary` included.
    pub(crate) fn headers(self, facts: &Facts) -> Vec<(&'static str, String)> {
        let cocart_lists = facts.own && !(self == Self::On && facts.preflight);
        let mut headers = if cocart_lists {
            let [key, expiring, expiration] = facts.cart_headers;
            vec![
                ("Access-Control-Allow-Headers", COCART_ALLOWED.to_owned()),
                (
                    "Access-Control-Expose-Headers",
                    format!("{WORDPRESS_EXPOSED}, {key}, {expiring}, {expiration}"),
                ),
            ]
        } else {
            vec![
                ("Access-Control-Allow-Headers", WORDPRESS_ALLOWED.to_owned()),
                ("Access-Control-Expose-Headers", WORDPRESS_EXPOSED.to_owned()),
            ]
        };
        let origin = match self {
            // without an origin the header is sent empty
            Self::On => Some(facts.origin.unwrap_or_default()),
            Self::Off => facts.origin.filter(|_| !facts.preflight),
        };
        if let Some(origin) = origin {
            headers.push(("Access-Control-Allow-Origin", origin.to_owned()));
            headers.push(("Access-Control-Allow-Methods", METHODS.to_owned()));
            headers.push(("Access-Control-Allow-Credentials", "true".to_owned()));
        }
        if self == Self::On {
            headers.push(("Access-Control-Max-Age", "600".to_owned()));
        }
        if origin.is_some() || facts.guest_get {
            headers.push(("Vary", "Origin".to_owned()));
        }
        headers
    }
}
