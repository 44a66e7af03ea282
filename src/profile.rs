//! The dialects in which the server's answers can be written: the cart mirrors the odd behaviours
//! of the recorded one, documents have the shape of the one that the app wants.

use crate::words;

/// The shape of the answers (`spec/cocart-v2.md` 2.1). The app fixes the one it wants to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Profile {
    /// The published reference's example: formatted prices, decimal totals, items by key.
    #[default]
    Reference,
    /// CoCart 4.3.6 to the byte, its oddities included.
    V43,
    /// CoCart 4.9: minor units throughout, items by key.
    V49,
    /// CoCart 5.0: as 4.9 with new quantity, tax and fee shapes.
    V5,
    /// CoCart 5.0 asked with `formatted=true`.
    V5Formatted,
}

impl Profile {
    /// Whether the shapes that CoCart 5.0 changed are its own.
    pub(crate) fn is_v5(self) -> bool {
        matches!(self, Self::V5 | Self::V5Formatted)
    }

    /// Whether the publisher's OpenAPI files are what settles the shape.
    pub(crate) fn follows_openapi(self) -> bool {
        matches!(self, Self::V49 | Self::V5 | Self::V5Formatted)
    }
}

words!(Profile { Reference = "reference", V43 = "v4.3", V49 = "v4.9", V5 = "v5", V5Formatted = "v5-formatted" });
