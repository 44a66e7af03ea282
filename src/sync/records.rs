//! How the journal's types are kept as documents; the tables of [`crate::value::Record`].

use super::ledger::{Acknowledged, Ledger, Sent, What};
use super::named::Named;
use super::op::{Act, Change, Op};
use super::todo::{self, LineTodo, Todo};
use super::{Base, Conflict, Removed, Touched};
use crate::value::{Entry, Map, Record, Unfit, Value, fill_map};
use crate::{record, words};

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
record!(Acknowledged { through, missing, lamport });
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

impl<T: Record + Default> Record for Named<T> {
    fn fill(&mut self, value: &Value) -> Result<(), Unfit> {
        *self = Self::default();
        fill_map(value, &mut |name, value| {
            self.insert(name.to_owned(), T::read(value)?);
            Ok(())
        })
    }
    fn write(&self) -> Value {
        let mut map = Map::new();
        for (name, entry) in self.iter() {
            map.push(name.to_owned(), entry.write());
        }
        map.into()
    }
}

record!(Change { command, lines });

/// One entry, named after what was done.
impl Record for Act {
    fn fill(&mut self, value: &Value) -> Result<(), Unfit> {
        let (name, value) = only(value)?;
        *self = match name {
            "change" => Self::Change(Record::read(value)?),
            "settle" => Self::Settle(Record::read(value)?),
            "hand-over" => Self::HandOver,
            "sign-in" => Self::SignIn,
            "offered" => Self::Offered,
            _ => return Err(Unfit::expected("something that was done")),
        };
        Ok(())
    }
    fn write(&self) -> Value {
        match self {
            Self::Change(change) => one("change", change),
            Self::Nothing => Map::new().into(),
            Self::Settle(conflict) => one("settle", conflict),
            Self::HandOver => one("hand-over", &true),
            Self::SignIn => one("sign-in", &true),
            Self::Offered => one("offered", &true),
        }
    }
}

record!(Todo { id, act });

impl Record for todo::Act {
    fn fill(&mut self, value: &Value) -> Result<(), Unfit> {
        let (name, value) = only(value)?;
        *self = match name {
            "line" => Self::Line(Record::read(value)?),
            "clear" => Self::Clear(Record::read(value)?),
            "whole" => Self::Whole(Record::read(value)?),
            _ => return Err(Unfit::expected("something to do")),
        };
        Ok(())
    }
    fn write(&self) -> Value {
        match self {
            Self::Line(line) => one("line", line),
            Self::Clear(keep) => one("clear", keep),
            Self::Whole(change) => one("whole", change),
        }
    }
}

/// A map of one entry.
fn one(name: &'static str, record: &dyn Entry) -> Value {
    let mut map = Map::new();
    map.push(name, record.write_entry());
    map.into()
}

fn only(value: &Value) -> Result<(&str, &Value), Unfit> {
    let entry = value.as_object().and_then(|map| map.iter().next());
    entry.ok_or_else(|| Unfit::expected("one entry"))
}
