//! What is compared for presence and type only, with its reason. Pointers, never recordings.

/// Why a place in a document is not compared by value.
const BODY: &[(&str, &str)] = &[
    (
        "/routes",
        "WordPress's description of the plugin's own PHP arguments, in the namespace index",
    ),
    ("/headers/CoCart-Timestamp", "the server's clock, in an envelope"),
    ("/headers/CoCart-API-Cart-Expiring", "the server's clock, in an envelope"),
    ("/headers/CoCart-API-Cart-Expiration", "the server's clock, in an envelope"),
    ("/dates/modified", SAVED),
    ("/dates/modified_gmt", SAVED),
    ("/products/*/dates/modified", SAVED),
    ("/products/*/dates/modified_gmt", SAVED),
    ("/reviews", REVIEWS),
    ("/products/*/reviews", REVIEWS),
    ("/images/*/date_created", PLACEHOLDER),
    ("/images/*/date_created_gmt", PLACEHOLDER),
    ("/images/*/date_modified", PLACEHOLDER),
    ("/images/*/date_modified_gmt", PLACEHOLDER),
    ("/*/images/*/date_created", PLACEHOLDER),
    ("/*/images/*/date_created_gmt", PLACEHOLDER),
    ("/*/images/*/date_modified", PLACEHOLDER),
    ("/*/images/*/date_modified_gmt", PLACEHOLDER),
];

const SAVED: &str = "the clock of the reset before each recording, which saves what manages stock";
const REVIEWS: &str = "the folder holds no reviews: WooCommerce's answer to a guest is empty";
const PLACEHOLDER: &str = "the server's clock: v1 dates the placeholder's picture now";

/// How a header is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Header {
    /// Present: its value is the clock's.
    Clock,
    /// Not at all: a browser's engine does not send it, the web server does.
    Server,
}

const HEADERS: &[(&str, Header, &str)] = &[
    ("CoCart-Timestamp", Header::Clock, "the server's clock"),
    ("CoCart-API-Cart-Expiring", Header::Clock, "the server's clock"),
    ("CoCart-API-Cart-Expiration", Header::Clock, "the server's clock"),
    ("Expires", Header::Clock, "a date"),
    ("Set-Cookie-Names", Header::Server, "cookies are the web server's"),
];

/// The reason why the value at a pointer does not count.
pub fn reason(pointer: &str) -> Option<&'static str> {
    BODY.iter().find(|(at, _)| is_at(at, pointer)).map(|(_, reason)| *reason)
}

/// Whether a pointer is the named one, `*` being any place in a list.
fn is_at(named: &str, pointer: &str) -> bool {
    let is_place = |step: &str| step.bytes().all(|b| b.is_ascii_digit());
    let mut steps = pointer.split('/');
    named
        .split('/')
        .all(|name| steps.next().is_some_and(|step| name == step || name == "*" && is_place(step)))
        && steps.next().is_none()
}

/// How a header is compared, where not by value.
pub fn header(name: &str) -> Option<Header> {
    HEADERS.iter().find(|(own, _, _)| *own == name).map(|(_, how, _)| *how)
}
