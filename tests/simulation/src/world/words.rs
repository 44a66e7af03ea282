//! The trace of a failing seed, in words.

use crate::shopper::{asks, product_of};
use cocart_wasm::api::Request;
use cocart_wasm::cart::Command;
use cocart_wasm::sync::Outcome;
use cocart_wasm::value::Value;

pub(super) fn show(request: &Request) -> String {
    let key = request.query_value("cart_key").and_then(|key| key.get(..6)).unwrap_or("-");
    let body = match &request.body {
        cocart_wasm::api::Body::Json(Value::Object(map)) => map
            .iter()
            .map(|(name, value)| format!(" {name}={}", value.as_str().unwrap_or("…")))
            .collect(),
        _ => String::new(),
    };
    format!("{} {}{body} [{key}]", request.method.name(), request.path)
}

pub(super) fn brief_command(command: &Command) -> String {
    let of = |key: &str| product_of(key).unwrap_or(0);
    match command {
        Command::AddItem(add) if add.email.is_some() => {
            format!("add {}×{} with e-mail", add.id, add.quantity)
        }
        Command::AddItem(add) => format!("add {}×{}", add.id, add.quantity),
        Command::AddItems(_) => format!("add {:?}", asks(command)),
        Command::UpdateItems { .. } => format!("set {:?}", asks(command)),
        Command::UpdateItem { item_key, quantity } => format!("set {}={quantity}", of(item_key)),
        Command::RemoveItem { item_key } => format!("remove {}", of(item_key)),
        Command::RestoreItem { item_key } => format!("restore {}", of(item_key)),
        other => format!("{other:?}"),
    }
}

pub(super) fn brief(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Answer { status, body, .. } => {
            format!("{status} {}", body.get("code").and_then(Value::as_str).unwrap_or(""))
        }
        other => format!("{other:?}"),
    }
}
