//! What more than one route answers with.

use super::Call;
use super::route::Route;
use crate::api::document::{self, CartDocument, Fields};
use crate::api::params::Params;
use crate::api::{Response, raw};
use crate::cart::{CartError, Code, Lines, Visit};
use crate::value::Value;
use crate::woo::find;

/// The whole cart, in the form that was asked for. `lines_before` are the lines to list where
/// they are not the cart's own.
pub(super) fn cart_answer(
    visit: &mut Visit<'_>,
    call: &Call<'_>,
    lines_before: Option<Lines>,
) -> Response {
    let params = call.params;
    if params.flag("default") || is_raw(params) {
        return non_empty(visit, call, raw::cart(visit).into());
    }
    let fields = params.text("fields").and_then(|text| Fields::parse(&text));
    let form = CartDocument { fields, thumb: params.flag_or("thumb", true), lines_before };
    let document = document::cart(visit, &form);
    non_empty(visit, call, document.into())
}

/// One line of the cart.
pub(super) fn line_answer(visit: &Visit<'_>, key: Option<&str>) -> Response {
    match key.and_then(|key| visit.cart.line(key)) {
        Some(line) => Response::ok(document::one_item(visit, line, true)),
        None => not_in_cart(),
    }
}

fn not_in_cart() -> Response {
    CartError::new(Code::ItemNotInCart, "Item specified does not exist in cart.").into()
}

/// The recorded server takes an empty document for a fault of its own.
pub(super) fn non_empty(visit: &Visit<'_>, call: &Call<'_>, document: Value) -> Response {
    let empty = match &document {
        Value::Object(map) => map.is_empty(),
        Value::Array(list) => list.is_empty(),
        other => other.as_f64() == Some(0.0),
    };
    if !empty || !visit.mirrors_oddities() {
        return Response::ok(document);
    }
    let route = match call.route {
        Route::Item | Route::UpdateItem | Route::RestoreItem | Route::RemoveItem => {
            "cart/item".to_owned()
        }
        _ => {
            let path = find::split_once(call.path, "/v2/").map_or("cart", |(_, path)| path);
            find::replace(path.trim_matches('/'), "-", "_")
        }
    };
    let home = &visit.shop.snapshot().store.home_url;
    let message = format!(
        "Request returned nothing for \"{home}/wp-json/cocart/v2/{route}/\"! Please seek assistance."
    );
    Response::error(400, "cocart_response_returned_empty", &message)
}

/// `raw` is undeclared, so that for PHP even `false` is true as a text.
pub(super) fn is_raw(params: &Params) -> bool {
    params.merged.get("raw").is_some_and(|raw| !raw.is_empty())
}
