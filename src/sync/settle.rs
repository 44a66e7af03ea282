//! What a cart of the server's says: which of our writes landed, what somebody else did, what has
//! to be repaired. Here `base` is replaced and commands are brought off the outbox, in one go.

use super::answer::{Refusal, Shown};
use super::document::{self, Parsed};
use super::ledger::{Ledger, Sent, What};
use super::named::Named;
use super::todo::{Act, Todo};
use super::{Config, Conflict, Notification, Now};
use crate::cart::{AddItem, Command};

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
    /// Whether nothing is left of it.
    emptied: bool,
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
        if self.is_merge_in_doubt() {
            self.clear_line_by_line(); // the lines that were there when it was sent
        }
        let mut before = self.shown();
        if !config.breaks(super::Fault::OldKeys) {
            self.recognise_moved(&shown.parsed, &mut before);
        }
        let mut told = Vec::new();
        let mut expected = Named::default();
        for line in &before.lines {
            expected.insert(line.key.clone(), line.quantity);
        }
        self.recognise(&shown.parsed, &before);
        let adds = |sent: &Sent| asked.by_write && sent.what == What::Add;
        let added = self.in_flight.clone().filter(adds);
        let emptied = self.is_emptied(&before, &shown.parsed, added.as_ref());
        if let Some(sent) = self.in_flight.take() {
            self.settle(sent, &shown.parsed, asked, config, &mut expected, &mut told);
        }
        let gone = shown.parsed.is_empty() && self.ran_out(now);
        let added = added.as_ref().map(|sent| sent.key.as_str());
        let compared = Compared { before: &before, expected: &expected, added, emptied };
        let lost = self.compare(&shown.parsed, compared, gone, asked, config, &mut told);
        if emptied && lost {
            self.emptied(&shown.parsed, &before, now, config, &mut told);
        } else if !emptied {
            self.want_back(&shown.parsed, &before);
        }
        self.report_prices(&before, &shown.parsed, &mut told);
        self.forget_late(asked.at_ms, config.horizon_ms);
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
        let fate = match sent.what {
            _ if asked.by_write => Fate::Landed,
            What::Clear if found.is_empty() => self.fate_of_clear(expected),
            _ => self.fate(&sent, found, has, asked, config),
        };
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
            What::Clear | What::Merge => Fate::NotLanded,
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
                    // nobody else writes to a private cart: we did, and a killed browser forgot.
                    // A cart that is empty was bought: `emptied` knows what becomes of the rest
                    (false, false) if self.is_private() || found.is_empty() => Fate::NotLanded,
                    (false, false) => Fate::Mixed,
                }
            }
        }
    }

    /// The cart is empty: by this clear, unless writes that were given up for lost took everything
    /// out that was `there`. Then it may still be on its way.
    fn fate_of_clear(&self, there: &Named<f64>) -> Fate {
        let without = there.iter().all(|(key, _)| self.explains_absence(key));
        if without { Fate::Perhaps } else { Fate::Landed }
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
                    let recipe = AddItem { email: None, phone: None, price: None, ..add };
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
    /// explains it, taken over otherwise. True where something unexplained went missing. What was
    /// in a cart that was emptied is repaired only where we explain every line of it, and never
    /// when it has run out.
    fn compare(
        &mut self,
        found: &Parsed,
        compared: Compared<'_>,
        gone: bool,
        asked: Asked,
        config: &Config,
        told: &mut Vec<Notification>,
    ) -> bool {
        let Compared { before, expected, added, emptied } = compared;
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
            // nobody else writes here: it was us, and a browser that was killed forgot it. Of what was
            // added just now and is not there the shop has made something else
            let forgotten = self.is_private()
                && !found.is_empty()
                && (self.outbox.iter().any(|todo| todo.line_key() == Some(key))
                    || (added == Some(key) && has > 0.0));
            let explained = if gone {
                false
            } else if forgotten {
                true
            } else if emptied && has < should && !self.is_private() {
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
                // taken out by us, and a browser that was killed forgot that it was sent
                lost |= !(self.is_private() && self.outbox.iter().any(|todo| todo.takes_out(key)));
            }
        }
        if emptied && lost {
            repairs.retain(|(key, _)| found.line(key).is_some());
        }
        // backwards: each repair goes to the front
        for (key, should) in repairs.into_iter().rev() {
            let line = found.line(key).or_else(|| before.line(key));
            let recipe = self.recipe(key).or_else(|| line.map(document::recipe));
            self.settle_on(key, line.map_or(0, |line| line.id), should, recipe);
        }
        lost
    }
}
