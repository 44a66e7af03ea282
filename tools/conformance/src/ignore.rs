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

/// What the engine leaves out.
const LEFT_OUT: &[(&str, &str)] = &[("/schema", WORDS), ("/endpoints/*/args/*/description", WORDS)];

const WORDS: &str = "OPTIONS: the plugin's own words; drop-in fetch asks the shop for them first";
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

/// The pointers whose values do not count, `*` being any step.
pub fn pointers() -> impl Iterator<Item = &'static str> {
    BODY.iter().map(|(at, _)| *at)
}

/// The headers that are not compared by value.
pub fn headers() -> impl Iterator<Item = (&'static str, Header)> {
    HEADERS.iter().map(|(name, how, _)| (*name, *how))
}

/// Whether the engine may leave out what stands at a pointer.
pub fn is_left_out(pointer: &str) -> bool {
    LEFT_OUT.iter().any(|(at, _)| is_at(at, pointer))
}

/// Whether a pointer is the named one, `*` being any step.
fn is_at(named: &str, pointer: &str) -> bool {
    let mut steps = pointer.split('/');
    named.split('/').all(|name| steps.next().is_some_and(|step| name == step || name == "*"))
        && steps.next().is_none()
}

/// How a header is compared, where not by value.
pub fn header(name: &str) -> Option<Header> {
    HEADERS.iter().find(|(own, _, _)| *own == name).map(|(_, how, _)| *how)
}
