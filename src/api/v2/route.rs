//! Which route a path and a method name (`spec/cocart-v2.md` 1).

use crate::api::params::{Arg, Kind, arg, is_word, late};
use crate::api::{Method, Profile};

/// The routes that the engine answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Route {
    Cart,
    CreateCart,
    AddItem,
    AddItems,
    Item,
    UpdateItem,
    RestoreItem,
    RemoveItem,
    Items,
    RemoveItems,
    CountItems,
    Calculate,
    Clear,
    Totals,
    Update,
    Store,
    ApplyCoupon,
    RemoveCoupons,
    RemoveCoupon,
    ListCoupons,
    AddFee,
    RemoveFees,
    ChooseShippingMethod,
}

/// A matched path: the route, the methods of the path, and what stood in its last part.
pub(super) struct Match {
    pub(super) route: Option<Route>,
    pub(super) allow: &'static str,
    pub(super) key: String,
}

/// Finds the route; `None` where no path of this name exists. `path` is what follows the version.
pub(super) fn find(method: Method, path: &[&str], profile: Profile) -> Option<Match> {
    use Route as R;
    // the recorded server cannot create a cart, and HEAD does what GET does
    let creates = profile != Profile::V43;
    let method = if method == Method::Head { Method::Get } else { method };
    let only = |wanted: Method, route: Route| (method == wanted).then_some(route);
    let (route, allow, key) = match path {
        ["cart"] => match method {
            Method::Get => (Some(R::Cart), "GET", ""),
            Method::Post if creates => (Some(R::CreateCart), "GET, POST", ""),
            _ => (None, "GET", ""),
        },
        ["cart", "add-item"] => (only(Method::Post, R::AddItem), "POST", ""),
        ["cart", "add-items"] => (only(Method::Post, R::AddItems), "POST", ""),
        ["cart", "item", key] if is_word(key) => {
            let route = match method {
                Method::Get => Some(R::Item),
                Method::Post => Some(R::UpdateItem),
                Method::Put | Method::Patch => Some(R::RestoreItem),
                Method::Delete => Some(R::RemoveItem),
                _ => None,
            };
            (route, "GET, POST, DELETE, PUT, PATCH", *key)
        }
        ["cart", "items"] => match method {
            Method::Delete if creates => (Some(R::RemoveItems), "GET, DELETE", ""),
            _ => (only(Method::Get, R::Items), "GET", ""),
        },
        ["cart", "items", "count"] => (only(Method::Get, R::CountItems), "GET", ""),
        ["cart", "calculate"] => (only(Method::Post, R::Calculate), "POST", ""),
        ["cart", "clear"] => (only(Method::Post, R::Clear), "POST", ""),
        ["cart", "totals"] => (only(Method::Get, R::Totals), "GET", ""),
        ["cart", "update"] => (only(Method::Post, R::Update), "POST", ""),
        ["cart", "apply-coupon"] => (only(Method::Post, R::ApplyCoupon), "POST", ""),
        ["cart", "coupons"] => match method {
            Method::Delete => (Some(R::RemoveCoupons), "GET, DELETE", ""),
            _ => (only(Method::Get, R::ListCoupons), "GET, DELETE", ""),
        },
        ["cart", "coupons", code] => (only(Method::Delete, R::RemoveCoupon), "DELETE", *code),
        ["cart", "add-fee"] => (only(Method::Post, R::AddFee), "POST", ""),
        ["cart", "remove-fees"] => (only(Method::Post, R::RemoveFees), "POST", ""),
        ["cart", "set-shipping-method"] => {
            (only(Method::Post, R::ChooseShippingMethod), "POST", "")
        }
        ["store"] => (only(Method::Get, R::Store), "GET", ""),
        _ => return None,
    };
    Some(Match { route, allow, key: key.to_owned() })
}

/// The parameters every cart route declares first.
const COMMON: [Arg; 4] = [
    arg("cart_key", Kind::Text),
    arg("fields", Kind::Text),
    arg("thumb", Kind::Boolean),
    arg("default", Kind::Boolean),
];

/// What the path names, unless the request itself does: WordPress looks there first.
const ITEM_KEY: Arg = arg("item_key", Kind::Text);

/// The parameters a route declares, in its order.
pub(super) fn args(route: Route, has_item_list: bool) -> Vec<Arg> {
    use Route as R;
    let own: &[Arg] = match route {
        R::AddItem => &[
            arg("id", Kind::Text).required(),
            late("quantity", Kind::NumericText),
            arg("variation", Kind::Object),
            arg("item_data", Kind::Object),
            arg("email", Kind::Text),
            arg("phone", Kind::Text),
            arg("price", Kind::Text),
            late("return_item", Kind::Boolean),
        ],
        R::AddItems if has_item_list => &[
            arg("items", Kind::Object),
            arg("email", Kind::Text),
            arg("phone", Kind::Text),
            late("return_items", Kind::Boolean),
        ],
        R::AddItems => &[
            arg("id", Kind::Text),
            arg("quantity", Kind::Object).required(),
            arg("email", Kind::Text),
            arg("phone", Kind::Text),
            late("return_items", Kind::Boolean),
        ],
        R::Item => &[ITEM_KEY],
        R::UpdateItem => &[
            ITEM_KEY,
            late("quantity", Kind::NumericText).required(),
            arg("return_status", Kind::Boolean),
        ],
        R::RemoveItem => &[ITEM_KEY, arg("return_status", Kind::Boolean)],
        R::RestoreItem => &[ITEM_KEY, arg("return_item", Kind::Boolean)],
        R::CountItems => &[arg("removed_items", Kind::Boolean), late("return", Kind::Text)],
        R::Calculate => &[arg("return_totals", Kind::Boolean)],
        R::Clear => &[arg("keep_removed_items", Kind::Boolean)],
        R::Totals => &[arg("html", Kind::Boolean)],
        R::Update => &[arg("namespace", Kind::Text), arg("data", Kind::Object)],
        R::ApplyCoupon => &[arg("coupon", Kind::Text).required()],
        R::ChooseShippingMethod => &[arg("method_key", Kind::Text).required()],
        R::AddFee => &[arg("name", Kind::Text).required(), arg("amount", Kind::Any).required()],
        _ => &[],
    };
    if matches!(route, R::Store | R::CreateCart) {
        return Vec::new();
    }
    COMMON.iter().chain(own).copied().collect()
}
