//! Fees (`spec/woocommerce-cart.md` 4.7).

use crate::record;

/// A fee as `WC_Cart::add_fee()` takes it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fee {
    /// Its name; its id is made from it.
    pub name: String,
    /// Its amount in major units, without tax; may be negative.
    pub amount: f64,
    /// Whether tax is added.
    pub taxable: bool,
    /// The tax class's slug; empty for the standard class.
    pub tax_class: String,
}

record!(Fee { name, amount, taxable, tax_class });
