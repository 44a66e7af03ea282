//! From a request's parameters to the command that a write asks for (`spec/cocart-v2.md` 3).

use super::Call;
use crate::api::Response;
use crate::api::params::{Params, text_of};
use crate::api::v2::route::Route;
use crate::cart::{AddItem, AddItems, CartError, Code, Command, Fee};
use crate::store::Shop;
use crate::value::{Map, Record, Value};
use crate::woo::text::clean;

/// The command a write asks for.
pub(super) fn command(shop: &Shop, call: &Call<'_>) -> Result<Command, Response> {
    let params = call.params;
    let key = || call.key.to_owned();
    Ok(match call.route {
        Route::AddItem => Command::AddItem(add_item(&params.merged)?),
        Route::AddItems => Command::AddItems(add_items(params)?),
        Route::UpdateItem => {
            Command::UpdateItem { item_key: key(), quantity: finite(params.number("quantity"))? }
        }
        Route::RemoveItem => Command::RemoveItem { item_key: key() },
        Route::RestoreItem => Command::RestoreItem { item_key: key() },
        Route::Calculate => Command::Calculate,
        Route::Clear => Command::Clear { keep_removed_items: params.flag("keep_removed_items") },
        Route::ApplyCoupon => {
            Command::ApplyCoupon { coupon: params.text("coupon").unwrap_or_default() }
        }
        Route::RemoveCoupon => Command::RemoveCoupon { coupon: key() },
        Route::ChooseShippingMethod => {
            Command::ChooseShippingRate { rate: params.text("method_key").unwrap_or_default() }
        }
        Route::AddFee => Command::AddFee(Fee {
            name: params.text("name").unwrap_or_default(),
            amount: finite(params.number("amount"))?,
            taxable: params.flag("taxable"),
            tax_class: params.text("tax_class").unwrap_or_default(),
        }),
        Route::RemoveFees => Command::RemoveFees,
        _ => return update_callback(shop, params),
    })
}

/// `cart/update`: which callback the namespace names.
pub(super) fn update_callback(shop: &Shop, params: &Params) -> Result<Command, Response> {
    let namespace = clean(&params.text("namespace").unwrap_or_default());
    Ok(match namespace.as_str() {
        "update-cart" => {
            let quantity = params.map("quantity").unwrap_or_default();
            Command::UpdateItems { quantity }
        }
        "update-customer" => {
            let mut fields = params.merged.clone();
            fields.remove("namespace");
            Command::UpdateCustomer { fields }
        }
        other => match own_callback(shop, other, &params.merged) {
            Some(command) => command,
            None => {
                let message = format!("There is no such namespace registered: {other}.");
                return Err(CartError::new(Code::NoNamespace, message).into());
            }
        },
    })
}

/// A callback of the shop's own, as its snapshot describes it: the shop is sent what was posted.
fn own_callback(shop: &Shop, namespace: &str, posted: &Map) -> Option<Command> {
    let command = shop.snapshot().callbacks.get(namespace)?.clone();
    let mut fields = posted.clone();
    fields.insert("type", command);
    let effects = vec![Command::read(&fields.into()).ok()?];
    Some(Command::Update { fields: posted.clone(), effects })
}

fn finite(quantity: Option<f64>) -> Result<f64, Response> {
    quantity.filter(|q| q.is_finite()).ok_or_else(|| {
        CartError::new(Code::QuantityNotNumeric, "Quantity must be integer or a float value!")
            .into()
    })
}

fn add_item(params: &Map) -> Result<AddItem, Response> {
    let text = |name: &str| params.get(name).and_then(text_of);
    let own = Params::from(params.clone());
    Ok(AddItem {
        id: text("id").unwrap_or_default(),
        quantity: match params.get("quantity") {
            Some(_) => finite(own.number("quantity"))?,
            None => 1.0,
        },
        variation: own.map("variation").unwrap_or_default(),
        item_data: own.map("item_data").unwrap_or_default(),
        email: text("email"),
        phone: text("phone"),
        price: text("price"),
    })
}

fn add_items(params: &Params) -> Result<AddItems, Response> {
    if let Some(items) = params.merged.get("items") {
        let list = items.as_array().unwrap_or_default();
        let items = list.iter().map(|item| match item {
            Value::Object(map) => add_item(map),
            _ => Err(CartError::new(
                Code::InvalidProduct,
                "This product cannot be added to the cart.",
            )
            .into()),
        });
        return Ok(AddItems::List { items: items.collect::<Result<_, _>>()? });
    }
    Ok(AddItems::Group {
        // a missing container is no missing parameter here, but row 1
        id: params.text("id").unwrap_or_else(|| "0".to_owned()),
        quantity: params.map("quantity").unwrap_or_default(),
        email: params.text("email"),
        phone: params.text("phone"),
    })
}
