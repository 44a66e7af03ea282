//! Requests and answers that are lost, late, doubled, out of order, cut in half.

use super::{ACCOUNTS_OWN, Fate, HORIZON, Later, World, brief_command, show};
use crate::server::{CUSTOMER, STRANGER, error};
use cocart_wasm::api::Method;
use cocart_wasm::sync::{Outcome, Outgoing};

impl World {
    pub(super) fn send(&mut self, tab: usize, out: Outgoing) {
        self.requests += 1;
        if out.request.method != Method::Get {
            self.last_write = Some(out.request.clone());
            self.meet();
        }
        if self.plan.trace {
            let waits =
                self.tabs.get(&tab).map(|own| own.journal.sync().pending()).unwrap_or_default();
            let waits: Vec<String> = waits.iter().map(brief_command).collect();
            self.note(|| {
                format!(
                    "tab {tab} sends #{} {}; waiting: {}",
                    out.id,
                    show(&out.request),
                    waits.join(", ")
                )
            });
        }
        let faults = self.plan.network && !self.quiet;
        if !self.online {
            // the browser knows; now and then the request slips out all the same
            if faults && self.chance(100) {
                let after = self.rng.i64(0..HORIZON);
                self.later(after, Later::Arrives { tab, out: out.clone(), fate: Fate::Silent });
            }
            return self
                .later(50, Later::Answers { tab, id: out.id, outcome: Outcome::Unreachable });
        }
        if out.authorized && self.revoked && self.rng.u32(0..4) == 0 {
            // the app itself has none any more
            return self.later(1, Later::Answers { tab, id: out.id, outcome: Outcome::NotSent });
        }
        let quick = self.rng.i64(5..150);
        if !faults {
            return self.later(quick, Later::Arrives { tab, out, fate: Fate::Answered });
        }
        let slow = self.rng.i64(0..HORIZON - 1);
        let at = if self.rng.u32(0..100) < 12 { slow } else { quick };
        match self.rng.u32(0..100) {
            0..=3 => {
                self.later(at, Later::Answers { tab, id: out.id, outcome: Outcome::Unreachable })
            }
            4 => self.troubles.mishaps += 1,
            5..=8 => {
                // given up at once, and yet it runs
                self.later(
                    quick,
                    Later::Answers { tab, id: out.id, outcome: Outcome::Unreachable },
                );
                self.later(slow, Later::Arrives { tab, out, fate: Fate::Silent });
            }
            9..=13 => self.later(at, Later::Arrives { tab, out, fate: Fate::AnswerLost }),
            14..=16 => self.later(at, Later::Arrives { tab, out, fate: Fate::AnswerCut }),
            17..=19 => self.later(at, Later::Arrives { tab, out, fate: Fate::Error500After }),
            20..=22 => self.later(
                at,
                Later::Answers { tab, id: out.id, outcome: error(500, "internal_server_error") },
            ),
            23..=24 => {
                let outcome = Outcome::Unparsable { status: 200, headers: Vec::new() };
                self.later(quick, Later::Answers { tab, id: out.id, outcome });
            }
            25 => {
                let headers = vec![("Retry-After".into(), "3".into())];
                let outcome = Outcome::Unparsable { status: 429, headers };
                self.later(quick, Later::Answers { tab, id: out.id, outcome });
            }
            26..=29 => self.later(at, Later::Arrives { tab, out, fate: Fate::AnsweredTwice }),
            30..=33 if self.plan.doubles => {
                self.later(at, Later::Arrives { tab, out: out.clone(), fate: Fate::Answered });
                self.later(slow, Later::Arrives { tab, out, fate: Fate::Silent });
            }
            _ => self.later(at, Later::Arrives { tab, out, fate: Fate::Answered }),
        }
    }

    pub(super) fn arrives(&mut self, tab: usize, out: Outgoing, fate: Fate) {
        let wall = self.steady + super::WALL;
        let refused = self.refuses(&out, wall);
        let outcome =
            refused.unwrap_or_else(|| self.server.handle(&out.request, out.authorized, wall));
        self.troubles.mishaps += u64::from(fate != Fate::Answered);
        if self.plan.trace {
            let carts = self
                .server
                .carts
                .iter()
                .map(|(key, cart)| (key.get(..5).unwrap_or(key), cart.by_product()));
            let line = format!(
                "#{} of tab {tab} arrives ({fate:?}): {:?}",
                out.id,
                carts.collect::<Vec<_>>()
            );
            self.note(|| line);
        }
        if self.is_exact() && !self.plan.doubles && !self.forgetful {
            for (id, quantity) in self.carts_of_ours() {
                if id == ACCOUNTS_OWN {
                    continue;
                }
                let peak = self.peak.get(&id).copied().unwrap_or(0.0);
                if quantity > peak && self.excess.is_none() {
                    self.excess = Some(format!(
                        "the shop had {quantity} of product {id}, of which there never were more than {peak}"
                    ));
                }
            }
        }
        let id = out.id;
        let after = self.rng.i64(1..150);
        match fate {
            Fate::Silent => {}
            Fate::Answered => self.later(after, Later::Answers { tab, id, outcome }),
            Fate::AnsweredTwice => {
                let again = self.rng.i64(1..40_000);
                self.later(again, Later::Answers { tab, id, outcome: outcome.clone() });
                self.later(after, Later::Answers { tab, id, outcome });
            }
            Fate::AnswerLost => {
                if self.rng.bool() {
                    self.later(after, Later::Answers { tab, id, outcome: Outcome::Unreachable });
                } else {
                    // late, after it was given up
                    self.later(after + 25_000, Later::Answers { tab, id, outcome });
                }
            }
            Fate::AnswerCut => {
                let outcome = Outcome::Unparsable { status: 200, headers: Vec::new() };
                self.later(after, Later::Answers { tab, id, outcome });
            }
            Fate::Error500After => {
                let outcome = error(500, "internal_server_error");
                self.later(after, Later::Answers { tab, id, outcome });
            }
        }
    }

    /// Products and quantities in the carts this device can mean: not a stranger's, and not a
    /// customer's who signed out here.
    fn carts_of_ours(&self) -> Vec<(i64, f64)> {
        let ours = |key: &str| key != STRANGER && !(self.signed_out && key == CUSTOMER);
        let carts = self.server.carts.iter().filter(|(key, _)| ours(key));
        carts.flat_map(|(_, cart)| cart.by_product()).collect()
    }
}
