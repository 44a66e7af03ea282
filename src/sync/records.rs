//! How the journal's types are kept as documents; the tables of [`crate::value::Record`].

use super::ledger::{Acknowledged, Ledger, Sent, What};
use super::named::Named;
use super::op::{Act, Change, Op};
use super::todo::{self, LineTodo, Todo};
use super::{Base, Conflict, Removed, Touched};
use crate::cart::Command;
use crate::value::{Fields, Map, Record, Unfit, Value};
use crate::{map, record, words};

record!(Base { document, model, cart_key, removed });
record!(Removed { item_key, id, add });
record!(Touched { item_key, id, quantity });
record!(Conflict { id, code, message, status, command, lines, item_key, quantity, price });
record!(Ledger {
    rev,
    base,
    minted,
    touched,
    customer,
    merge_from,
    expires_ms,
    looked_ms,
    server_only,
    handed_over_ms,
    lamport,
    acknowledged,
    outbox,
    in_flight,
    late,
    recipes,
    aliases,
    conflicts,
    offer,
    next_id,
});
record!(Acknowledged { through, missing });
record!(Sent { todo, what, key, id, before, after, at_ms, doubtful });
words!(What {
    Add = "add",
    Set = "set",
    Delete = "delete",
    Restore = "restore",
    Clear = "clear",
    Merge = "merge",
    Other = "other",
});
record!(LineTodo { key, id, set, plus, born, restore, recipe });
record!(Op { tab, seq, lamport, at_ms, cart_key, act });

impl<T: Record> Record for Named<T> {
    fn read(value: &Value) -> Result<Self, Unfit> {
        let mut named = Self::default();
        for (name, value) in Map::read(value)?.iter() {
            named.insert(name.to_owned(), T::read(value)?);
        }
        Ok(named)
    }
    fn write(&self) -> Value {
        let mut map = Map::new();
        for (name, entry) in self.iter() {
            map.push(name.to_owned(), entry.write());
        }
        map.into()
    }
}

impl Record for Change {
    fn read(value: &Value) -> Result<Self, Unfit> {
        let mut fields = Fields::of(value)?;
        let (mut command, mut lines) = (None, Vec::new());
        fields.read("command", &mut command)?;
        fields.read("lines", &mut lines)?;
        let command: Command = command.ok_or_else(|| Unfit::expected("a command"))?;
        Ok(Self { command, lines })
    }
    fn write(&self) -> Value {
        let mut map = map! { "command": self.command.write() };
        if !self.lines.is_empty() {
            map.push("lines", self.lines.write());
        }
        map.into()
    }
}

/// One entry, named after what was done.
impl Record for Act {
    fn read(value: &Value) -> Result<Self, Unfit> {
        let (name, value) = only(value)?;
        Ok(match name {
            "change" => Self::Change(Change::read(value)?),
            "settle" => Self::Settle(String::read(value)?),
            "hand-over" => Self::HandOver,
            "sign-in" => Self::SignIn,
            "offered" => Self::Offered,
            _ => return Err(Unfit::expected("something that was done")),
        })
    }
    fn write(&self) -> Value {
        match self {
            Self::Change(change) => map! { "change": change.write() },
            Self::Nothing => map! {},
            Self::Settle(conflict) => map! { "settle": conflict.write() },
            Self::HandOver => map! { "hand-over": true },
            Self::SignIn => map! { "sign-in": true },
            Self::Offered => map! { "offered": true },
        }
        .into()
    }
}

impl Record for Todo {
    fn read(value: &Value) -> Result<Self, Unfit> {
        let mut fields = Fields::of(value)?;
        let mut id = 0;
        fields.read("id", &mut id)?;
        let mut act = Value::Null;
        fields.read("act", &mut act)?;
        let (name, value) = only(&act)?;
        let act = match name {
            "line" => todo::Act::Line(LineTodo::read(value)?),
            "clear" => todo::Act::Clear(bool::read(value)?),
            "whole" => todo::Act::Whole(Change::read(value)?),
            _ => return Err(Unfit::expected("something to do")),
        };
        Ok(Self { id, act })
    }
    fn write(&self) -> Value {
        let act = match &self.act {
            todo::Act::Line(line) => map! { "line": line.write() },
            todo::Act::Clear(keep) => map! { "clear": *keep },
            todo::Act::Whole(change) => map! { "whole": change.write() },
        };
        map! { "id": self.id.write(), "act": act }.into()
    }
}

fn only(value: &Value) -> Result<(&str, &Value), Unfit> {
    let entry = value.as_object().and_then(|map| map.iter().next());
    entry.ok_or_else(|| Unfit::expected("one entry"))
}
