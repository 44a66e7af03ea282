//! What the app is told, as plain JavaScript objects.

use super::codec::to_js;
use crate::cart::AddItem;
use crate::map;
use crate::sync::{Conflict, Notification, Status};
use crate::value::{Map, Record, Value};
use wasm_bindgen::JsValue;

/// An error document of the package's own.
pub(super) fn problem(status: u16, code: &str, message: &str) -> JsValue {
    let data = map! { "status": i64::from(status) };
    to_js(&map! { "code": code, "message": message, "data": data }.into())
}

/// The error document of credentials that the shop does not take.
pub(super) fn unauthorized() -> JsValue {
    let message = "The shop wants the customer to sign in again.";
    problem(401, "cocart_wasm_unauthorized", message)
}

/// The error document of a shop that is not reached; `status` is what came instead.
pub(super) fn offline(status: u16) -> JsValue {
    let message = "The shop could not be reached. What waits is kept and sent later.";
    problem(status, "cocart_wasm_offline", message)
}

/// `cart.status`
pub(super) fn status(
    status: &Status,
    estimated: &[String],
    confirmed: bool,
    storage: &'static str,
) -> Value {
    let estimated: Vec<Value> = estimated.iter().map(|pointer| pointer.as_str().into()).collect();
    #[allow(clippy::cast_possible_wrap)]
    let (pending, unsaved) = (status.pending as i64, status.unsaved as i64);
    let mut map = map! {
        "pending": pending,
        "online": status.online,
        "syncing": status.syncing,
        "estimated": Value::from(estimated),
        "confirmed": confirmed,
        "storage": storage,
        "unsaved": unsaved,
        "suspect": status.suspect,
        "readOnly": status.read_only,
        "signedIn": status.signed_in,
        "unauthorized": status.unauthorized,
        "handedOver": status.handed_over,
    };
    if let Some(at) = status.expires_ms {
        map.push("expires", at);
    }
    map.into()
}

/// The detail of an event; of `pending` the number alone, which the wrapper puts into one for
/// whoever listens.
pub(super) fn detail(notification: &Notification) -> JsValue {
    match notification {
        Notification::Changed
        | Notification::Synced
        | Notification::Online
        | Notification::Offline => JsValue::UNDEFINED,
        #[allow(clippy::cast_precision_loss)]
        Notification::Pending(count) => JsValue::from_f64(*count as f64),
        Notification::Retry { attempt, delay_ms } => {
            to_js(&map! { "attempt": i64::from(*attempt), "delay": *delay_ms }.into())
        }
        Notification::Conflict(conflict) => to_js(&self::conflict(conflict)),
        Notification::CartExpired { lines } => to_js(&expired(lines)),
        Notification::Problem { code, detail } => problem(0, code, detail),
    }
}

/// A conflict, its command in the form of CoCart's request.
pub(super) fn conflict(conflict: &Conflict) -> Value {
    let mut map: Map = map! {
        "id": conflict.id.as_str(),
        "code": conflict.code.as_str(),
        "message": conflict.message.as_str(),
        "status": i64::from(conflict.status),
    };
    if let Some(command) = &conflict.command {
        map.push("command", command.write());
    }
    if let Some(key) = &conflict.item_key {
        map.push("item_key", key.as_str());
    }
    if let Some((asked, found)) = conflict.quantity {
        map.push("quantity", map! { "asked": asked, "found": found });
    }
    if let Some((shown, now)) = &conflict.price {
        map.push("price", map! { "shown": shown.clone(), "now": now.clone() });
    }
    map.into()
}

fn expired(lines: &[AddItem]) -> Value {
    let lines: Vec<Value> = lines.iter().map(Record::write).collect();
    map! {
        "code": "cart_expired",
        "message": "The shop no longer has this cart.",
        "lines": Value::from(lines),
    }
    .into()
}
