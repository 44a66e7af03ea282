//! Which of WooCommerce's, CoCart's and PHP's generations the shop runs: the rules that moved
//! between them (`spec/woocommerce-cart.md`, table of versions).

use super::Rounding;
use crate::store::Versions;

/// The rules that differ between versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)]
pub struct Generation {
    /// How amounts are rounded.
    pub rounding: Rounding,
    /// Whether amounts that are not prices are rounded on entering the totals (10.0.2).
    pub rounds_extra_precision: bool,
    /// Whether coupons meet the lines by unit price and not by line price × quantity (10.0.2).
    pub coupon_items_by_unit_price: bool,
    /// Whether a shipping rate's cost keeps the inner precision (9.9.3).
    pub precise_shipping_cost: bool,
    /// Whether a flat rate's percentage fee is rounded (10.6.0).
    pub rounds_shipping_fee: bool,
    /// Whether shipping of a class without rates goes untaxed and not by the standard class
    /// (10.1.0).
    pub no_standard_shipping_tax: bool,
    /// Whether coupon texts name the coupon (9.9.3).
    pub coupon_texts_with_code: bool,
    /// Whether the text about an unknown coupon is the newer one (10.0.2).
    pub new_unknown_coupon_text: bool,
    /// Whether the chosen rate is forgotten with the last shippable line (10.3.0).
    pub forgets_chosen_rate: bool,
    /// Whether `cart/clear` answers without shipping packages (9.7.0).
    pub clear_without_packages: bool,
    /// Whether no package exists while shipping costs are hidden (9.8.4).
    pub hidden_costs_without_package: bool,
    /// Whether the customer has a shipping phone (10.9.1).
    pub shipping_phone: bool,
    /// Whether prices in HTML tell translators to leave the symbol alone (after 10.6.2).
    pub symbol_not_translated: bool,
    /// Whether a document's link to itself tells its methods (WordPress 6.7).
    pub link_target_hints: bool,
    /// CoCart from 4.3.7: money read back from formatted prices is right.
    pub cocart_437: bool,
}

type Version = (u16, u16, u16);

fn parse(version: &str) -> Version {
    let mut parts = version.split(['.', '-', '+']).map(|part| part.parse().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    (next(), next(), next())
}

impl Default for Generation {
    fn default() -> Self {
        Self::of(&Versions::default())
    }
}

impl Generation {
    /// The rules of a shop with these versions.
    pub fn of(versions: &Versions) -> Self {
        let woo = parse(&versions.woocommerce);
        Self {
            rounding: Rounding {
                php_84: parse(&versions.php) >= (8, 4, 0),
                two_passes: woo >= (10, 1, 0),
            },
            rounds_extra_precision: woo >= (10, 0, 2),
            coupon_items_by_unit_price: woo >= (10, 0, 2),
            precise_shipping_cost: woo >= (9, 9, 3),
            rounds_shipping_fee: woo >= (10, 6, 0),
            no_standard_shipping_tax: woo >= (10, 1, 0),
            coupon_texts_with_code: woo >= (9, 9, 3),
            new_unknown_coupon_text: woo >= (10, 0, 2),
            forgets_chosen_rate: woo >= (10, 3, 0),
            clear_without_packages: woo >= (9, 7, 0),
            hidden_costs_without_package: woo >= (9, 8, 4),
            link_target_hints: parse(&versions.wordpress) >= (6, 7, 0),
            shipping_phone: woo >= (10, 9, 1),
            symbol_not_translated: woo > (10, 6, 2),
            cocart_437: parse(&versions.cocart) >= (4, 3, 7),
        }
    }
}
