//! What to send next: the outbox against what the server last showed.

use super::Config;
use super::document::Parsed;
use super::ledger::{Ledger, Sent, What};
use super::request;
use super::todo::{Act, LineTodo, Todo};
use crate::api::Request;
use crate::cart::Command;
use crate::value::Value;

/// The next thing to do.
#[derive(Debug)]
pub(super) enum Step {
    /// Send this write.
    Write(Box<(Sent, Request)>),
    /// Everything that is left has to wait until then (steady clock).
    Wait(i64),
    /// Nothing is left.
    Done,
}

impl Ledger {
    /// Drops what is there already and finds the first write that may go out now.
    pub(super) fn next_step(&mut self, config: &Config, now: i64) -> Step {
        let shown = self.shown();
        self.drop_cleared();
        self.drop_done(&shown);
        let mut blocked: Vec<String> = Vec::new();
        let mut wait: Option<i64> = None;
        for todo in &self.outbox {
            if matches!(todo.act, Act::Clear(_)) && !blocked.is_empty() {
                break; // what was before it first
            }
            let key = todo.line_key().map(str::to_owned);
            if key.as_ref().is_some_and(|key| blocked.contains(key)) {
                continue;
            }
            let Some((sent, request)) = self.write_for(todo, &shown, config, now) else { continue };
            // a second clear does no harm, and what it leaves is looked at afterwards
            let held = if sent.what == What::Clear || config.breaks(super::Fault::NoHold) {
                None
            } else {
                self.held_until(&sent.key, sent.what, sent.after, config.horizon_ms)
            };
            match held {
                None => return Step::Write(Box::new((sent, request))),
                Some(until) => {
                    wait = Some(wait.map_or(until, |earlier| earlier.min(until)));
                    blocked.push(key.unwrap_or(sent.key));
                }
            }
        }
        wait.map_or(Step::Done, Step::Wait)
    }

    /// Takes out what the server's cart shows to be so already. Only the first todo of a line can
    /// be judged by it, and nothing behind a clear.
    fn drop_done(&mut self, shown: &Parsed) {
        let mut seen: Vec<String> = Vec::new();
        let mut cleared = false;
        self.outbox.retain(|todo| {
            let key = todo.line_key();
            let first = !cleared && key.is_none_or(|key| !seen.iter().any(|own| own == key));
            let done = first && is_done(todo, shown);
            if let (true, Some(key)) = (first && !done, key) {
                seen.push(key.to_owned());
            }
            cleared |= matches!(todo.act, Act::Clear(_)) && !done;
            !done
        });
    }

    fn write_for(
        &self,
        todo: &Todo,
        shown: &Parsed,
        config: &Config,
        now: i64,
    ) -> Option<(Sent, Request)> {
        let mut sent = Sent { todo: todo.id, at_ms: now, ..Sent::default() };
        let namespace = &config.namespace;
        let request = match &todo.act {
            Act::Line(line) => {
                sent.key.clone_from(&line.key);
                sent.id = line.id;
                sent.before = shown.quantity(&line.key);
                sent.after = line.target(sent.before);
                sent.what = what(line, shown, sent.before, sent.after);
                if sent.what == What::Restore {
                    sent.after = shown.removed.iter().find(|gone| gone.key == line.key)?.quantity;
                }
                request::line(self, namespace, line, sent.what, sent.after)
            }
            act @ Act::Clear(_) => {
                sent.what = What::Clear;
                request::whole(self, namespace, act)?
            }
            act @ Act::Whole(change) => {
                match (&change.command, change.lines.first()) {
                    (Command::AddItem(_), Some(touched)) => {
                        sent.what = What::Add;
                        sent.key.clone_from(&touched.item_key);
                        sent.id = touched.id;
                        sent.before = shown.quantity(&touched.item_key);
                        sent.after = sent.before + touched.quantity;
                    }
                    (command, _) => {
                        sent.what = What::Other;
                        sent.key = subject(command);
                        // so that two different ones are told apart while one may be late
                        #[allow(clippy::cast_precision_loss)]
                        let name = todo.id as f64;
                        sent.after = name;
                    }
                }
                request::whole(self, namespace, act)?
            }
        };
        Some((sent, request))
    }

    /// Whether the cart can be built again under another key: a guest's own, of few lines that
    /// were all added here, without anything only the server knows.
    pub(super) fn can_move(&self, config: &Config) -> bool {
        let shown = self.shown();
        self.is_private()
            && !self.server_only
            && self.merge_from.is_none()
            && shown.coupons.is_empty()
            && shown.fees.is_empty()
            && shown.lines.len() <= config.move_lines
            && shown.lines.iter().all(|line| self.recipes.contains(&line.key))
    }

    /// Moves a guest to a fresh cart key: whatever arrives late lands in an abandoned cart.
    pub(super) fn move_to(&mut self, cart_key: String) {
        let shown = self.shown();
        let clears = self.outbox.iter().position(|todo| matches!(todo.act, Act::Clear(_)));
        for line in shown.lines.iter().rev().filter(|_| clears.is_none()) {
            let recipe = self.recipes.get(&line.key).cloned();
            self.settle_on(&line.key, line.id, line.quantity, recipe);
        }
        let known =
            |ledger: &Self, key: &str| ledger.base.removed.iter().any(|own| own.item_key == key);
        for gone in shown.removed.iter().filter(|gone| !known(self, &gone.key)).collect::<Vec<_>>()
        {
            let recipe = self.recipes.get(&gone.key).cloned();
            self.remember_removed(&gone.key, gone.quantity, recipe);
        }
        self.base.document = Value::Null;
        self.base.cart_key = cart_key;
        (self.minted, self.touched) = (true, false);
        self.expires_ms = None;
        self.in_flight = None;
        self.late.clear();
    }

    /// The shop would not put a removed line back: it is added instead.
    pub(super) fn restore_by_adding(&mut self, todo: u64) {
        for own in self.outbox.iter_mut().filter(|own| own.id == todo) {
            if let Act::Line(line) = &mut own.act {
                line.restore = false;
            }
        }
    }

    /// Makes sure that a line comes to `quantity` before what is further asked of it: absolutely,
    /// in front of everything else.
    pub(super) fn settle_on(
        &mut self,
        key: &str,
        id: i64,
        quantity: f64,
        recipe: Option<crate::cart::AddItem>,
    ) {
        let first = self.outbox.iter_mut().find(|todo| match &todo.act {
            Act::Clear(_) => true,
            _ => todo.line_key() == Some(key),
        });
        if let Some(Todo { act: Act::Line(line), .. }) = first {
            if line.set.is_none() {
                line.set = Some(quantity);
            }
            line.born = true;
            line.recipe = line.recipe.take().or(recipe);
            return;
        }
        if let Some(Todo { act: Act::Clear(_), .. }) = first {
            return; // it is cleared anyway
        }
        let line = LineTodo {
            key: key.to_owned(),
            id,
            set: Some(quantity),
            born: true,
            recipe,
            ..LineTodo::default()
        };
        let id = self.name();
        self.outbox.insert(0, Todo { id, act: Act::Line(line) });
    }
}

fn is_done(todo: &Todo, shown: &Parsed) -> bool {
    match &todo.act {
        Act::Line(line) => {
            let has = shown.quantity(&line.key);
            let void = has <= 0.0 && !line.born && line.set.is_some() && line.plus <= 0.0;
            void || line.target(has) == has
        }
        Act::Clear(_) => shown.is_empty() && shown.coupons.is_empty() && shown.fees.is_empty(),
        Act::Whole(_) => false,
    }
}

fn what(line: &LineTodo, shown: &Parsed, before: f64, after: f64) -> What {
    if before > 0.0 {
        return if after > 0.0 { What::Set } else { What::Delete };
    }
    let listed = shown.removed.iter().any(|gone| gone.key == line.key);
    if line.restore && listed { What::Restore } else { What::Add }
}

/// What a command is about, where it is no line.
fn subject(command: &Command) -> String {
    match command {
        Command::ApplyCoupon { coupon } | Command::RemoveCoupon { coupon } => {
            format!("coupon {coupon}")
        }
        Command::ChooseShippingRate { .. } => "shipping".into(),
        Command::AddFee(_) | Command::RemoveFees => "fees".into(),
        Command::Update { fields, .. } => {
            format!("update {}", fields.get("namespace").and_then(Value::as_str).unwrap_or(""))
        }
        _ => "customer".into(),
    }
}
