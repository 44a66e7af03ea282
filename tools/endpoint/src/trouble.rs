//! What goes wrong on purpose, and what was seen.

use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};

/// How REST requests fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outage {
    /// They do not.
    #[default]
    None,
    /// The connection is dropped without an answer.
    Drop,
    /// Status 503, as a host in maintenance answers.
    Unavailable,
    /// Status 500 with WordPress's page for a fatal error; nothing was done.
    Error,
}

/// The trouble in force. It meets REST requests alone: pages, pictures and the control route
/// stay, as they would come from a content network or the service worker.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Trouble {
    /// Milliseconds before a request is looked at.
    pub(crate) latency_ms: u64,
    /// How requests fail.
    pub(crate) outage: Outage,
    /// How many writes will be applied and their answers lost.
    pub(crate) lose_answers: u64,
    /// Whether a captive portal answers.
    pub(crate) captive_portal: bool,
}

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Fate {
    /// The shop answers.
    Answered,
    /// It never arrives.
    Dropped,
    /// Status 503.
    Unavailable,
    /// Status 500.
    Failed,
    /// A captive portal answers.
    Captive,
    /// The shop does it, and its answer gets lost.
    AnswerLost,
}

impl Trouble {
    /// What becomes of a request that arrives now; losing its answer is decided when there is one.
    pub(crate) fn meet(&self) -> Fate {
        match self.outage {
            Outage::Drop => Fate::Dropped,
            Outage::Unavailable => Fate::Unavailable,
            Outage::Error => Fate::Failed,
            Outage::None if self.captive_portal => Fate::Captive,
            Outage::None => Fate::Answered,
        }
    }

    /// Whether the answer of this request gets lost; uses one loss up.
    pub(crate) fn lose_answer(&mut self, is_write: bool) -> bool {
        let lost = is_write && self.lose_answers > 0;
        self.lose_answers -= u64::from(lost);
        lost
    }
}

/// A request as it was seen.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Seen {
    pub(crate) method: &'static str,
    pub(crate) path: String,
    /// The cart it was about, where one answered.
    pub(crate) cart_key: Option<String>,
    /// The shop's status, whether or not it reached the client.
    pub(crate) status: Option<u16>,
    pub(crate) fate: Fate,
}

/// How many requests the log holds.
const LOG: usize = 500;

/// What was seen since the start or the last reset.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Counters {
    pub(crate) requests: u64,
    /// Requests that changed a cart.
    pub(crate) writes_applied: u64,
    pub(crate) answers_lost: u64,
    /// Requests that never reached the shop.
    pub(crate) refused: u64,
    /// Requests by method and route.
    pub(crate) routes: BTreeMap<String, u64>,
    /// The latest requests in the order they were done with.
    pub(crate) log: VecDeque<Seen>,
}

impl Counters {
    /// Counts a request that is done with.
    pub(crate) fn count(&mut self, seen: Seen) {
        self.requests += 1;
        match seen.fate {
            Fate::Answered => {}
            Fate::AnswerLost => self.answers_lost += 1,
            Fate::Dropped | Fate::Unavailable | Fate::Failed | Fate::Captive => {
                self.refused += 1;
            }
        }
        *self.routes.entry(route(seen.method, &seen.path)).or_default() += 1;
        if self.log.len() == LOG {
            self.log.pop_front();
        }
        self.log.push_back(seen);
    }
}

/// The name under which a request is counted: an item's key does not matter.
fn route(method: &str, path: &str) -> String {
    match path.split_once("/item/") {
        Some((before, _)) => format!("{method} {before}/item/{{item_key}}"),
        None => format!("{method} {path}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_as_many_answers_are_lost_as_asked_and_only_of_writes() {
        let mut trouble = Trouble { lose_answers: 1, ..Trouble::default() };
        assert!(!trouble.lose_answer(false));
        assert!(trouble.lose_answer(true));
        assert!(!trouble.lose_answer(true));
    }

    #[test]
    fn routes_are_counted_without_item_keys() {
        assert_eq!(route("PUT", "/cocart/v2/cart/item/abc"), "PUT /cocart/v2/cart/item/{item_key}");
        assert_eq!(route("GET", "/cocart/v2/cart/items"), "GET /cocart/v2/cart/items");
    }
}
