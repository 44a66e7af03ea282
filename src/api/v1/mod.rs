//! The routes of API v1 (`spec/cocart-v1.md`).

use super::document;
use super::{Asked, Method, Response, Routed};
use crate::cart::{Cart, Visit};
use crate::value::Value;

/// Answers a v1 route; `path` is what follows the version.
pub(super) fn answer(asked: &Asked<'_>, cart: &mut Cart, path: &[&str]) -> Routed {
    match (path, asked.method) {
        (["totals"], Method::Get | Method::Head) => {
            let visit = Visit::open(asked.shop, asked.profile, cart, asked.now);
            let body = match &visit.cart.totals {
                Some(totals) => {
                    document::raw_totals(&visit, totals, asked.params.flag("html")).into()
                }
                None => Value::Null,
            };
            Some((Response::ok(body).into(), "GET"))
        }
        _ => None,
    }
}
