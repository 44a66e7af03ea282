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
];

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
    BODY.iter().find(|(at, _)| *at == pointer).map(|(_, reason)| *reason)
}

/// How a header is compared, where not by value.
pub fn header(name: &str) -> Option<Header> {
    HEADERS.iter().find(|(own, _, _)| *own == name).map(|(_, how, _)| *how)
}
