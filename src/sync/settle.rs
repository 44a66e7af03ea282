//! What a cart of the server's says: which of our writes landed, what somebody else did, what has
//! to be repaired. Here `base` is replaced and commands are brought off the outbox, in one go.

use super::answer::{Refusal, Shown};
use super::document::{self, Line, Parsed};
use super::ledger::{Ledger, Sent, What};
use super::named::Named;
use super::op::Change;
use super::todo::{Act, Todo};
use super::{Config, Conflict, Notification, Now, Touched};
use crate::cart::{AddItem, Command};

/// A day: clocks are wrong, and a guest's cart may be renewed without our knowing.
const EXPIRY_SLACK_MS: i64 = 86_400_000;

/// What becomes of the write that the cart is looked at for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Landed,
    /// Not yet, that is: it may still be on its way.
    NotLanded,
    /// It would explain the cart, together with earlier writes of ours.
    Perhaps,
    /// Somebody else wrote too.
    Mixed,
}

/// When a cart was asked for, and whether the asking itself was the write in flight.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    /// Steady clock.
    pub(super) at_ms: i64,
    pub(super) by_write: bool,
}

/// What a cart of the server's is compared with.
struct Compared<'a> {
    /// What it showed before.
    before: &'a Parsed,
    /// What it should show now.
    expected: &'a Named<f64>,
    /// The line that the answered write added to.
    added: Option<&'a str>,
}

impl Ledger {
    /// Makes a cart of the server's the new base.
    pub(super) fn adopt(
        &mut self,
        shown: Shown,
        asked: Asked,
        now: Now,
        config: &Config,
    ) -> Vec<Notification> {
        let before = self.shown();
        let mut told = Vec::new();
        let mut expected = Named::default();
        for line in &before.lines {
            expected.insert(line.key.clone(), line.quantity);
        }
        let emptied =
            shown.parsed.is_empty() && before.lines.iter().any(|line| line.quantity > 0.0);
        self.recognise(&shown.parsed, &before);
        self.recognise_late(&shown.parsed, &before);
        let adds = |sent: &&Sent| asked.by_write && sent.what == What::Add;
        let added = self.in_flight.as_ref().filter(adds).map(|sent| sent.key.clone());
        if let Some(sent) = self.in_flight.take() {
            self.settle(sent, &shown.parsed, asked, config, &mut expected, &mut told);
        }
        let gone = shown.parsed.is_empty() && self.ran_out(now);
        let compared = Compared { before: &before, expected: &expected, added: added.as_deref() };
        let lost = self.compare(&shown.parsed, compared, gone, asked, config, &mut told);
        if shown.parsed.is_empty() && lost {
            self.emptied(&before, now, config, &mut told);
        } else if !emptied {
            self.want_back(&shown.parsed, &before);
        }
        self.report_prices(&before, &shown.parsed, &mut told);
        self.forget_late(asked.at_ms, config.horizon_ms);
        if !self.is_private() {
            let horizon = config.horizon_ms.saturating_mul(2);
            self.late
                .retain(|late| late.doubtful || asked.at_ms <= late.at_ms.saturating_add(horizon));
        }
        self.base.document = shown.document;
        self.looked_ms = now.wall_ms;
        self.expires_ms = shown
            .expires
            .map(|seconds| seconds.saturating_mul(1000))
            .or(Some(now.wall_ms.saturating_add(config.guest_lifetime_ms)));
        self.forget_unused(&shown.parsed);
        told
    }

    /// Decides what became of the write in flight, and what the cart should show because of it.
    fn settle(
        &mut self,
        mut sent: Sent,
        found: &Parsed,
        asked: Asked,
        config: &Config,
        expected: &mut Named<f64>,
        told: &mut Vec<Notification>,
    ) {
        let has = found.quantity(&sent.key);
        let fate =
            if asked.by_write { Fate::Landed } else { self.fate(&sent, found, has, asked, config) };
        sent.doubtful = fate != Fate::Landed;
        match fate {
            Fate::Landed | Fate::Perhaps => {
                match sent.what {
                    What::Clear => expected.clear(),
                    What::Other | What::Merge => {}
                    _ => expected.insert(sent.key.clone(), sent.after),
                }
                self.landed(&sent, found);
            }
            Fate::NotLanded if self.is_unknowable(&sent) => {
                let refusal = Refusal {
                    status: 0,
                    code: "cocart_wasm_in_doubt".into(),
                    message: "Nobody knows whether the shop has carried this out.".into(),
                };
                self.park(sent.todo, refusal, told);
            }
            Fate::NotLanded => {}
            Fate::Mixed => {
                expected.insert(sent.key.clone(), has);
                self.mixed(&sent, has, told);
            }
        }
        if sent.what != What::Other || sent.doubtful {
            self.late.push(sent);
        }
    }

    fn fate(&self, sent: &Sent, found: &Parsed, has: f64, asked: Asked, config: &Config) -> Fate {
        let landed = |is: bool| if is { Fate::Landed } else { Fate::NotLanded };
        match sent.what {
            What::Clear if found.is_empty() => {
                let other = |late: &Sent| late.what == What::Clear && late.doubtful;
                if self.late.iter().any(other) { Fate::Perhaps } else { Fate::Landed }
            }
            What::Clear => Fate::NotLanded,
            What::Merge => Fate::NotLanded,
            What::Other => landed(self.other_landed(sent, found)),
            What::Delete if has > 0.0 => Fate::NotLanded,
            // done, but an earlier one may have done it, and this one still be on its way
            _ if has == sent.after => {
                let horizon = config.horizon_ms;
                let other = self.explains(&sent.key, sent.before, has, asked.at_ms, horizon);
                if other { Fate::Perhaps } else { Fate::Landed }
            }
            _ if has == sent.before => Fate::NotLanded,
            _ => {
                let mut with = self.clone();
                with.late.push(sent.clone());
                let from = |quantity: f64| {
                    with.explains(&sent.key, quantity, has, asked.at_ms, config.horizon_ms)
                };
                // doubled, or overtaken by an earlier one: set right by `compare`
                match (from(sent.after), from(sent.before)) {
                    (true, _) => Fate::Perhaps,
                    (false, true) => Fate::NotLanded,
                    // nobody else writes to a private cart: we did, and a killed browser forgot
                    (false, false) if self.is_private() => Fate::NotLanded,
                    (false, false) => Fate::Mixed,
                }
            }
        }
    }

    fn other_landed(&self, sent: &Sent, found: &Parsed) -> bool {
        let todo = self.outbox.iter().find(|todo| todo.id == sent.todo);
        let Some(Act::Whole(change)) = todo.map(|todo| &todo.act) else { return true };
        let applied =
            |code: &String| found.coupons.iter().any(|own| own.eq_ignore_ascii_case(code));
        match &change.command {
            Command::ApplyCoupon { coupon } => applied(coupon),
            Command::RemoveCoupon { coupon } => !applied(coupon),
            Command::AddFee(fee) => found.fees.contains(&fee.name),
            _ => false, // absolute: sent again
        }
    }

    /// A plugin's update: the cart does not show whether it was carried out, and nobody knows
    /// whether it may be repeated.
    fn is_unknowable(&self, sent: &Sent) -> bool {
        let todo = self.outbox.iter().find(|todo| todo.id == sent.todo);
        matches!(todo.map(|todo| &todo.act), Some(Act::Whole(change))
            if matches!(change.command, Command::Update { .. }))
    }

    /// Takes what has landed off the outbox, and keeps how the line was made.
    fn landed(&mut self, sent: &Sent, found: &Parsed) {
        let Some(at) = self.outbox.iter().position(|todo| todo.id == sent.todo) else { return };
        let todo = self.outbox.remove(at);
        match todo.act {
            Act::Line(mut line) => {
                if let (What::Add, Some(recipe)) = (sent.what, line.recipe.clone()) {
                    self.recipes.insert(sent.key.clone(), recipe);
                }
                if sent.what == What::Restore && line.target(sent.after) != sent.after {
                    // put back with the quantity the shop remembered; now the one asked for
                    line.restore = false;
                    self.outbox.insert(at, Todo { id: todo.id, act: Act::Line(line) });
                }
            }
            Act::Whole(change) => {
                if let Command::AddItem(add) = change.command {
                    self.server_only |=
                        add.email.is_some() || add.phone.is_some() || add.price.is_some();
                    let recipe =
                        AddItem { email: None, phone: None, price: None, quantity: 1.0, ..add };
                    self.recipes.insert(sent.key.clone(), recipe);
                } else {
                    self.server_only = true;
                }
            }
            Act::Clear(_) => self.server_only &= !found.is_empty(),
        }
    }

    /// Somebody else wrote to the line too: the larger of what is there and what was asked for,
    /// absolutely, and reported. What was removed stays removed.
    fn mixed(&mut self, sent: &Sent, has: f64, told: &mut Vec<Notification>) {
        let Some(at) = self.outbox.iter().position(|todo| todo.id == sent.todo) else { return };
        let asked_for = match self.outbox.get_mut(at).map(|todo| &mut todo.act) {
            Some(Act::Line(line)) if has < sent.after => {
                (line.set, line.plus, line.born) = (Some(sent.after), 0.0, true);
                None
            }
            _ => Some(self.outbox.remove(at)),
        };
        let lost = asked_for.filter(|_| has < sent.after);
        let conflict = Conflict {
            code: "cocart_wasm_line_changed".into(),
            message: "The line was changed elsewhere at the same time.".into(),
            item_key: Some(sent.key.clone()),
            quantity: Some((sent.after, has)),
            ..self.conflict_of(lost.as_ref())
        };
        self.tell(conflict, told);
    }

    /// Lines that differ from what they should be: repaired where a late or doubled write of ours
    /// explains it, taken over otherwise. True where something unexplained went missing. A cart
    /// that is empty is repaired only where we explain every line of it, and never when it has
    /// run out.
    fn compare(
        &mut self,
        found: &Parsed,
        compared: Compared<'_>,
        gone: bool,
        asked: Asked,
        config: &Config,
        told: &mut Vec<Notification>,
    ) -> bool {
        let Compared { before, expected, added } = compared;
        let mut lost = false;
        let mut keys: Vec<&str> = expected.iter().map(|(key, _)| key).collect();
        keys.extend(
            found.lines.iter().map(|line| line.key.as_str()).filter(|key| !expected.contains(key)),
        );
        let mut repairs: Vec<(&str, f64)> = Vec::new();
        for key in keys {
            let (should, has) = (expected.get(key).copied().unwrap_or(0.0), found.quantity(key));
            if should == has {
                continue;
            }
            // nobody else writes here: it was us, and a browser that was killed forgot it
            let forgotten = self.is_private()
                && !found.is_empty()
                && (self.outbox.iter().any(|todo| todo.line_key() == Some(key))
                    || added == Some(key));
            let explained = if gone {
                false
            } else if forgotten {
                true
            } else if found.is_empty() && !self.is_private() {
                // elsewhere it may have been bought
                self.explains_absence(key)
            } else {
                self.explains(key, should, has, asked.at_ms, config.horizon_ms)
            };
            if explained {
                repairs.push((key, should));
            } else if let Some(sent) = self.may_be_in(key, has) {
                self.mixed(&sent, has, told);
            } else if has < should {
                lost = true;
            }
        }
        if found.is_empty() && lost {
            return true;
        }
        // backwards: each repair goes to the front
        for (key, should) in repairs.into_iter().rev() {
            let line = found.line(key).or_else(|| before.line(key));
            let recipe = self.recipe(key).or_else(|| line.map(document::recipe));
            self.settle_on(key, line.map_or(0, |line| line.id), should, recipe);
        }
        lost
    }

    /// Whether the server will have forgotten a guest's cart by now.
    fn ran_out(&self, now: Now) -> bool {
        let past = |at: i64| now.wall_ms > at.saturating_sub(EXPIRY_SLACK_MS);
        !self.customer && self.expires_ms.is_some_and(past)
    }

    /// The cart came back empty, and not by our doing: bought, or cleared elsewhere. It is
    /// adopted. Only an expired one is offered.
    fn emptied(
        &mut self,
        before: &Parsed,
        now: Now,
        config: &Config,
        told: &mut Vec<Notification>,
    ) {
        if self.ran_out(now) && self.handed_over_ms.is_none() && !before.is_empty() {
            self.offer = before.lines.iter().map(|line| self.offered(line)).collect();
            let lines = self.offer.iter().filter_map(|change| match &change.command {
                Command::AddItem(add) => Some(add.clone()),
                _ => None,
            });
            told.push(Notification::CartExpired { lines: lines.collect() });
        }
        if config.breaks(super::Fault::RebuildEmptied) {
            for line in &before.lines {
                self.settle_on(&line.key, line.id, line.quantity, self.recipe(&line.key));
            }
            return;
        }
        self.handed_over_ms = None;
        self.server_only = false;
        if self.outbox.iter().any(|todo| matches!(todo.act, Act::Clear(_))) {
            return; // as was wanted; what comes after it starts from nothing anyway
        }
        let mut added: Vec<String> = Vec::new();
        self.outbox.retain_mut(|todo| {
            let key = todo.line_key().unwrap_or("").to_owned();
            match &mut todo.act {
                Act::Line(line) if line.set.is_some() && !line.born && !added.contains(&key) => {
                    // a change of a line that is gone; what was added to it since is wanted
                    line.set = None;
                    let wanted = line.plus > 0.0;
                    added.extend(wanted.then_some(key));
                    wanted
                }
                _ => {
                    added.push(key);
                    true
                }
            }
        });
        // an add that may have been bought with the rest must not be bought again
        let doubtful: Vec<Sent> = self
            .late
            .iter()
            .filter(|late| late.doubtful && late.what == What::Add)
            .cloned()
            .collect();
        for late in doubtful {
            if let Some(at) = self.outbox.iter().position(|todo| todo.id == late.todo) {
                let todo = self.outbox.remove(at);
                let conflict = Conflict {
                    code: "cocart_wasm_in_doubt".into(),
                    message: "The cart was bought or emptied while this was being added.".into(),
                    item_key: Some(late.key),
                    quantity: Some((late.after, 0.0)),
                    ..self.conflict_of(Some(&todo))
                };
                self.tell(conflict, told);
            }
        }
    }

    fn offered(&self, line: &Line) -> Change {
        let recipe = self.recipes.get(&line.key).cloned().unwrap_or_else(|| document::recipe(line));
        let touched = Touched { item_key: line.key.clone(), id: line.id, quantity: line.quantity };
        let command = Command::AddItem(AddItem { quantity: line.quantity, ..recipe });
        Change { command, lines: vec![touched] }
    }

    /// A line that is gone while the shopper changed its quantity here is added again; the others
    /// that are gone stay gone.
    fn want_back(&mut self, found: &Parsed, before: &Parsed) {
        for todo in &mut self.outbox {
            let Act::Line(line) = &mut todo.act else { continue };
            if line.set.is_some_and(|set| set > 0.0) && found.line(&line.key).is_none() {
                line.born = true;
                if let Some(was) = before.line(&line.key).filter(|_| line.recipe.is_none()) {
                    line.recipe = Some(document::recipe(was));
                }
            }
        }
    }
}
