//! Shipping zones and their methods (`spec/woocommerce-cart.md` 10).

use crate::value::{Fields, Record, Unfit, Value, write_field};
use crate::{by_value, map, record, words};

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

/// A method is kept as one map: its number, title and whether it is enabled, then `method_id` and
/// the settings of that method.
impl Record for ShippingMethod {
    fn read(value: &Value) -> Result<Self, Unfit> {
        let mut fields = Fields::of(value)?;
        let mut method = Self {
            instance_id: 0,
            enabled: true,
            title: String::new(),
            kind: ShippingMethodKind::Unknown,
        };
        fields.read("instance_id", &mut method.instance_id)?;
        fields.read("enabled", &mut method.enabled)?;
        fields.read("title", &mut method.title)?;
        let mut method_id = String::new();
        fields.read("method_id", &mut method_id)?;
        let (mut taxable, mut cost) = (true, String::new());
        fields.read("taxable", &mut taxable)?;
        fields.read("cost", &mut cost)?;
        method.kind = match method_id.as_str() {
            "flat_rate" => {
                let (mut class_costs, mut no_class_cost, mut per_order) =
                    (Vec::new(), String::new(), false);
                fields.read("class_costs", &mut class_costs)?;
                fields.read("no_class_cost", &mut no_class_cost)?;
                fields.read("per_order", &mut per_order)?;
                ShippingMethodKind::FlatRate {
                    taxable,
                    cost,
                    class_costs,
                    no_class_cost,
                    per_order,
                }
            }
            "free_shipping" => {
                let mut requires = FreeShippingRequires::Nothing;
                let (mut min_amount, mut ignore_discounts) = (String::new(), false);
                fields.read("requires", &mut requires)?;
                fields.read("min_amount", &mut min_amount)?;
                fields.read("ignore_discounts", &mut ignore_discounts)?;
                ShippingMethodKind::FreeShipping { requires, min_amount, ignore_discounts }
            }
            "local_pickup" => ShippingMethodKind::LocalPickup { taxable, cost },
            _ => ShippingMethodKind::Unknown,
        };
        Ok(method)
    }

    fn write(&self) -> Value {
        let mut map =
            map! { "instance_id": self.instance_id.write(), "title": self.title.as_str() };
        if !self.enabled {
            map.push("enabled", false);
        }
        match &self.kind {
            ShippingMethodKind::FlatRate {
                taxable,
                cost,
                class_costs,
                no_class_cost,
                per_order,
            } => {
                map.push("method_id", "flat_rate");
                write_field(&mut map, "taxable", taxable, &true);
                write_field(&mut map, "cost", cost, &String::new());
                write_field(&mut map, "class_costs", class_costs, &Vec::new());
                write_field(&mut map, "no_class_cost", no_class_cost, &String::new());
                write_field(&mut map, "per_order", per_order, &false);
            }
            ShippingMethodKind::FreeShipping { requires, min_amount, ignore_discounts } => {
                map.push("method_id", "free_shipping");
                map.push("requires", requires.write());
                write_field(&mut map, "min_amount", min_amount, &String::new());
                write_field(&mut map, "ignore_discounts", ignore_discounts, &false);
            }
            ShippingMethodKind::LocalPickup { taxable, cost } => {
                map.push("method_id", "local_pickup");
                write_field(&mut map, "taxable", taxable, &true);
                write_field(&mut map, "cost", cost, &String::new());
            }
            ShippingMethodKind::Unknown => map.push("method_id", "unknown"),
        }
        map.into()
    }
}
by_value!(ShippingMethod);
