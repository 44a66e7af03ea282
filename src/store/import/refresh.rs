//! A fresher snapshot from the one before: products that did not change are not read again.
//!
//! WooCommerce tells which products were edited after a moment. What changes without an edit
//! (stock by a sale, ratings, terms) shows in a listing of every product in brief, which also
//! tells what is gone. Everything but products is read anew each time.

use super::catalogue::Reader;
use super::details;
use super::options;
use super::pictures::Pictures;
use super::read::{self, ids_of};
use super::{Release, Sources, listed, released, snapshot};
use crate::record;
use crate::store::{Catalogue, FORMAT, Image, ManageStock, Product, Snapshot};
use crate::value::Value;
use std::collections::{HashMap, HashSet};

/// What has to be read again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outdated {
    /// Everything: the snapshot before was made in another way.
    pub all: bool,
    /// The products, with their variations.
    pub ids: Vec<u64>,
}

record!(Outdated { all, ids });

/// Which products of `previous` the listing contradicts. Products that were edited since are the
/// shop's to tell.
pub fn outdated(previous: &Snapshot, sources: &Sources, release: &Release) -> Outdated {
    let pictures = Pictures::default();
    let settings = options::settings(sources, &pictures);
    let is_other = previous.format != FORMAT
        || previous.store.home_url != read::text(&sources.store, "home_url")
        || previous.settings.stock_format != settings.stock_format
        || previous.catalogue.is_some() != release.catalogue
        || previous.products.iter().any(|product| product.price_is_estimate);
    if is_other {
        return Outdated { all: true, ids: Vec::new() };
    }
    let reader = Reader { sources, release, settings: &settings, pictures: &pictures };
    let by_id: HashMap<u64, &Product> = previous.products.iter().map(|p| (p.id, p)).collect();
    let mut variations: HashMap<u64, Vec<&Product>> = HashMap::new();
    for product in previous.products.iter().filter(|product| product.parent_id != 0) {
        variations.entry(product.parent_id).or_default().push(product);
    }
    let known = listed(sources);
    let is_stale = |source: &Value| {
        let now = reader.product(source);
        let Some(then) = by_id.get(&now.id) else { return true };
        let own = variations.get(&now.id).map_or(&[][..], Vec::as_slice);
        let own_ids: HashSet<u64> = own.iter().map(|variation| variation.id).collect();
        // a sale of a variation is seen nowhere else
        own.iter().any(|variation| variation.manage_stock == ManageStock::Yes)
            || own_ids != ids_of(source, "variations").into_iter().collect()
            || figures(then) != figures(&now)
            || !same_of(&known, &then.cross_sell_ids, &now.cross_sell_ids)
            || !terms_stand(then, sources)
            || previous.catalogue.as_ref().is_some_and(|catalogue| {
                let then = catalogue.details(now.id);
                !then.is_some_and(|then| details::figures_stand(then, source, &known))
            })
    };
    let stale = read::list(&sources.listed).into_iter().filter(is_stale);
    Outdated { all: false, ids: stale.map(|source| u64::from(read::id(&source))).collect() }
}

/// Whether the ids let out before are those that are published of the ones named now.
pub(super) fn same_of(known: &HashSet<u64>, then: &[u64], now: &[u64]) -> bool {
    now.iter().filter(|id| known.contains(id)).eq(then)
}

/// What the listing tells of a product.
fn figures(product: &Product) -> impl PartialEq {
    (
        product.price,
        product.stock_quantity.map(f64::to_bits),
        product.stock_status,
        product.manage_stock,
        product.average_rating.clone(),
        product.category_ids.clone(),
        product.shipping_class.clone(),
    )
}

/// Whether the values of its attributes are still called what they were.
fn terms_stand(product: &Product, sources: &Sources) -> bool {
    product.attributes.iter().filter(|attribute| attribute.id != 0).all(|attribute| {
        let terms = sources.attribute_terms.get(&attribute.id.to_string());
        let terms = terms.map(read::list).unwrap_or_default();
        attribute.options.iter().all(|option| {
            terms.iter().any(|term| {
                read::text(term, "name") == option.name && read::text(term, "slug") == option.value
            })
        })
    })
}

/// The snapshot of `sources`, whose products are those that changed, and of what stands of the
/// one before.
pub fn refresh(previous: &Snapshot, sources: &Sources, release: &Release) -> Snapshot {
    let mut sources = sources.clone();
    if let Some(catalogue) = &previous.catalogue {
        sources.image_sizes.clone_from(&catalogue.image_sizes);
    }
    let mut fresh = snapshot(&sources, release);
    let read_again: HashSet<u64> =
        read::list(&sources.products).iter().map(read::id).map(u64::from).collect();
    let still: HashSet<u64> =
        read::list(&sources.listed).iter().map(read::id).map(u64::from).collect();
    let stands = |id: u64| still.contains(&id) && !read_again.contains(&id);
    fresh.products.retain(|product| still.contains(&root(product)));
    fresh.products.extend(previous.products.iter().filter(|p| stands(root(p))).cloned());
    // parents first, variations in the order they came
    fresh.products.sort_by_key(|product| (root(product), product.parent_id));
    if fresh.settings.placeholder_image.is_empty() {
        fresh.settings.placeholder_image.clone_from(&previous.settings.placeholder_image);
    }
    if let (Some(catalogue), Some(before)) = (&mut fresh.catalogue, &previous.catalogue) {
        let present: HashSet<u64> = fresh.products.iter().map(|product| product.id).collect();
        let again: HashSet<u64> = catalogue.details.iter().map(|details| details.id).collect();
        catalogue.details.retain(|details| present.contains(&details.id));
        for details in &before.details {
            if present.contains(&details.id) && !again.contains(&details.id) {
                let mut details = details.clone();
                for image in &mut details.images {
                    take_row(catalogue, before, image);
                }
                catalogue.details.push(details);
            }
        }
        catalogue.details.sort_by_key(|details| details.id);
        if catalogue.placeholder.is_none() {
            catalogue.placeholder.clone_from(&before.placeholder);
            if let Some(mut image) = catalogue.placeholder.take() {
                take_row(catalogue, before, &mut image);
                catalogue.placeholder = Some(image);
            }
        }
        if sources.cocart_products.is_empty() {
            catalogue.shop_url.clone_from(&before.shop_url);
        }
        details::tidy_rows(catalogue);
    }
    if !release.unpublished {
        released::only(&mut fresh, &HashSet::new());
    }
    fresh
}

fn root(product: &Product) -> u64 {
    if product.parent_id == 0 { product.id } else { product.parent_id }
}

/// Gives a picture of the snapshot before its row of endings in this one.
fn take_row(catalogue: &mut Catalogue, before: &Catalogue, image: &mut Image) {
    let row = before.image_endings.get(usize::from(image.endings)).cloned().unwrap_or_default();
    image.endings = details::row(&mut catalogue.image_endings, row);
}
