//! The cart routes of API v2 (`spec/cocart-v2.md` 3).

use super::document::{self, CartDocument, Fields};
use super::params::{Params, text_of};
use super::route::Route;
use super::{Answer, Profile, Request, Response};
use crate::cart::{AddItem, AddItems, CartError, Code, Command, Fee, Lines, Outcome, Visit};
use crate::map;
use crate::value::{Map, Value};
use crate::woo::number;
use crate::woo::text::clean;

/// What a route's answer is made from.
pub(super) struct Asked<'a> {
    pub(super) route: Route,
    pub(super) key: &'a str,
    pub(super) params: &'a Params,
    pub(super) request: &'a Request,
}

/// Answers a route whose parameters were checked.
pub(super) fn answer(visit: &mut Visit<'_>, asked: &Asked<'_>) -> Answer {
    match asked.route {
        Route::Cart => read_cart(visit, asked),
        Route::Item => item(visit, asked),
        Route::Items => items(visit),
        Route::CountItems => count(visit, asked),
        Route::Totals => totals(visit, asked),
        Route::Store => store(visit).into(),
        Route::CreateCart => create(visit).into(),
        Route::ListCoupons => coupons(visit).into(),
        Route::RemoveItems => remove_items(visit, asked),
        Route::RemoveCoupons => remove_coupons(visit, asked),
        _ => match command(asked) {
            Ok(command) => write(visit, asked, command),
            Err(response) => response.into(),
        },
    }
}

/// The command a write asks for.
fn command(asked: &Asked<'_>) -> Result<Command, Response> {
    let params = asked.params;
    let item_key = || asked.key.to_owned();
    Ok(match asked.route {
        Route::AddItem => Command::AddItem(add_item(&params.merged)?),
        Route::AddItems => Command::AddItems(add_items(params)?),
        Route::UpdateItem => Command::UpdateItem {
            item_key: item_key(),
            quantity: finite(params.number("quantity"))?,
        },
        Route::RemoveItem => Command::RemoveItem { item_key: item_key() },
        Route::RestoreItem => Command::RestoreItem { item_key: item_key() },
        Route::Calculate => Command::Calculate,
        Route::Clear => Command::Clear { keep_removed_items: params.flag("keep_removed_items") },
        Route::ApplyCoupon => {
            Command::ApplyCoupon { coupon: params.text("coupon").unwrap_or_default() }
        }
        Route::RemoveCoupon => Command::RemoveCoupon { coupon: item_key() },
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
        _ => return update_callback(params),
    })
}

/// `cart/update`: which callback the namespace names.
pub(super) fn update_callback(params: &Params) -> Result<Command, Response> {
    let namespace = clean(&params.text("namespace").unwrap_or_default());
    let text = |name: &str| params.text(name).unwrap_or_default();
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
        // the helper plugin of the recorded shop, which stands for CoCart Plus
        "oracle-apply-coupon" => Command::ApplyCoupon { coupon: text("coupon") },
        "oracle-remove-coupon" => Command::RemoveCoupon { coupon: text("coupon") },
        "oracle-choose-shipping" => Command::ChooseShippingRate { rate: text("rate") },
        "oracle-set-address" => {
            Command::SetAddress { address: params.map("address").unwrap_or_default() }
        }
        unknown => {
            let message = format!("There is no such namespace registered: {unknown}.");
            return Err(CartError::new(Code::NoNamespace, message).into());
        }
    })
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

/// Carries a command out and answers as the route does.
fn write(visit: &mut Visit<'_>, asked: &Asked<'_>, command: Command) -> Answer {
    let before = visit.cart.line(asked.key).map(|line| line.quantity);
    match visit.apply(&command) {
        Ok(outcome) => {
            let told = (!outcome.refused).then_some(command);
            Answer::to_change(written(visit, asked, &outcome, before), told)
        }
        Err(error) => Answer::to_change(error.into(), visit.partial.take()),
    }
}

fn written(
    visit: &mut Visit<'_>,
    asked: &Asked<'_>,
    outcome: &Outcome,
    before: Option<f64>,
) -> Response {
    let params = asked.params;
    match asked.route {
        Route::AddItem if params.flag("return_item") => {
            consume_notices(visit);
            line_answer(visit, outcome.added.first().map(String::as_str))
        }
        Route::AddItems if params.flag("return_items") => {
            consume_notices(visit);
            let lines = outcome.added.iter().filter_map(|key| visit.cart.line(key));
            Response::ok(lines.map(|l| document::one_item(visit, l, true)).collect::<Vec<_>>())
        }
        Route::RestoreItem if params.flag("return_item") => {
            consume_notices(visit);
            line_answer(visit, Some(asked.key))
        }
        Route::UpdateItem if params.flag("return_status") => {
            let status = update_status(visit, asked.key, before.unwrap_or(0.0));
            consume_notices(visit);
            Response::ok(status)
        }
        Route::RemoveItem if params.flag("return_status") => {
            let text = visit.cart.notices.last().map(|n| n.text.clone()).unwrap_or_default();
            consume_notices(visit);
            Response::ok(text)
        }
        Route::Calculate if params.flag("return_totals") && !visit.mirrors_oddities() => {
            Response::ok(document::cart_totals(visit))
        }
        _ => cart_answer(visit, asked, None),
    }
}

/// Answers that throw the cart away have built it all the same, and so emptied the queue.
fn consume_notices(visit: &mut Visit<'_>) {
    visit.cart.notices.clear();
}

fn line_answer(visit: &Visit<'_>, key: Option<&str>) -> Response {
    match key.and_then(|key| visit.cart.line(key)) {
        Some(line) => Response::ok(document::one_item(visit, line, true)),
        None => not_in_cart(),
    }
}

fn not_in_cart() -> Response {
    CartError::new(Code::ItemNotInCart, "Item specified does not exist in cart.").into()
}

fn update_status(visit: &Visit<'_>, key: &str, before: f64) -> Map {
    let now = visit.cart.line(key).map_or(0.0, |line| line.quantity);
    // from 4.3.7 on the line is read before the write
    let told = if visit.generation.cocart_437 { before } else { now };
    document::quantity_status(visit, key, (before, now), told)
}

/// `raw` is undeclared, so that for PHP even `false` is true as a text.
pub(super) fn is_raw(params: &Params) -> bool {
    params.merged.get("raw").is_some_and(|raw| !document::is_empty(raw))
}

fn read_cart(visit: &mut Visit<'_>, asked: &Asked<'_>) -> Answer {
    if is_raw(asked.params) {
        // as it stands: nothing is checked, calculated or read, and nothing is a fault
        let cart = super::raw::cart(visit);
        return Response::ok(document::map_or_empty(Profile::V43, cart)).into();
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
    let response = cart_answer(visit, asked, before);
    Answer::to_change(response, changed.then_some(Command::ReadCart))
}

fn cart_answer(visit: &mut Visit<'_>, asked: &Asked<'_>, lines_before: Option<Lines>) -> Response {
    let params = asked.params;
    if params.flag("default") || is_raw(params) {
        return non_empty(visit, asked, super::raw::cart(visit).into());
    }
    let fields = params.text("fields").and_then(|text| Fields::parse(&text));
    let form = CartDocument { fields, thumb: params.flag_or("thumb", true), lines_before };
    let document = document::cart(visit, &form);
    non_empty(visit, asked, document.into())
}

/// The recorded server takes an empty document for a fault of its own.
fn non_empty(visit: &Visit<'_>, asked: &Asked<'_>, document: Value) -> Response {
    let empty = match &document {
        Value::Object(map) => map.is_empty(),
        Value::Array(list) => list.is_empty(),
        other => document_is_zero(other),
    };
    if !empty {
        return Response::ok(document);
    }
    let route = match asked.route {
        Route::Item | Route::UpdateItem | Route::RestoreItem | Route::RemoveItem => {
            "cart/item".to_owned()
        }
        _ => {
            let path = asked.request.path.split("/v2/").nth(1).unwrap_or("cart");
            path.trim_matches('/').replace('-', "_")
        }
    };
    let home = &visit.shop.snapshot().store.home_url;
    let message = format!(
        "Request returned nothing for \"{home}/wp-json/cocart/v2/{route}/\"! Please seek assistance."
    );
    Response::error(400, "cocart_response_returned_empty", &message)
}

fn document_is_zero(value: &Value) -> bool {
    value.as_f64() == Some(0.0)
}

fn item(visit: &mut Visit<'_>, asked: &Asked<'_>) -> Answer {
    if asked.key == "0" {
        let error = CartError::new(Code::ItemKeyRequired, "Missing cart item key is required!");
        return Response::from(error).into();
    }
    visit.calculate();
    line_answer(visit, Some(asked.key)).into()
}

fn items(visit: &Visit<'_>) -> Answer {
    if visit.cart.lines.is_empty() {
        return Response::from(CartError::new(Code::NoItemsInCart, "No items in the cart.")).into();
    }
    Response::ok(document::keyed_items(visit, true)).into()
}

fn count(visit: &mut Visit<'_>, asked: &Asked<'_>) -> Answer {
    let params = asked.params;
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
        return non_empty(visit, asked, count.into()).into();
    }
    Response::ok(count).into()
}

fn totals(visit: &mut Visit<'_>, asked: &Asked<'_>) -> Answer {
    match visit.cart.totals.clone().filter(|t| number::float_of(&t.total) > 0.0) {
        Some(totals) => {
            let totals = document::raw_totals(visit, &totals, asked.params.flag("html"));
            Response::ok(totals).into()
        }
        None => {
            let message = "This cart either has no items or was not calculated.";
            Response::from(CartError::new(Code::CartTotalsEmpty, message)).into()
        }
    }
}

fn create(visit: &Visit<'_>) -> Response {
    if visit.cart.account.is_some() {
        let message = "You are already logged in so a cart is already created for you.";
        return Response::error(403, "cocart_rest_cart_creation_not_allowed", message);
    }
    let message = if matches!(visit.profile, Profile::V5 | Profile::V5Formatted) {
        "Cart created successfully."
    } else {
        "Here is your cart key. Either use it as a global parameter or set the CoCart cart key header for all future Cart API requests. See \"Cart Key\" section in the documentation to learn more."
    };
    Response::ok(map! { "message": message, "cart_key": visit.cart.key.as_str() })
}

fn store(visit: &Visit<'_>) -> Response {
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

fn coupons(visit: &Visit<'_>) -> Response {
    Response::ok(document::coupons(visit))
}

/// CoCart Plus: all coupons go, by a command each.
fn remove_coupons(visit: &mut Visit<'_>, asked: &Asked<'_>) -> Answer {
    let codes: Vec<String> = visit.cart.coupons.iter().map(|c| c.code.clone()).collect();
    let mut commands: Vec<_> =
        codes.into_iter().map(|coupon| Command::RemoveCoupon { coupon }).collect();
    commands.retain(|command| visit.apply(command).is_ok());
    Answer::to_change(cart_answer(visit, asked, None), commands)
}

/// CoCart Plus: `DELETE cart/items` empties the cart, removed lines included.
fn remove_items(visit: &mut Visit<'_>, asked: &Asked<'_>) -> Answer {
    write(visit, asked, Command::Clear { keep_removed_items: false })
}
