//! Shipping zones and their methods (`spec/woocommerce-cart.md` 10).

use serde::{Deserialize, Serialize};

/// A shipping zone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ShippingZone {
    /// Its id; 0 covers what no other zone does.
    pub id: u32,
    /// Its name.
    pub name: String,
    /// Where it holds.
    pub locations: Vec<ZoneLocation>,
    /// Its methods in order.
    pub methods: Vec<ShippingMethod>,
}

/// Where a zone holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ZoneLocation {
    /// `US`, `US:CA`, `NA`, or a postcode, wildcard or range.
    pub code: String,
    /// What the code names.
    #[serde(rename = "type")]
    pub kind: ZoneLocationType,
}

/// What a zone location's code names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum ZoneLocationType {
    Continent,
    Country,
    State,
    Postcode,
}

/// A shipping method in a zone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShippingMethod {
    /// Its number, the second half of a rate's key.
    pub instance_id: u32,
    /// Whether it is offered.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// What shoppers read.
    pub title: String,
    /// What it does.
    #[serde(flatten)]
    pub kind: ShippingMethodKind,
}

fn yes() -> bool {
    true
}

/// What a shipping method does, with its settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "method_id", rename_all = "snake_case")]
pub enum ShippingMethodKind {
    /// A cost, perhaps a formula, perhaps by shipping class.
    FlatRate {
        /// Whether the cost is taxed.
        #[serde(default = "yes")]
        taxable: bool,
        /// The cost's formula.
        #[serde(default)]
        cost: String,
        /// Formula by shipping class id.
        #[serde(default)]
        class_costs: Vec<(u32, String)>,
        /// The formula for goods without a class.
        #[serde(default)]
        no_class_cost: String,
        /// Whether only the dearest class counts.
        #[serde(default)]
        per_order: bool,
    },
    /// Free, on a condition.
    FreeShipping {
        /// What it asks for.
        #[serde(default)]
        requires: FreeShippingRequires,
        /// The smallest order in major units, as stored.
        #[serde(default)]
        min_amount: String,
        /// Whether the smallest order is judged before coupons.
        #[serde(default)]
        ignore_discounts: bool,
    },
    /// Fetched by the shopper.
    LocalPickup {
        /// Whether the cost is taxed.
        #[serde(default = "yes")]
        taxable: bool,
        /// The cost.
        #[serde(default)]
        cost: String,
    },
    /// A plugin's method, whose rates only the server knows.
    #[serde(other)]
    Unknown,
}

/// What free shipping asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FreeShippingRequires {
    /// Nothing.
    #[default]
    Nothing,
    /// A coupon that grants it.
    Coupon,
    /// A smallest order.
    MinAmount,
    /// One of the two.
    Either,
    /// Both.
    Both,
}
