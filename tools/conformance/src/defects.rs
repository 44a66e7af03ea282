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
    /// Whether the server's cart stays as it was where the engine's changes: the steps that
    /// follow are compared with the server's.
    pub server_did_nothing: bool,
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
        server_did_nothing: false,
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
        server_did_nothing: false,
        shows: |request, response| ends(request, "v2/cart/add-item") && response.status == 500,
        promised: |_, got| {
            ok(got).and_then(|()| has(got, &["item_key", "id", "quantity", "totals"]))
        },
    },
    Defect {
        what: "POST v2/cart/add-items with return_items is a fatal error, yet all were added",
        instead: "the list of items; 400 cocart_invalid_product for an id that is no product",
        server_did_nothing: false,
        shows: |request, response| ends(request, "v2/cart/add-items") && response.status == 500,
        promised: |_, got| match got.status {
            200 | 400 => Ok(()),
            status => wrong_status("200 or 400", status),
        },
    },
    Defect {
        what: "GET v2/cart/items/count?removed_items=true is always 400",
        instead: "the number of removed items",
        server_did_nothing: false,
        shows: |request, response| {
            ends(request, "v2/cart/items/count")
                && response.status == 400
                && request.query.get("removed_items").is_some()
        },
        promised: |_, got| ok(got),
    },
    Defect {
        what: "GET products takes stock_status and forgets it",
        instead: "the products with that status",
        server_did_nothing: false,
        shows: |request, response| {
            request.method == "GET"
                && ends(request, "/products")
                && response.status == 200
                && request.query.get("stock_status").is_some()
        },
        promised: |_, got| ok(got),
    },
    Defect {
        what: "HEAD v2/cart is 401",
        instead: "as GET, without a body",
        server_did_nothing: false,
        shows: |request, response| request.method == "HEAD" && response.status == 401,
        promised: |_, got| ok(got),
    },
    Defect {
        what: "POST v1/item is always 404 cocart_item_not_in_cart",
        instead: "the update, the removal for 0, or v1's error",
        server_did_nothing: true,
        shows: |request, response| {
            request.method == "POST"
                && ends(request, "v1/item")
                && has_code(response, "cocart_item_not_in_cart")
        },
        promised: |request, got| {
            if got.status != 200 {
                return one_of(
                    got,
                    &[
                        "cocart_item_not_in_cart",
                        "cocart_not_enough_in_stock",
                        "cocart_can_not_update_item",
                        "cocart_can_not_increase_quantity",
                    ],
                );
            }
            let wants_cart = sent(request, "return_cart").is_some_and(|value| value == true);
            let removes = sent(request, "quantity").is_some_and(|value| value == "0");
            if wants_cart || removes { Ok(()) } else { has(got, &["message", "quantity"]) }
        },
    },
    Defect {
        what: "GET v1/item is always 403 cocart_can_not_restore_item",
        instead: "the restored item; 403 for a key that was not removed",
        server_did_nothing: true,
        shows: |request, response| {
            request.method == "GET"
                && ends(request, "v1/item")
                && has_code(response, "cocart_can_not_restore_item")
        },
        promised: |_, got| match got.status {
            200 => Ok(()),
            _ => one_of(got, &["cocart_can_not_restore_item"]),
        },
    },
    Defect {
        what: "POST v1/clear is 406 and clears nothing while the cart has items",
        instead: "the cleared cart",
        server_did_nothing: true,
        shows: |request, response| {
            ends(request, "v1/clear") && has_code(response, "cocart_clear_cart_failed")
        },
        promised: |_, got| ok(got),
    },
    Defect {
        what: "GET v1/get-cart/{key} is always 404 cocart_cart_in_session_not_valid",
        instead: "the shopper's own cart; 404 for every other session",
        server_did_nothing: false,
        shows: |request, response| {
            request.path.contains("/v1/get-cart/")
                && has_code(response, "cocart_cart_in_session_not_valid")
        },
        promised: |_, got| match got.status {
            200 => Ok(()),
            _ => one_of(got, &["cocart_cart_in_session_not_valid"]),
        },
    },
];

/// Why only the server can know an answer; such a request never reaches the engine.
pub fn server_only(request: &RecordedRequest, response: &RecordedResponse) -> Option<&'static str> {
    if ends(request, "batch/v1") {
        return Some("a batch is WordPress's own: the package answers its parts one by one");
    }
    has_code(response, "cocart_authentication_error").then_some("whether credentials are right")
}

/// The defect a step shows, if any.
pub fn find(request: &RecordedRequest, response: &RecordedResponse) -> Option<&'static Defect> {
    DEFECTS.iter().find(|defect| (defect.shows)(request, response))
}

fn ends(request: &RecordedRequest, path: &str) -> bool {
    request.path.trim_end_matches('/').ends_with(path)
}

fn has_code(response: &RecordedResponse, code: &str) -> bool {
    response.body.as_ref().and_then(|body| body.get("code")?.as_str()) == Some(code)
}

/// A parameter as sent, the body's before the query's.
fn sent<'r>(request: &'r RecordedRequest, name: &str) -> Option<&'r serde_json::Value> {
    request.body.as_ref().and_then(|body| body.get(name)).or_else(|| request.query.get(name))
}

fn one_of(got: &Response, codes: &[&str]) -> Result<(), Difference> {
    let code = got.body.as_ref().and_then(|body| body.get("code")?.as_str());
    match code {
        Some(code) if codes.contains(&code) => Ok(()),
        code => Err(Difference {
            pointer: "/code".into(),
            expected: codes.join(" or "),
            got: code.unwrap_or("nothing").into(),
        }),
    }
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
