//! The dialects in which a response can be written.

use serde::{Deserialize, Serialize};

/// The shape of the answers (`spec/cocart-v2.md` 2.1). The app fixes the one it wants to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Profile {
    /// The published reference's example: formatted prices, decimal totals, items by key.
    #[default]
    #[serde(rename = "reference")]
    Reference,
    /// CoCart 4.3.6 to the byte, its oddities included.
    #[serde(rename = "v4.3")]
    V43,
    /// CoCart 4.9: minor units throughout, items by key.
    #[serde(rename = "v4.9")]
    V49,
    /// CoCart 5.0: as 4.9 with new quantity, tax and fee shapes.
    #[serde(rename = "v5")]
    V5,
    /// CoCart 5.0 asked with `formatted=true`.
    #[serde(rename = "v5-formatted")]
    V5Formatted,
}
