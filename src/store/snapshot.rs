//! The store snapshot: everything the engine may know of a shop, in one public file.
//!
//! Made from the merchant's WooCommerce REST answers by the snapshot command; it holds no
//! secret (no keys, customers, drafts; coupon codes only as salted hashes). The facts and their
//! sources: `spec/woocommerce-cart.md` sections 0.4 and 11.

use super::{Catalogue, Coupon, Fee, Product, Settings, ShippingZone, TaxClass, TaxRate};
use crate::record;
use crate::value::Map;

/// The version of the snapshot's form that this engine reads.
pub const FORMAT: u32 = 1;

/// What the engine may know of a shop.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot {
    /// The version of this form, [`FORMAT`].
    pub format: u32,
    /// When it was made, RFC 3339; empty if unknown.
    pub generated: String,
    /// Whether every product of the shop is in it, so that an unknown id is no product.
    pub complete: bool,
    /// The versions that decide rounding and rules.
    pub versions: Versions,
    /// What `GET store` answers.
    pub store: StoreInfo,
    /// The shop's options.
    pub settings: Settings,
    /// The tax classes beside the standard one, sorted by name.
    pub tax_classes: Vec<TaxClass>,
    /// The tax rates table, in table order.
    pub tax_rates: Vec<TaxRate>,
    /// The shipping zones in their order; zone 0 covers what no other does.
    pub shipping_zones: Vec<ShippingZone>,
    /// The shipping classes.
    pub shipping_classes: Vec<ShippingClass>,
    /// The salt of the coupons' code hashes.
    pub coupon_salt: String,
    /// The coupons on the merchant's allow-list.
    pub coupons: Vec<Coupon>,
    /// The category tree.
    pub categories: Vec<Category>,
    /// Products and variations.
    pub products: Vec<Product>,
    /// The fees that add-ons put on every cart, in the order they are added.
    pub fees: Vec<Fee>,
    /// What the shop's own callbacks of `cart/update` do: namespace → the type of a command, whose
    /// fields are the request's.
    pub callbacks: Map,
    /// What only the catalogue's answers show; absent in a shop that needs the cart alone.
    pub catalogue: Option<Catalogue>,
}

/// Version numbers as the shop tells them.
#[derive(Clone, Debug, PartialEq)]
pub struct Versions {
    /// WooCommerce, `9.3.3`.
    pub woocommerce: String,
    /// CoCart, `4.3.6`.
    pub cocart: String,
    /// PHP, `8.2.36`.
    pub php: String,
    /// WordPress, `6.6.2`.
    pub wordpress: String,
}

impl Default for Versions {
    fn default() -> Self {
        Self {
            woocommerce: "11.0.1".into(),
            cocart: "4.9.0".into(),
            php: "8.4".into(),
            wordpress: "7.0".into(),
        }
    }
}

/// The answer of `GET store` (`spec/cocart-v2.md` 6.1).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StoreInfo {
    /// The shop's name.
    pub title: String,
    /// Its tagline.
    pub description: String,
    /// Its address on the web, without a slash at the end.
    pub home_url: String,
    /// `en-US`
    pub language: String,
    /// Hours from GMT.
    pub gmt_offset: f64,
    /// `Europe/London`
    pub timezone_string: String,
}

/// A shipping class.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShippingClass {
    /// Its term id, which the flat rate's settings name.
    pub id: u32,
    /// Its slug, which products name.
    pub slug: String,
    /// Its name.
    pub name: String,
}

/// A product category.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Category {
    /// Its id.
    pub id: u32,
    /// The category above, 0 at the top.
    pub parent: u32,
    /// Its name.
    pub name: String,
    /// Its slug.
    pub slug: String,
}

record!(Snapshot {
    format,
    generated,
    complete,
    versions,
    store,
    settings,
    tax_classes,
    tax_rates,
    shipping_zones,
    shipping_classes,
    coupon_salt,
    coupons,
    categories,
    products,
    fees,
    callbacks,
    catalogue
});
record!(Versions { woocommerce, cocart, php, wordpress });
record!(StoreInfo { title, description, home_url, language, gmt_offset, timezone_string });
record!(ShippingClass { id, slug, name });
record!(Category { id, parent, name, slug });
