//! Shipping zones and their methods (`spec/woocommerce-cart.md` 10).

use crate::value::{Record, Unfit, Value};
use crate::{by_value, record, words};
use std::mem::take;

/// A shipping zone.
#[derive(Clone, Debug, Default, PartialEq)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ZoneLocation {
    /// `US`, `US:CA`, `NA`, or a postcode, wildcard or range.
    pub code: String,
    /// What the code names.
    pub kind: ZoneLocationType,
}

/// What a zone location's code names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum ZoneLocationType {
    Continent,
    #[default]
    Country,
    State,
    Postcode,
}

/// A shipping method in a zone.
#[derive(Clone, Debug, PartialEq)]
pub struct ShippingMethod {
    /// Its number, the second half of a rate's key.
    pub instance_id: u32,
    /// Whether it is offered.
    pub enabled: bool,
    /// What shoppers read.
    pub title: String,
    /// What it does.
    pub kind: ShippingMethodKind,
}

/// What a shipping method does, with its settings.
#[derive(Clone, Debug, PartialEq)]
pub enum ShippingMethodKind {
    /// A cost, perhaps a formula, perhaps by shipping class.
    FlatRate {
        /// Whether the cost is taxed.
        taxable: bool,
        /// The cost's formula.
        cost: String,
        /// Formula by shipping class id.
        class_costs: Vec<(u32, String)>,
        /// The formula for goods without a class.
        no_class_cost: String,
        /// Whether only the dearest class counts.
        per_order: bool,
    },
    /// Free, on a condition.
    FreeShipping {
        /// What it asks for.
        requires: FreeShippingRequires,
        /// The smallest order in major units, as stored.
        min_amount: String,
        /// Whether the smallest order is judged before coupons.
        ignore_discounts: bool,
    },
    /// Fetched by the shopper.
    LocalPickup {
        /// Whether the cost is taxed.
        taxable: bool,
        /// The cost.
        cost: String,
    },
    /// A plugin's method, whose rates only the server knows.
    Unknown,
}

/// What free shipping asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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

record!(ShippingZone { id, name, locations, methods });
record!(ZoneLocation { code, kind as "type" });
words!(ZoneLocationType { Continent = "continent", Country = "country", State = "state", Postcode = "postcode" });
words!(FreeShippingRequires { Nothing = "nothing", Coupon = "coupon", MinAmount = "min_amount", Either = "either", Both = "both" });

/// A method as it is kept: one map of what every method has and of all settings there are.
#[derive(Clone)]
#[allow(clippy::struct_excessive_bools)]
struct Kept {
    instance_id: u32,
    title: String,
    enabled: bool,
    method_id: String,
    taxable: bool,
    cost: String,
    class_costs: Vec<(u32, String)>,
    no_class_cost: String,
    per_order: bool,
    requires: FreeShippingRequires,
    min_amount: String,
    ignore_discounts: bool,
}

impl Default for Kept {
    fn default() -> Self {
        Self {
            instance_id: 0,
            title: String::new(),
            enabled: true,
            method_id: String::new(),
            taxable: true,
            cost: String::new(),
            class_costs: Vec::new(),
            no_class_cost: String::new(),
            per_order: false,
            requires: FreeShippingRequires::Nothing,
            min_amount: String::new(),
            ignore_discounts: false,
        }
    }
}

record!(Kept {
    instance_id,
    title,
    enabled,
    method_id,
    taxable,
    cost,
    class_costs,
    no_class_cost,
    per_order,
    requires,
    min_amount,
    ignore_discounts
});

impl Default for ShippingMethod {
    fn default() -> Self {
        Kept::default().into()
    }
}

impl From<Kept> for ShippingMethod {
    fn from(mut kept: Kept) -> Self {
        let kind = match kept.method_id.as_str() {
            "flat_rate" => ShippingMethodKind::FlatRate {
                taxable: kept.taxable,
                cost: take(&mut kept.cost),
                class_costs: take(&mut kept.class_costs),
                no_class_cost: take(&mut kept.no_class_cost),
                per_order: kept.per_order,
            },
            "free_shipping" => ShippingMethodKind::FreeShipping {
                requires: kept.requires,
                min_amount: take(&mut kept.min_amount),
                ignore_discounts: kept.ignore_discounts,
            },
            "local_pickup" => ShippingMethodKind::LocalPickup {
                taxable: kept.taxable,
                cost: take(&mut kept.cost),
            },
            _ => ShippingMethodKind::Unknown,
        };
        let title = take(&mut kept.title);
        Self { instance_id: kept.instance_id, enabled: kept.enabled, title, kind }
    }
}

impl From<ShippingMethod> for Kept {
    fn from(method: ShippingMethod) -> Self {
        let ShippingMethod { instance_id, enabled, title, kind } = method;
        let of = |method_id: &str| Self {
            instance_id,
            title,
            enabled,
            method_id: method_id.to_owned(),
            ..Self::default()
        };
        match kind {
            ShippingMethodKind::FlatRate {
                taxable,
                cost,
                class_costs,
                no_class_cost,
                per_order,
            } => Self { taxable, cost, class_costs, no_class_cost, per_order, ..of("flat_rate") },
            ShippingMethodKind::FreeShipping { requires, min_amount, ignore_discounts } => {
                Self { requires, min_amount, ignore_discounts, ..of("free_shipping") }
            }
            ShippingMethodKind::LocalPickup { taxable, cost } => {
                Self { taxable, cost, ..of("local_pickup") }
            }
            ShippingMethodKind::Unknown => of("unknown"),
        }
    }
}

impl Record for ShippingMethod {
    fn fill(&mut self, value: &Value) -> Result<(), Unfit> {
        *self = Kept::read(value)?.into();
        Ok(())
    }
    fn write(&self) -> Value {
        Kept::from(self.clone()).write()
    }
}
by_value!(ShippingMethod);
