//! The cart as the server's session keeps it.

use serde::{Deserialize, Serialize};

/// A cart: lines, removed lines, coupons, customer, notices and the last totals.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Cart {
    /// The cart key; a signed-in customer's is the user id.
    pub key: String,
}

impl Cart {
    /// An empty cart under a key.
    pub fn new(key: impl Into<String>) -> Self {
        Self { key: key.into() }
    }
}
