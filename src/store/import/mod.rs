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
mod pictures;
mod public;
mod read;
mod refresh;
mod released;

pub use public::{PublicSources, public};
pub use refresh::{Outdated, outdated, refresh};

use super::{Category, FORMAT, ShippingClass, Snapshot, StoreInfo, TaxClass, Versions};
use crate::record;
use crate::value::{Map, Value};
use pictures::Pictures;
use read::{field, number, text};
use std::collections::HashSet;

/// WooCommerce's and CoCart's answers, each as it came.
#[derive(Clone, Debug, Default, PartialEq)]
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
    /// What the shop's own callbacks of `cart/update` do.
    pub callbacks: Map,
    /// Every published product in brief, where [`products`](Self::products) are only those that
    /// changed: see [`refresh`].
    pub listed: Value,
    /// The names of the picture sizes; empty = the first picture of CoCart's tells.
    pub image_sizes: Vec<String>,
}

record!(Sources {
    versions,
    options,
    tax_classes,
    tax_rates,
    shipping_zones,
    shipping_classes,
    coupons,
    products,
    variations,
    categories,
    attribute_terms,
    tags,
    attributes,
    reviews,
    cocart_products,
    store,
    currencies,
    checkout_fields,
    fees,
    callbacks,
    listed,
    image_sizes
});

/// What the merchant lets out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    /// Whether every published product is told, so that an unknown id is no product: for a shop
    /// whose snapshot is made anew with every change.
    pub complete: bool,
    /// Whether stock is a word only, even where the shop shows its figures.
    pub hide_stock: bool,
    /// The keys of meta data that may be seen.
    pub meta_keys: Vec<String>,
    /// The key of the meta data in which a plugin of the shop keeps a product's smallest quantity.
    pub min_quantity_key: String,
    /// … its largest.
    pub max_quantity_key: String,
}

impl Release {
    fn lets_out_meta(&self, key: &str) -> bool {
        self.unpublished || self.meta_keys.iter().any(|own| own == key)
    }
}

record!(Release {
    coupons,
    coupon_salt,
    unpublished,
    catalogue,
    complete,
    hide_stock,
    meta_keys,
    min_quantity_key,
    max_quantity_key
});

/// A coupon on the allow-list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReleasedCoupon {
    /// Its code.
    pub code: String,
    /// Its exact amount: WooCommerce's REST API cuts it to two decimals.
    pub amount: Option<String>,
}

record!(ReleasedCoupon { code, amount });

/// Makes the snapshot.
pub fn snapshot(sources: &Sources, release: &Release) -> Snapshot {
    let version = |name: &str, default: String| match text(&sources.versions, name) {
        found if found.is_empty() => default,
        found => found,
    };
    let known = Versions::default();
    let pictures = Pictures::of(sources);
    let settings = options::settings(sources, &pictures);
    let reader = catalogue::Reader { sources, release, settings: &settings, pictures: &pictures };
    let products = reader.products();
    let mut snapshot = Snapshot {
        format: FORMAT,
        generated: String::new(),
        complete: release.complete,
        versions: Versions {
            woocommerce: version("woocommerce", known.woocommerce),
            cocart: version("cocart", known.cocart),
            php: published(version("php", known.php), release),
            wordpress: published(version("wordpress", known.wordpress), release),
        },
        store: store_info(&sources.store),
        tax_classes: read::list(&sources.tax_classes)
            .iter()
            .filter(|class| text(class, "slug") != "standard")
            .map(|class| TaxClass { slug: text(class, "slug"), name: text(class, "name") })
            .collect(),
        tax_rates: read::list(&sources.tax_rates).iter().map(conditions::tax_rate).collect(),
        shipping_zones: read::list(&sources.shipping_zones)
            .iter()
            .map(|zone| conditions::zone(zone, release))
            .collect(),
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
        categories: categories(&sources.categories),
        catalogue: release
            .catalogue
            .then(|| details::catalogue(sources, release, &pictures, &products)),
        products,
        fees: conditions::fees(&sources.fees),
        callbacks: sources.callbacks.clone(),
        settings,
    };
    if !release.unpublished {
        released::only(&mut snapshot, &listed(sources));
    }
    snapshot
}

/// The ids of everything that is published.
fn listed(sources: &Sources) -> HashSet<u64> {
    let listed = read::list(&sources.listed);
    let variations = listed.iter().flat_map(|product| read::ids_of(product, "variations"));
    variations.chain(listed.iter().map(read::id).map(u64::from)).collect()
}

/// A version as far as rules depend on it: its last part tells a stranger which holes are open.
fn published(version: String, release: &Release) -> String {
    if release.unpublished {
        return version;
    }
    version.split('.').take(2).collect::<Vec<_>>().join(".")
}

fn categories(list: &Value) -> Vec<Category> {
    let category = |category: &Value| Category {
        id: read::id(category),
        parent: read::small(number(category, "parent")),
        name: text(category, "name"),
        slug: text(category, "slug"),
    };
    read::list(list).iter().map(category).collect()
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
