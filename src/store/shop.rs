//! A snapshot, indexed and ready to be asked.

use super::{Coupon, ManageStock, Product, Settings, Snapshot, TaxRate, sound};
use crate::value::index::{Index, hash_id, hash_text};
use crate::woo::{Generation, builtin, identity, postcode, sort, text};
use rust_decimal::Decimal;
use sha2::{Digest, Sha256};
use std::cmp::Reverse;
use std::sync::atomic::{AtomicU64, Ordering};

/// What is known of the shop.
#[derive(Clone, Debug, Default)]
pub struct Shop {
    snapshot: Snapshot,
    by_id: Index,
    by_sku: Index,
    by_parent: Index,
    /// Products with their variations.
    families: Vec<(u64, Vec<u64>)>,
    /// Whether the snapshot had to be corrected before anything could be computed with it.
    corrected: bool,
    generation: Generation,
    revision: u64,
}

/// Numbers the states of all shops, so that no two are taken for each other.
static REVISIONS: AtomicU64 = AtomicU64::new(1);

/// Where something is taxed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Location {
    pub country: String,
    pub state: String,
    pub postcode: String,
    pub city: String,
}

impl Location {
    /// Country, state, postcode and city.
    pub fn of([country, state, postcode, city]: [&str; 4]) -> Self {
        Self {
            country: country.to_owned(),
            state: state.to_owned(),
            postcode: postcode.to_owned(),
            city: city.to_owned(),
        }
    }

    /// Country, state, postcode and city.
    pub fn parts(&self) -> [&str; 4] {
        [&self.country, &self.state, &self.postcode, &self.city]
    }
}

/// A tax rate that holds at a location.
#[derive(Clone, Debug, PartialEq)]
pub struct MatchedRate {
    /// Its id.
    pub id: u64,
    /// Percent.
    pub percent: f64,
    /// Whether it is taken on top of the others.
    pub compound: bool,
    /// Whether it is taken on shipping.
    pub shipping: bool,
}

/// The double nearest to a decimal amount.
pub fn to_f64(amount: Decimal) -> f64 {
    // both are exact, so the quotient is the nearest double
    if let (Ok(mantissa), scale @ 0..=22) = (i32::try_from(amount.mantissa()), amount.scale()) {
        return f64::from(mantissa) / crate::woo::rounding::power_of_ten(scale.cast_signed());
    }
    // rust_decimal's own conversion is not always that
    crate::woo::number::float_of(&amount.to_string())
}

impl Shop {
    /// Indexes a snapshot.
    pub fn new(snapshot: Snapshot) -> Self {
        let mut snapshot = snapshot;
        let mut shop = Self::default();
        for product in std::mem::take(&mut snapshot.products) {
            shop.put_product(product);
        }
        shop.furnish(snapshot);
        shop
    }

    /// Takes everything but products, which were put in one by one.
    pub(super) fn furnish(&mut self, snapshot: Snapshot) {
        let products = std::mem::take(&mut self.snapshot.products);
        self.snapshot = snapshot;
        self.snapshot.products = products;
        self.corrected = !sound::make_sound(&mut self.snapshot);
        self.generation = Generation::of(&self.snapshot.versions);
        self.touch();
    }

    fn touch(&mut self) {
        self.revision = REVISIONS.fetch_add(1, Ordering::Relaxed);
    }

    /// Whether the snapshot could be taken as it was; amounts are estimates otherwise.
    pub fn is_sound(&self) -> bool {
        !self.corrected
    }

    /// The snapshot behind it.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// Changes the settings; returns whether they are others, as `change` does.
    pub(super) fn change_settings(&mut self, change: impl FnOnce(&mut Settings) -> bool) -> bool {
        let changed = change(&mut self.snapshot.settings);
        if changed {
            self.touch();
        }
        changed
    }

    /// Changes with everything that is known of the shop.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The rules of its versions.
    pub fn generation(&self) -> Generation {
        self.generation
    }

    /// The product or variation with this id.
    pub fn product(&self, id: u64) -> Option<&Product> {
        self.snapshot.products.get(self.place(id)?)
    }

    fn place(&self, id: u64) -> Option<usize> {
        let is = |at: usize| self.snapshot.products.get(at).is_some_and(|known| known.id == id);
        self.by_id.find(hash_id(id), &is)
    }

    /// The product or variation with this SKU, whatever its case and accents: the database's
    /// collation knows neither.
    pub fn product_by_sku(&self, sku: &str) -> Option<&Product> {
        let sku = text::folded(sku);
        let products = &self.snapshot.products;
        let is = |at: usize| products.get(at).is_some_and(|known| text::folded(&known.sku) == sku);
        products.get(self.by_sku.find(hash_text(sku.as_bytes()), &is)?)
    }

    fn family(&self, parent: u64) -> Option<usize> {
        let is = |at: usize| self.families.get(at).is_some_and(|(known, _)| *known == parent);
        self.by_parent.find(hash_id(parent), &is)
    }

    /// A product's variations, ordered by menu order, then id.
    pub fn variations(&self, parent: u64) -> Vec<&Product> {
        let family = self.family(parent).and_then(|at| self.families.get(at));
        let ids = family.map_or(&[][..], |(_, ids)| ids);
        let mut variations: Vec<&Product> = ids.iter().filter_map(|id| self.product(*id)).collect();
        sort::stable_sort(&mut variations, |a, b| (a.menu_order, a.id).cmp(&(b.menu_order, b.id)));
        variations
    }

    /// A variation's parent, or the product itself.
    pub fn parent<'a>(&'a self, product: &'a Product) -> &'a Product {
        match product.parent_id {
            0 => product,
            parent => self.product(parent).unwrap_or(product),
        }
    }

    /// The product whose stock counts: a variation's parent where that manages it.
    pub fn stock_owner<'a>(&'a self, product: &'a Product) -> &'a Product {
        if product.manage_stock == ManageStock::Parent { self.parent(product) } else { product }
    }

    /// Puts a product in, or a fresher state of one.
    pub fn put_product(&mut self, product: Product) {
        self.touch();
        let (id, parent) = (product.id, product.parent_id);
        let place = self.place(id).unwrap_or(self.snapshot.products.len());
        if !product.sku.is_empty() && self.product_by_sku(&product.sku).is_none() {
            self.by_sku.add(hash_text(text::folded(&product.sku).as_bytes()), place);
        }
        if parent != 0 {
            let at = self.family(parent).unwrap_or_else(|| {
                self.by_parent.add(hash_id(parent), self.families.len());
                self.families.push((parent, Vec::new()));
                self.families.len() - 1
            });
            if let Some((_, siblings)) = self.families.get_mut(at)
                && !siblings.contains(&id)
            {
                siblings.push(id);
            }
        }
        match self.snapshot.products.get_mut(place) {
            Some(slot) => *slot = product,
            None => {
                self.by_id.add(hash_id(id), place);
                self.snapshot.products.push(product);
            }
        }
    }

    /// The coupon with this code, which is compared by its salted hash.
    pub fn coupon(&self, code: &str) -> Option<&Coupon> {
        let hash = coupon_hash(&self.snapshot.coupon_salt, code);
        self.snapshot.coupons.iter().find(|coupon| coupon.code_hash == hash)
    }

    /// The categories, and then all their ancestors, from the nearest up.
    pub fn with_ancestors(&self, categories: &[u32]) -> Vec<u32> {
        let mut all = categories.to_vec();
        for own in categories {
            let mut id = *own;
            while let Some(above) = self.snapshot.categories.iter().find(|c| c.id == id) {
                id = above.parent;
                if id == 0 || all.contains(&id) {
                    break;
                }
                all.push(id);
            }
        }
        all
    }

    /// The shop's own location.
    pub fn base_location(&self) -> Location {
        Location::of(self.base_parts())
    }

    /// The parts of that location.
    pub(crate) fn base_parts(&self) -> [&str; 4] {
        let base = &self.snapshot.settings.base_address;
        [&base.country, &base.state, &base.postcode, &base.city]
    }

    /// The rates of a tax class at a location, the first of each priority, in the order that is
    /// the key order of every tax map (`spec/woocommerce-cart.md` 5.1).
    pub fn tax_rates(&self, class: &str, at: &Location) -> Vec<MatchedRate> {
        if at.country.is_empty() {
            return Vec::new();
        }
        // the database's collation knows neither case nor accents
        let city = text::folded(&at.city);
        let mut matching: Vec<(&TaxRate, usize)> = self
            .snapshot
            .tax_rates
            .iter()
            .filter(|rate| rate.class == class)
            .filter_map(|rate| Some((rate, rows_joined(rate, at, &city)?)))
            .collect();
        let rank = |(rate, rows): &(&TaxRate, usize)| {
            let (country, state) = (rate.country.is_empty(), rate.state.is_empty());
            (rate.priority, country, state, Reverse(*rows), rate.id)
        };
        sort::stable_sort(&mut matching, |a, b| rank(a).cmp(&rank(b)));
        matching.dedup_by_key(|(rate, _)| rate.priority);
        matching
            .into_iter()
            .map(|(rate, _)| MatchedRate {
                id: rate.id,
                percent: to_f64(rate.rate),
                compound: rate.compound,
                shipping: rate.shipping,
            })
            .collect()
    }

    /// The row of the rates table with this id.
    pub fn tax_rate(&self, id: u64) -> Option<&TaxRate> {
        self.snapshot.tax_rates.iter().find(|rate| rate.id == id)
    }
}

/// How many rows WooCommerce's query joins for a rate that holds at a location, which it takes for
/// the number of postcodes and of cities alike: those that match, times all that the rate has, or
/// with both of them times each other. `city` is that location's, folded.
fn rows_joined(rate: &TaxRate, at: &Location, city: &str) -> Option<usize> {
    let fits = |code: &str, value: &str| code.is_empty() || code.eq_ignore_ascii_case(value);
    if !fits(&rate.country, &at.country) || !fits(&rate.state, &at.state) {
        return None;
    }
    let (postcodes, cities) = (&rate.postcodes, &rate.cities);
    let all = postcodes.len() + cities.len();
    if all == 0 {
        return Some(0);
    }
    let covering = postcodes.iter().filter(|p| postcode::covers(p, &at.postcode, &at.country));
    let named = cities.iter().filter(|c| text::folded(c) == city).count();
    let rows = match (covering.count(), named) {
        (found, _) if cities.is_empty() => found * all,
        (_, found) if postcodes.is_empty() => found * all,
        (covering, named) => covering * named,
    };
    (rows > 0).then_some(rows)
}

/// How a coupon's code stands in a snapshot: SHA-256 of salt and lower-case code, in hex.
pub fn coupon_hash(salt: &str, code: &str) -> String {
    identity::hex(&Sha256::digest(format!("{salt}{}", builtin::lower(code)).as_bytes()))
}
