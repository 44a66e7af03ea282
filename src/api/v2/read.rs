//! The routes that read (`spec/cocart-v2.md` 3, 6).

use super::Call;
use super::reply::{cart_answer, is_raw, line_answer, non_empty};
use crate::api::{Answer, Response, document, raw};
use crate::cart::{CartError, Code, Command, Visit};
use crate::map;
use crate::woo::number;

/// `GET cart`
pub(super) fn read_cart(visit: &mut Visit<'_>, call: &Call<'_>) -> Answer {
    if is_raw(call.params) {
        // as it stands: nothing is checked, calculated or read, and nothing is a fault
        return Response::ok(raw::cart(visit).or_empty_array()).into();
    }
    let had_notices = !visit.cart.notices.is_empty();
    // the recorded server lists the lines before it calculates
    let before = visit.mirrors_oddities().then(|| visit.cart.lines.clone());
    let stored = (visit.cart.coupons.clone(), visit.cart.chosen_rate.clone());
    if let Err(error) = visit.apply(&Command::ReadCart) {
        return Response::from(error).into();
    }
    let changed =
        had_notices || stored != (visit.cart.coupons.clone(), visit.cart.chosen_rate.clone());
    let response = cart_answer(visit, call, before);
    Answer::to_change(response, changed.then_some(Command::ReadCart))
}

/// `GET cart/item/{key}`
pub(super) fn item(visit: &mut Visit<'_>, call: &Call<'_>) -> Answer {
    if call.key == "0" {
        let error = CartError::new(Code::ItemKeyRequired, "Missing cart item key is required!");
        return Response::from(error).into();
    }
    visit.calculate();
    line_answer(visit, Some(call.key)).into()
}

/// `GET cart/items`
pub(super) fn items(visit: &Visit<'_>) -> Answer {
    if visit.cart.lines.is_empty() {
        return Response::from(CartError::new(Code::NoItemsInCart, "No items in the cart.")).into();
    }
    Response::ok(document::keyed_items(visit, true)).into()
}

/// `GET cart/items/count`
pub(super) fn count(visit: &mut Visit<'_>, call: &Call<'_>) -> Answer {
    let params = call.params;
    let removed = &visit.cart.removed;
    let count = if params.flag("removed_items") {
        removed.iter().fold(0.0, |sum, line| sum + line.quantity)
    } else {
        visit.goods().count
    };
    let wants_text = params.text("return").is_some_and(|kind| kind != "numeric");
    if count == 0.0 && wants_text {
        return Response::from(CartError::new(Code::NoItemsInCart, "No items in the cart.")).into();
    }
    if visit.mirrors_oddities() && !params.flag("removed_items") {
        return non_empty(visit, call, count.into()).into();
    }
    Response::ok(count).into()
}

/// `GET cart/totals`
pub(super) fn totals(visit: &mut Visit<'_>, call: &Call<'_>) -> Answer {
    match visit.cart.totals.clone().filter(|t| number::float_of(&t.total) > 0.0) {
        Some(totals) => {
            let totals = document::raw_totals(visit, &totals, call.params.flag("html"));
            Response::ok(totals).into()
        }
        None => {
            let message = "This cart either has no items or was not calculated.";
            Response::from(CartError::new(Code::CartTotalsEmpty, message)).into()
        }
    }
}

/// `POST cart`
pub(super) fn create(visit: &Visit<'_>) -> Response {
    if visit.cart.account.is_some() {
        let message = "You are already logged in so a cart is already created for you.";
        return Response::error(403, "cocart_rest_cart_creation_not_allowed", message);
    }
    let message = if visit.profile.is_v5() {
        "Cart created successfully."
    } else {
        "Here is your cart key. Either use it as a global parameter or set the CoCart cart key header for all future Cart API requests. See \"Cart Key\" section in the documentation to learn more."
    };
    Response::ok(map! { "message": message, "cart_key": visit.cart.key.as_str() })
}

/// `GET store`
pub(super) fn store(visit: &Visit<'_>) -> Response {
    let store = &visit.shop.snapshot().store;
    let base = &visit.settings().base_address;
    let country = if base.state.is_empty() {
        base.country.clone()
    } else {
        format!("{}:{}", base.country, base.state)
    };
    Response::ok(map! {
        "title": store.title.as_str(),
        "description": store.description.as_str(),
        "home_url": store.home_url.as_str(),
        "language": store.language.as_str(),
        "gmt_offset": store.gmt_offset,
        "timezone_string": store.timezone_string.as_str(),
        "store_address": map! {
            "address": base.address_1.as_str(),
            "address_2": base.address_2.as_str(),
            "city": base.city.as_str(),
            "country": country,
            "postcode": base.postcode.as_str(),
        },
    })
}

/// `GET cart/coupons`, a route of CoCart Plus.
pub(super) fn coupons(visit: &Visit<'_>) -> Response {
    Response::ok(document::coupons(visit))
}
