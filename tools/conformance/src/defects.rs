//! Where the recorded server is plainly wrong (`spec/server-defects.md`, table A): such a step
//! is told by its request and its recorded answer, never by its recording, and the engine has to
//! answer as the reference promises. The steps are counted apart.

use crate::compare::Difference;
use crate::recording::{RecordedRequest, RecordedResponse};
use cocart_wasm::api::Response;

/// A defect of the recorded server.
pub struct Defect {
    /// What the server does.
    pub what: &'static str,
    /// What the engine answers instead, in every profile.
    pub instead: &'static str,
    /// Whether a step shows it.
    shows: fn(&RecordedRequest, &RecordedResponse) -> bool,
    /// Whether an answer is what the reference promises.
    pub promised: fn(&RecordedRequest, &Response) -> Result<(), Difference>,
}

impl std::fmt::Debug for Defect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.what)
    }
}

/// The table.
pub const DEFECTS: &[Defect] = &[
    Defect {
        what: "GET v2/cart/totals is 404 with items in the cart too",
        instead: "the totals; 404 for a cart without a total",
        shows: |request, response| {
            request.method == "GET" && ends(request, "v2/cart/totals") && response.status == 404
        },
        promised: |_, got| match got.status {
            200 => has(got, &["subtotal", "total", "total_tax", "shipping_taxes"]),
            404 => Ok(()),
            status => wrong_status("200 or 404", status),
        },
    },
    Defect {
        what: "POST v2/cart/add-item with return_item is a fatal error, yet the item was added",
        instead: "the item",
        shows: |request, response| ends(request, "v2/cart/add-item") && response.status == 500,
        promised: |_, got| {
            ok(got).and_then(|()| has(got, &["item_key", "id", "quantity", "totals"]))
        },
    },
    Defect {
        what: "POST v2/cart/add-items with return_items is a fatal error, yet all were added",
        instead: "the list of items; 400 cocart_invalid_product for an id that is no product",
        shows: |request, response| ends(request, "v2/cart/add-items") && response.status == 500,
        promised: |_, got| match got.status {
            200 | 400 => Ok(()),
            status => wrong_status("200 or 400", status),
        },
    },
    Defect {
        what: "GET v2/cart/items/count?removed_items=true is always 400",
        instead: "the number of removed items",
        shows: |request, response| {
            ends(request, "v2/cart/items/count")
                && response.status == 400
                && request.query.get("removed_items").is_some()
        },
        promised: |_, got| ok(got),
    },
    Defect {
        what: "HEAD v2/cart is 401",
        instead: "as GET, without a body",
        shows: |request, response| request.method == "HEAD" && response.status == 401,
        promised: |_, got| ok(got),
    },
];

/// The defect a step shows, if any.
pub fn find(request: &RecordedRequest, response: &RecordedResponse) -> Option<&'static Defect> {
    DEFECTS.iter().find(|defect| (defect.shows)(request, response))
}

fn ends(request: &RecordedRequest, path: &str) -> bool {
    request.path.trim_end_matches('/').ends_with(path)
}

fn ok(got: &Response) -> Result<(), Difference> {
    if got.status == 200 { Ok(()) } else { wrong_status("200", got.status) }
}

fn wrong_status(expected: &str, got: u16) -> Result<(), Difference> {
    Err(Difference { pointer: "status".into(), expected: expected.into(), got: got.to_string() })
}

fn has(got: &Response, fields: &[&str]) -> Result<(), Difference> {
    let missing =
        fields.iter().find(|field| got.body.as_ref().and_then(|body| body.get(field)).is_none());
    match missing {
        None => Ok(()),
        Some(field) => Err(Difference {
            pointer: format!("/{field}"),
            expected: "a value".into(),
            got: "nothing".into(),
        }),
    }
}
