//! Making a snapshot from the merchant's WooCommerce REST answers.
//!
//! Runs at build time (the snapshot command, the conformance run, the development endpoint),
//! never in the shopper's browser: it is behind the feature `import`. What must not be public
//! never leaves here: keys and customers are not read, drafts and private products stay out,
//! coupons come by allow-list with their codes hashed, stock as the shop shows it.

mod catalogue;
mod conditions;
mod details;
mod options;
mod read;

use super::{Category, FORMAT, ShippingClass, Snapshot, StoreInfo, TaxClass, Versions};
use crate::value::{Map, Value};
use read::{field, number, text};

/// WooCommerce's and CoCart's answers, each as it came.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// `{woocommerce, cocart, php, wordpress}`
    pub versions: Value,
    /// Every option by its WooCommerce name (`woocommerce_currency`, …).
    pub options: Map,
    /// `wc/v3/taxes/classes`
    pub tax_classes: Value,
    /// `wc/v3/taxes`
    pub tax_rates: Value,
    /// `wc/v3/shipping/zones`, each with its `locations` and `methods`.
    pub shipping_zones: Value,
    /// `wc/v3/products/shipping_classes`
    pub shipping_classes: Value,
    /// `wc/v3/coupons`
    pub coupons: Value,
    /// `wc/v3/products`
    pub products: Value,
    /// `wc/v3/products/{id}/variations` by product id.
    pub variations: Map,
    /// `products/categories`, of either API.
    pub categories: Value,
    /// `products/attributes/{id}/terms` by attribute id, of either API.
    pub attribute_terms: Map,
    /// `products/tags`, of either API.
    pub tags: Value,
    /// `products/attributes`, of either API.
    pub attributes: Value,
    /// `wc/v3/products/reviews`; nothing where reviews stay with the shop.
    pub reviews: Value,
    /// CoCart's `products/{id}` answers, for the pictures' addresses.
    pub cocart_products: Vec<Value>,
    /// CoCart's `GET store`.
    pub store: Value,
    /// Currency code → `{symbol}`.
    pub currencies: Value,
    /// Which of three address fields the checkout shows.
    pub checkout_fields: Map,
    /// Fees that add-ons put on every cart: `{name, amount, taxable, tax_class}`.
    pub fees: Value,
}

/// What the merchant lets out.
#[derive(Clone, Debug, Default)]
pub struct Release {
    /// The coupons that may be known offline.
    pub coupons: Vec<ReleasedCoupon>,
    /// The salt of the code hashes.
    pub coupon_salt: String,
    /// Whether products that only the shop's staff sees are included: for endpoints and tests on
    /// the merchant's own machines, never for a file that ships.
    pub unpublished: bool,
    /// Whether the catalogue's facts come along: descriptions, pictures, tags, meta data.
    pub catalogue: bool,
}

/// A coupon on the allow-list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleasedCoupon {
    /// Its code.
    pub code: String,
    /// Its exact amount: WooCommerce's REST API cuts it to two decimals.
    pub amount: Option<String>,
}

/// Makes the snapshot.
pub fn snapshot(sources: &Sources, release: &Release) -> Snapshot {
    let version = |name: &str, default: String| match text(&sources.versions, name) {
        found if found.is_empty() => default,
        found => found,
    };
    let known = Versions::default();
    let settings = options::settings(sources);
    let products = catalogue::products(sources, release, &settings);
    Snapshot {
        format: FORMAT,
        generated: String::new(),
        complete: true,
        versions: Versions {
            woocommerce: version("woocommerce", known.woocommerce),
            cocart: version("cocart", known.cocart),
            php: version("php", known.php),
            wordpress: version("wordpress", known.wordpress),
        },
        store: store_info(&sources.store),
        tax_classes: read::list(&sources.tax_classes)
            .iter()
            .filter(|class| text(class, "slug") != "standard")
            .map(|class| TaxClass { slug: text(class, "slug"), name: text(class, "name") })
            .collect(),
        tax_rates: read::list(&sources.tax_rates).iter().map(conditions::tax_rate).collect(),
        shipping_zones: read::list(&sources.shipping_zones).iter().map(conditions::zone).collect(),
        shipping_classes: read::list(&sources.shipping_classes)
            .iter()
            .map(|class| ShippingClass {
                id: read::id(class),
                slug: text(class, "slug"),
                name: text(class, "name"),
            })
            .collect(),
        coupon_salt: release.coupon_salt.clone(),
        coupons: conditions::coupons(sources, release),
        categories: read::list(&sources.categories)
            .iter()
            .map(|category| Category {
                id: read::id(category),
                parent: read::small(number(category, "parent")),
                name: text(category, "name"),
                slug: text(category, "slug"),
            })
            .collect(),
        catalogue: release.catalogue.then(|| details::catalogue(sources, &products)),
        products,
        fees: conditions::fees(&sources.fees),
        settings,
    }
}

fn store_info(store: &Value) -> StoreInfo {
    StoreInfo {
        title: text(store, "title"),
        description: text(store, "description"),
        home_url: text(store, "home_url"),
        language: text(store, "language"),
        gmt_offset: field(store, "gmt_offset").and_then(Value::as_f64).unwrap_or(0.0),
        timezone_string: text(store, "timezone_string"),
    }
}
