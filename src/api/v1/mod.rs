//! The routes of API v1 (`spec/cocart-v1.md`): the same cart, commands and notices as v2, with
//! v1's own shapes, texts and statuses.

mod add;
mod document;
mod error;
mod item;

use super::params::{Arg, Kind, Params, arg, is_word, late};
use super::{Answer, Asked, Method, Response, Routed, options};
use crate::cart::{Cart, Command, Visit};
use crate::value::Value;
use error::{Code, error};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Route {
    Cart,
    SessionCart,
    CustomerCart,
    AddItem,
    RestoreItem,
    UpdateItem,
    RemoveItem,
    CountItems,
    Clear,
    Calculate,
    Totals,
    Logout,
}

/// A path: what each method does there, and what stood in its last part.
struct Path<'p> {
    routes: &'static [(Method, Route)],
    allow: &'static str,
    key: &'p str,
}

fn find<'p>(path: &[&'p str]) -> Option<Path<'p>> {
    use Method::{Delete, Get, Post};
    let is_number = |key: &str| key.chars().all(|c| c.is_ascii_digit());
    let (routes, allow, key): (&'static [(Method, Route)], _, _) = match *path {
        ["get-cart"] => (&[(Get, Route::Cart)], "GET", ""),
        ["get-cart", key] if is_word(key) => (&[(Get, Route::SessionCart)], "GET", key),
        ["get-cart", "customer", id] if is_number(id) => (&[(Get, Route::CustomerCart)], "GET", id),
        ["add-item"] => (&[(Post, Route::AddItem)], "POST", ""),
        ["item"] => (
            &[(Get, Route::RestoreItem), (Post, Route::UpdateItem), (Delete, Route::RemoveItem)],
            "GET, POST, DELETE",
            "",
        ),
        ["count-items"] => (&[(Get, Route::CountItems)], "GET", ""),
        ["clear"] => (&[(Post, Route::Clear)], "POST", ""),
        ["calculate"] => (&[(Post, Route::Calculate)], "POST", ""),
        ["totals"] => (&[(Get, Route::Totals)], "GET", ""),
        ["logout"] => (&[(Post, Route::Logout)], "POST", ""),
        _ => return None,
    };
    Some(Path { routes, allow, key })
}

impl Path<'_> {
    /// What a method does there; HEAD does what GET does.
    fn route(&self, method: Method) -> Option<Route> {
        let method = if method == Method::Head { Method::Get } else { method };
        self.routes.iter().find(|(own, _)| *own == method).map(|(_, route)| *route)
    }
}

/// The parameters a route declares, in its order.
fn args(route: Route) -> &'static [Arg] {
    const ITEM_KEY: Arg = arg("cart_item_key", Kind::Text);
    const RETURN_CART: Arg = arg("return_cart", Kind::Boolean);
    match route {
        Route::Cart | Route::SessionCart | Route::CustomerCart => {
            const { &[arg("cart_key", Kind::Text), arg("thumb", Kind::Boolean)] }
        }
        Route::AddItem => {
            const {
                &[
                    arg("product_id", Kind::Text),
                    late("quantity", Kind::NumericText),
                    arg("variation_id", Kind::Integer),
                    arg("variation", Kind::Object),
                    arg("cart_item_data", Kind::Object),
                    RETURN_CART,
                ]
            }
        }
        Route::UpdateItem => {
            const { &[ITEM_KEY, RETURN_CART, late("quantity", Kind::NumericText).required()] }
        }
        Route::RestoreItem | Route::RemoveItem => const { &[ITEM_KEY, RETURN_CART] },
        Route::CountItems => const { &[late("return", Kind::Text)] },
        Route::Calculate => const { &[arg("return", Kind::Boolean)] },
        Route::Totals => const { &[arg("html", Kind::Boolean)] },
        Route::Clear | Route::Logout => &[],
    }
}

/// The methods of a path that knows this method; `None` where there is no such route.
pub(super) fn allow(method: Method, path: &[&str]) -> Option<&'static str> {
    let path = find(path)?;
    path.route(method).map(|_| path.allow)
}

/// Whether a path signs the customer out, so that the answer is a guest's.
pub(super) fn signs_out(path: &str) -> bool {
    path.trim_end_matches('/').ends_with("/v1/logout")
}

/// Answers a v1 route; `path` is what follows the version.
pub(super) fn answer(asked: &Asked<'_>, cart: &mut Cart, path: &[&str]) -> Option<Routed> {
    let path = find(path)?;
    if asked.method == Method::Options {
        let args = |method: Method| path.route(method).map(|route| args(route).to_vec());
        return Some(options::describe(asked, "v1", !path.key.is_empty(), path.allow, &args));
    }
    let route = path.route(asked.method)?;
    let may_read_others = cart.account.as_ref().is_some_and(|account| account.can_edit_products);
    let allow = if route == Route::CustomerCart && !may_read_others { "" } else { path.allow };
    if let Err(response) = asked.params.check(args(route)) {
        return Some(Routed::new(response, allow));
    }
    let mut visit = Visit::open(asked.shop, asked.profile, cart, asked.now);
    let params = asked.params;
    let answer: Answer = match route {
        Route::Cart => read_cart(&visit, params).into(),
        Route::SessionCart => session_cart(&visit, params, path.key).into(),
        Route::CustomerCart if may_read_others => customer_cart(&visit, params, path.key).into(),
        Route::CustomerCart => error(Code::CannotReadCart, "Cannot read cart!").into(),
        Route::AddItem => add::answer(&mut visit, params),
        Route::RestoreItem => item::restore(&mut visit, params),
        Route::UpdateItem => item::update(&mut visit, params),
        Route::RemoveItem => item::remove(&mut visit, params),
        Route::CountItems => count_items(&visit, params).into(),
        Route::Clear => clear(&mut visit),
        Route::Calculate => calculate(&mut visit, params),
        Route::Totals => Response::ok(document::totals(&visit, params.flag("html"))).into(),
        Route::Logout => log_out(&mut visit),
    };
    Some(Routed::new(answer, allow))
}

/// `GET get-cart`: the recorded server takes an empty cart for a fault of its own, unless it is
/// asked for the raw one.
fn read_cart(visit: &Visit<'_>, params: &Params) -> Response {
    let is_answered = !visit.cart.lines.is_empty() || undeclared(visit, params, "raw");
    if is_answered || !visit.mirrors_oddities() {
        return Response::ok(document::cart(visit, params.flag("thumb"), None));
    }
    let home = &visit.shop.snapshot().store.home_url;
    Response::ok(format!(
        "Request returned nothing for \"{home}/wp-json/cocart/v1/get_cart/\"! Please seek assistance."
    ))
}

/// `GET get-cart/{key}`: of all sessions the engine knows the shopper's own.
fn session_cart(visit: &Visit<'_>, params: &Params, key: &str) -> Response {
    if key == "0" {
        return error(Code::CartKeyMissing, "Cart Key is required!");
    }
    if key != visit.cart.key || visit.cart.lines.is_empty() {
        return error(Code::CartInSessionNotValid, "Cart in session is not valid!");
    }
    Response::ok(document::cart(visit, params.flag("thumb"), None))
}

/// `GET get-cart/customer/{id}`: saved carts are the server's; without one it answers the own.
fn customer_cart(visit: &Visit<'_>, params: &Params, id: &str) -> Response {
    if id == "0" {
        return error(Code::CustomerMissing, "Customer ID is required!");
    }
    Response::ok(document::cart(visit, params.flag("thumb"), None))
}

fn count_items(visit: &Visit<'_>, params: &Params) -> Response {
    let count = visit.cart.item_count();
    let wants_number = params.text("return").is_none_or(|kind| kind == "numeric");
    if count <= 0.0 && !wants_number {
        return Response::ok("There are no items in the cart!");
    }
    Response::ok(count)
}

fn clear(visit: &mut Visit<'_>) -> Answer {
    let command = Command::Clear { keep_removed_items: false };
    match apply_quietly(visit, &command) {
        Ok(()) => Answer::to_change(Response::ok("Cart is cleared."), [command]),
        Err(response) => response.into(),
    }
}

fn calculate(visit: &mut Visit<'_>, params: &Params) -> Answer {
    visit.calculate();
    let response = if params.flag("return") {
        Response::ok(document::totals(visit, undeclared(visit, params, "html")))
    } else {
        Response::ok("Cart totals have been calculated.")
    };
    Answer::to_change(response, [Command::Calculate])
}

/// `POST logout`. The recorded server empties the customer's cart; a sign-out need not.
fn log_out(visit: &mut Visit<'_>) -> Answer {
    let loses_cart =
        visit.mirrors_oddities() && visit.cart.account.is_some() && !visit.cart.lines.is_empty();
    let command = loses_cart.then_some(Command::Clear { keep_removed_items: false });
    if let Some(command) = &command
        && let Err(response) = apply_quietly(visit, command)
    {
        return response.into();
    }
    Answer::to_change(Response::ok(true), command)
}

/// Carries out a command that v2 tells by a notice and v1 by its answer alone.
fn apply_quietly(visit: &mut Visit<'_>, command: &Command) -> Result<(), Response> {
    visit.apply(command)?;
    visit.cart.notices.pop();
    Ok(())
}

/// A truth value that the route does not declare, so that WordPress leaves it as it came: for
/// PHP even `false` is true as a text.
fn undeclared(visit: &Visit<'_>, params: &Params, name: &str) -> bool {
    match params.merged.get(name) {
        Some(value) if visit.mirrors_oddities() => !value.is_empty(),
        _ => params.flag(name),
    }
}

/// The cart that a write was asked to return.
fn returned_cart(visit: &Visit<'_>, params: &Params, added: Option<&str>) -> Value {
    document::cart(visit, undeclared(visit, params, "thumb"), added)
}
