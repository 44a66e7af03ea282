//! A snapshot without keys: what CoCart's own routes tell every visitor. Prices are as they are
//! shown, without tax classes and rates, so that every amount is an estimate.

use super::read::{self, field, list_of, text};
use super::{Release, categories, store_info};
use crate::record;
use crate::store::{BaseAddress, FORMAT, Shop, Snapshot, Versions};
use crate::value::Value;

/// CoCart's public answers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PublicSources {
    /// `GET store`
    pub store: Value,
    /// The documents of `GET products`.
    pub products: Vec<Value>,
    /// `GET products/categories`
    pub categories: Value,
    /// CoCart's version, where an answer told it.
    pub cocart: String,
}

record!(PublicSources { store, products, categories, cocart });

/// Makes the snapshot.
pub fn public(sources: &PublicSources, release: &Release) -> Snapshot {
    let mut versions = Versions::default();
    if !sources.cocart.is_empty() {
        versions.cocart.clone_from(&sources.cocart);
    }
    let mut snapshot = Snapshot {
        format: FORMAT,
        versions,
        store: store_info(&sources.store),
        categories: categories(&sources.categories),
        ..Snapshot::default()
    };
    if let Some(address) = field(&sources.store, "store_address") {
        snapshot.settings.base_address = base_address(address);
    }
    let mut shop = Shop::new(snapshot);
    let currency = sources.products.iter().find_map(|p| p.pointer("/prices/currency"));
    if let Some(currency) = currency {
        shop.learn_currency(currency);
    }
    for document in &sources.products {
        shop.learn_product(document);
    }
    let mut snapshot = shop.snapshot().clone();
    for product in &mut snapshot.products {
        if release.hide_stock {
            product.stock_quantity = None;
        }
    }
    if let Some(placeholder) = placeholder(&sources.products) {
        snapshot.settings.placeholder_image = placeholder;
    }
    snapshot.products.sort_by_key(|product| match product.parent_id {
        0 => (product.id, 0),
        parent => (parent, product.id),
    });
    snapshot
}

fn base_address(address: &Value) -> BaseAddress {
    let country = text(address, "country");
    let (country, state) = country.split_once(':').unwrap_or((&country, ""));
    BaseAddress {
        country: country.to_owned(),
        state: state.to_owned(),
        postcode: text(address, "postcode"),
        city: text(address, "city"),
        address_1: text(address, "address"),
        address_2: text(address, "address_2"),
    }
}

fn placeholder(products: &[Value]) -> Option<String> {
    let images =
        products.iter().filter_map(|product| list_of(product, "images").into_iter().next());
    let mut without = images.filter(|image| read::id(image) == 0);
    without.find_map(|image| field(&image, "src").map(|sizes| text(sizes, "woocommerce_thumbnail")))
}
