//! Tax classes and rates (`spec/woocommerce-cart.md` 5).

use crate::record;
use rust_decimal::Decimal;

/// A tax class.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaxClass {
    /// Its slug; empty = standard.
    pub slug: String,
    /// Its name.
    pub name: String,
}

/// A row of the tax rates table.
#[derive(Clone, Debug, PartialEq)]
pub struct TaxRate {
    /// Its id, which tax maps and the cart's hash have as a key.
    pub id: u64,
    /// Country code; empty = every country.
    pub country: String,
    /// State code; empty = every state.
    pub state: String,
    /// Postcodes, wildcards (`SW1*`) and ranges (`90000...90999`); empty = all.
    pub postcodes: Vec<String>,
    /// Cities; empty = all.
    pub cities: Vec<String>,
    /// Percent.
    pub rate: Decimal,
    /// What it is called.
    pub name: String,
    /// Of each priority the first matching rate counts.
    pub priority: u32,
    /// Whether it is taken on top of the others.
    pub compound: bool,
    /// Whether it is taken on shipping too.
    pub shipping: bool,
    /// Its class's slug; empty = standard.
    pub class: String,
}

impl Default for TaxRate {
    fn default() -> Self {
        Self {
            id: 0,
            country: String::new(),
            state: String::new(),
            postcodes: Vec::new(),
            cities: Vec::new(),
            rate: Decimal::ZERO,
            name: String::new(),
            priority: 1,
            compound: false,
            shipping: true,
            class: String::new(),
        }
    }
}

record!(TaxClass { slug, name });
record!(TaxRate {
    id,
    country,
    state,
    postcodes,
    cities,
    rate,
    name,
    priority,
    compound,
    shipping,
    class
});
