//! The cart routes of API v2 (`spec/cocart-v2.md` 3).

mod command;
mod index;
mod read;
mod reply;
mod route;
mod write;

use super::params::Params;
use super::{Answer, Asked, Method, Profile, Response, Routed, options};
use crate::cart::visit::HashShown;
use crate::cart::{Cart, Visit};
use route::{Match, Route};

/// A route that was found, and what it was called with.
struct Call<'a> {
    route: Route,
    /// What stood in the last part of the path: an item key, a coupon's code.
    key: &'a str,
    params: &'a Params,
    path: &'a str,
}

/// The methods of a path that knows this method; `None` where there is no such route.
pub(super) fn allow(method: Method, path: &[&str], profile: Profile) -> Option<&'static str> {
    let found = route::find(method, path, profile)?;
    found.route.map(|_| found.allow)
}

/// Answers a route of the cart; `path` is what follows the version.
pub(super) fn answer(asked: &Asked<'_>, cart: &mut Cart, path: &[&str]) -> Option<Routed> {
    if path.is_empty() && asked.method == Method::Get {
        return Some(Routed::new(Response::ok(index::namespace(asked.shop)), "GET"));
    }
    let Match { route, allow, key } = route::find(asked.method, path, asked.profile)?;
    if asked.method == Method::Options {
        let args = |method: Method| {
            let route = route::find(method, path, asked.profile)?.route?;
            Some(route::args(route, false))
        };
        return Some(options::describe(asked, "v2", !key.is_empty(), allow, &args));
    }
    // WordPress looks into the path last
    let posted = match path {
        ["cart", "item", _] => asked.params.text("item_key"),
        _ => None,
    };
    let key = posted.unwrap_or(key);
    let call = Call { route: route?, key: &key, params: asked.params, path: &asked.request.path };
    let is_raw_cart = call.route == Route::Cart && reply::is_raw(call.params);
    // who names no namespace is not allowed to
    let is_allowed =
        call.route != Route::Update || command::update_callback(asked.shop, call.params).is_ok();
    let allow = if is_allowed { allow } else { "" };
    let has_item_list = call.params.merged.contains("items");
    let answer = match call.params.check(&route::args(call.route, has_item_list)) {
        Ok(()) => {
            let mut visit = Visit::open(asked.shop, profile_of(asked), cart, asked.now);
            if asked.leaves_hash_open {
                visit.hash = HashShown::Later(None);
            }
            let mut answer = answer_call(&mut visit, &call);
            if let HashShown::Later(hash) = visit.hash {
                answer.hash = hash;
            }
            answer
        }
        Err(response) => response.into(),
    };
    Some(Routed {
        tells_cart: call.route != Route::Store && !is_raw_cart,
        ..Routed::new(answer, allow)
    })
}

/// The profile that a request is answered in: CoCart 5 lets each choose how amounts are written.
fn profile_of(asked: &Asked<'_>) -> Profile {
    if !asked.profile.is_v5() || !asked.params.merged.contains("formatted") {
        asked.profile
    } else if asked.params.flag("formatted") {
        Profile::V5Formatted
    } else {
        Profile::V5
    }
}

/// Answers a route whose parameters were checked.
fn answer_call(visit: &mut Visit<'_>, call: &Call<'_>) -> Answer {
    match call.route {
        Route::Cart => read::read_cart(visit, call),
        Route::Item => read::item(visit, call),
        Route::Items => read::items(visit),
        Route::CountItems => read::count(visit, call),
        Route::Totals => read::totals(visit, call),
        Route::Store => read::store(visit).into(),
        Route::CreateCart => read::create(visit).into(),
        Route::ListCoupons => read::coupons(visit).into(),
        Route::RemoveItems => write::remove_items(visit, call),
        Route::RemoveCoupons => write::remove_coupons(visit, call),
        _ => match command::command(visit.shop, call) {
            Ok(command) => write::write(visit, call, command),
            Err(response) => response.into(),
        },
    }
}
