//! The shop that `serve` runs: the engine, the carts, and what is wrong today.

use crate::accounts::{self, Account};
use crate::cli::ServeArgs;
use crate::cors::Cors;
use crate::load::{self, LoadError};
use crate::sessions::Sessions;
use crate::tokens::Tokens;
use crate::trouble::{Counters, Trouble};
use cocart_wasm::api::Profile;
use cocart_wasm::store::{Product, Shop, Snapshot, StockStatus};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

/// A running shop.
#[derive(Debug)]
pub(crate) struct Endpoint {
    /// Its address on the web.
    pub(crate) base: String,
    pub(crate) profile: Profile,
    pub(crate) cors: Cors,
    pub(crate) accounts: &'static [Account],
    /// Whether the JWT add-on is there.
    pub(crate) jwt: bool,
    /// One lock for all: requests are done one after the other.
    state: Mutex<State>,
    at_start: (Snapshot, Trouble),
}

/// What requests change.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) shop: Shop,
    pub(crate) sessions: Sessions,
    pub(crate) tokens: Tokens,
    pub(crate) trouble: Trouble,
    pub(crate) counters: Counters,
}

impl Endpoint {
    /// Opens the shop that the command line describes.
    pub(crate) fn open(args: &ServeArgs, base: &str) -> Result<Self, LoadError> {
        let mut snapshot: Snapshot = load::json(&args.shop)?;
        if snapshot.store.home_url.is_empty() {
            base.clone_into(&mut snapshot.store.home_url);
        }
        for id in &args.out_of_stock {
            let product = snapshot.products.iter_mut().find(|p| p.id == *id);
            sell_out(product.ok_or(LoadError::NoProduct(*id))?);
        }
        let trouble = Trouble {
            latency_ms: args.latency,
            outage: args.outage,
            lose_answers: args.lose_answers,
            captive_portal: args.captive_portal,
        };
        let endpoint = Self {
            base: base.to_owned(),
            profile: args.profile,
            cors: args.cors,
            accounts: if args.no_accounts { &[] } else { accounts::DEMO },
            jwt: !args.no_jwt,
            state: Mutex::default(),
            at_start: (snapshot, trouble),
        };
        endpoint.reset();
        Ok(endpoint)
    }

    /// The state, for one request at a time.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The shop as first told.
    pub(crate) fn at_start(&self) -> &Snapshot {
        &self.at_start.0
    }

    /// Everything as at the start: no carts, no counts, the shop and the trouble as first told.
    pub(crate) fn reset(&self) {
        let (snapshot, trouble) = self.at_start.clone();
        *self.state() = State { shop: Shop::new(snapshot), trouble, ..State::default() };
    }
}

/// Takes a product out of stock, whoever manages its stock.
fn sell_out(product: &mut Product) {
    product.stock_status = StockStatus::Outofstock;
    product.stock_quantity = product.stock_quantity.map(|_| 0.0);
}

/// The clock, in Unix seconds.
pub(crate) fn now() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|since| i64::try_from(since.as_secs()).ok())
        .unwrap_or_default()
}
