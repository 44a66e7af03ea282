//! Requests to the shop, in the form every CoCart version takes (`spec/cocart-v2.md` 3): numbers
//! as text, the guest's key in the query (no version lets a key header in across origins), never
//! a customer's id as key.

use super::ledger::{Ledger, What};
use super::todo::{Act, LineTodo};
use crate::api::{Method, Request};
use crate::cart::{AddItem, Command, Fee};
use crate::map;
use crate::value::{Map, Value};
use crate::woo::number;

/// The whole cart. `fresh` makes the address a new one, for caches that ignore `no-store`.
pub(super) fn look(ledger: &Ledger, namespace: &str, fresh: Option<u64>) -> Request {
    let request = with_key(ledger, Request::new(Method::Get, path(namespace, "")));
    match fresh {
        Some(number) => request.with_query("_", number.to_string()),
        None => request,
    }
}

/// The one request that carries both credentials and guest key, which merges the guest's cart
/// into the account's (`spec/cocart-v2.md` 9.2).
pub(super) fn merge(guest: &str, namespace: &str) -> Request {
    Request::new(Method::Get, path(namespace, "")).with_query("cart_key", guest)
}

/// Brings a line's quantity about.
pub(super) fn line(
    ledger: &Ledger,
    namespace: &str,
    todo: &LineTodo,
    what: What,
    after: f64,
) -> Request {
    let item = || path(namespace, &format!("/item/{}", todo.key));
    let request = match what {
        What::Delete => Request::new(Method::Delete, item()),
        What::Restore => Request::new(Method::Put, item()),
        What::Set => {
            Request::new(Method::Post, item()).with_json(map! { "quantity": digits(after) })
        }
        _ => add(namespace, &todo.recipe_of(after)),
    };
    with_key(ledger, request)
}

/// Brings anything else about; `None` for what no request can.
pub(super) fn whole(ledger: &Ledger, namespace: &str, act: &Act) -> Option<Request> {
    let post =
        |route: &str, body: Map| Request::new(Method::Post, path(namespace, route)).with_json(body);
    let request = match act {
        Act::Line(_) => return None,
        Act::Clear(keep) => post("/clear", map! { "keep_removed_items": *keep }),
        Act::Whole(change) => match &change.command {
            Command::AddItem(item) => add(namespace, item),
            Command::UpdateCustomer { fields } => {
                let mut body = map! { "namespace": "update-customer" };
                copy(&mut body, "", fields);
                post("/update", body)
            }
            Command::SetAddress { address } => {
                let mut body = map! { "namespace": "update-customer" };
                copy(&mut body, "", address);
                copy(&mut body, "s_", address);
                post("/update", body)
            }
            Command::ApplyCoupon { coupon } => {
                post("/apply-coupon", map! { "coupon": coupon.as_str() })
            }
            Command::RemoveCoupon { coupon } => {
                Request::new(Method::Delete, path(namespace, &format!("/coupons/{coupon}")))
            }
            Command::ChooseShippingRate { rate } => {
                post("/set-shipping-method", map! { "method_key": rate.as_str() })
            }
            Command::AddFee(Fee { name, amount, taxable, tax_class }) => post(
                "/add-fee",
                map! {
                    "name": name.as_str(),
                    "amount": digits(*amount),
                    "taxable": *taxable,
                    "tax_class": tax_class.as_str(),
                },
            ),
            Command::RemoveFees => post("/remove-fees", Map::new()),
            Command::Update { fields, .. } => post("/update", fields.clone()),
            _ => return None,
        },
    };
    Some(with_key(ledger, request))
}

fn add(namespace: &str, item: &AddItem) -> Request {
    let mut body = map! { "id": item.id.as_str(), "quantity": digits(item.quantity) };
    if !item.variation.is_empty() {
        body.push("variation", item.variation.clone());
    }
    if !item.item_data.is_empty() {
        body.push("item_data", item.item_data.clone());
    }
    for (name, value) in [("email", &item.email), ("phone", &item.phone), ("price", &item.price)] {
        if let Some(value) = value {
            body.push(name, value.as_str());
        }
    }
    Request::new(Method::Post, path(namespace, "/add-item")).with_json(body)
}

fn copy(body: &mut Map, prefix: &str, fields: &Map) {
    for (name, value) in fields.iter() {
        body.insert(format!("{prefix}{name}"), value.clone());
    }
}

fn path(namespace: &str, route: &str) -> String {
    format!("/{namespace}/cart{route}")
}

fn with_key(ledger: &Ledger, request: Request) -> Request {
    if ledger.customer {
        request
    } else {
        request.with_query("cart_key", ledger.base.cart_key.as_str())
    }
}

/// Plain digits, never an exponent: CoCart's update callback keeps digits and points only.
fn digits(quantity: f64) -> Value {
    Value::from(number::plain(quantity))
}
