//! `item`: restore (GET), update (POST), remove (DELETE).

use super::error::{Code, error};
use super::{apply_quietly, returned_cart};
use crate::api::document::quantity_status;
use crate::api::params::Params;
use crate::api::{Answer, Response};
use crate::cart::{Command, Visit};
use crate::store::Product;
use crate::value::Value;
use crate::woo::number;

/// `GET item`: puts a removed item back.
pub(super) fn restore(visit: &mut Visit<'_>, params: &Params) -> Answer {
    let item_key = match item_key(params) {
        Ok(item_key) => item_key,
        Err(response) => return response.into(),
    };
    if visit.cart.removed_line(&item_key).is_none() {
        let message = "Unable to restore item to the cart.";
        return error(Code::CannotRestoreItem, message).into();
    }
    let command = Command::RestoreItem { item_key };
    finish(visit, params, command, "Item has been restored to the cart.")
}

/// `DELETE item`
pub(super) fn remove(visit: &mut Visit<'_>, params: &Params) -> Answer {
    if visit.cart.lines.is_empty() {
        return error(Code::NoItems, "No items in cart.").into();
    }
    let item_key = match item_key(params) {
        Ok(item_key) => item_key,
        Err(response) => return response.into(),
    };
    if visit.cart.line(&item_key).is_none() {
        return not_in_cart().into();
    }
    let command = Command::RemoveItem { item_key };
    finish(visit, params, command, "Item has been removed from cart.")
}

/// `POST item`: an absolute quantity, without a minimum or maximum; 0 removes.
pub(super) fn update(visit: &mut Visit<'_>, params: &Params) -> Answer {
    let Some(quantity) = params.number("quantity").filter(|quantity| quantity.is_finite()) else {
        return error(Code::QuantityNotNumeric, "Quantity must be numeric!").into();
    };
    if quantity == 0.0 {
        return remove(visit, params);
    }
    let checked = item_key(params)
        .and_then(|key| check_update(visit, &key, quantity).map(|before| (key, before)));
    let (item_key, before) = match checked {
        Ok(checked) => checked,
        Err(response) => return response.into(),
    };
    visit.set_quantity(&item_key, quantity);
    visit.calculate();
    let response = if params.flag("return_cart") {
        Response::ok(returned_cart(visit, params, None))
    } else {
        Response::ok(quantity_status(visit, &item_key, (before, quantity), quantity))
    };
    Answer::to_change(response, [Command::UpdateItem { item_key, quantity }])
}

/// The quantity before, where nothing speaks against the new one.
fn check_update(visit: &Visit<'_>, item_key: &str, quantity: f64) -> Result<f64, Response> {
    let line = visit.cart.line(item_key).ok_or_else(not_in_cart)?;
    if let Some(product) = visit.shop.product(line.sold_id()) {
        check_stock(visit, product, quantity)?;
        if product.sold_individually && quantity > 1.0 {
            let message = format!("You can only have 1 {} in your cart.", product.name);
            return Err(error(Code::CannotIncreaseQuantity, message));
        }
    }
    if quantity < 0.0 {
        return Err(error(Code::CannotUpdateItem, "Unable to update item quantity in cart."));
    }
    Ok(line.quantity)
}

fn check_stock(visit: &Visit<'_>, product: &Product, quantity: f64) -> Result<(), Response> {
    if visit.has_enough_stock(product, quantity) {
        return Ok(());
    }
    let message = format!(
        "You cannot add that amount of ({}) for \"{}\" to the cart because there is not enough stock, only ({} remaining).",
        number::text14(quantity),
        product.name,
        visit.shown_stock(product)
    );
    Err(error(Code::NotEnoughInStock, message))
}

fn finish(visit: &mut Visit<'_>, params: &Params, command: Command, done: &str) -> Answer {
    if let Err(response) = apply_quietly(visit, &command) {
        return response.into();
    }
    let body = if params.flag("return_cart") {
        returned_cart(visit, params, None)
    } else {
        Value::text(done)
    };
    Answer::to_change(Response::ok(body), [command])
}

fn item_key(params: &Params) -> Result<String, Response> {
    let key = params.text("cart_item_key").unwrap_or_else(|| "0".to_owned());
    match key.trim() {
        "0" => Err(error(Code::ItemKeyRequired, "Cart item key is required!")),
        key => Ok(key.to_owned()),
    }
}

fn not_in_cart() -> Response {
    error(Code::ItemNotInCart, "Item specified does not exist in cart.")
}
