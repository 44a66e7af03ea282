//! The pictures' addresses: CoCart tells every size, WooCommerce the full one alone.

use super::Sources;
use super::read::{self, field, list_of, text};
use crate::store::catalogue::split_ending;
use crate::value::Value;
use std::collections::{HashMap, HashSet};

/// Every picture CoCart told of, by its address at full size.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    by_full: HashMap<String, Value>,
    /// The names of the sizes, in the order documents list them.
    pub(super) sizes: Vec<String>,
    /// The picture of a product that has none, as CoCart showed it.
    placeholder: Option<Value>,
    /// Its address at the size of carts.
    placeholder_thumbnail: String,
}

impl Pictures {
    pub(super) fn of(sources: &Sources) -> Self {
        let without: HashSet<u32> = read::list(&sources.products)
            .iter()
            .filter(|product| list_of(product, "images").is_empty())
            .map(read::id)
            .collect();
        let mut pictures = Self { sizes: sources.image_sizes.clone(), ..Self::default() };
        for product in &sources.cocart_products {
            let images = list_of(product, "images");
            if pictures.placeholder_thumbnail.is_empty() && without.contains(&read::id(product)) {
                let sizes = images.first().and_then(|image| field(image, "src"));
                pictures.placeholder_thumbnail =
                    sizes.map(|s| text(s, "woocommerce_thumbnail")).unwrap_or_default();
            }
            for image in images {
                pictures.take(field(&image, "src"));
                if pictures.placeholder.is_none() && read::id(&image) == 0 {
                    pictures.placeholder = Some(image);
                }
            }
            for variation in list_of(product, "variations") {
                pictures.take(field(&variation, "featured_image"));
            }
        }
        pictures
    }

    fn take(&mut self, sizes: Option<&Value>) {
        let Some(map) = sizes.and_then(Value::as_object) else { return };
        if self.sizes.is_empty() {
            self.sizes = map.keys().map(str::to_owned).collect();
        }
        let full = map.get("full").map(read::as_text).unwrap_or_default();
        self.by_full.entry(full).or_insert_with(|| map.clone().into());
    }

    /// A picture's address at every size, where CoCart told of it.
    pub(super) fn known(&self, full: &str) -> Option<&Value> {
        self.by_full.get(full)
    }

    /// A picture's address at the size carts show: CoCart tells it, else WordPress's naming does.
    pub(super) fn thumbnail(&self, image: &Value) -> String {
        let full = text(image, "src");
        if let Some(sizes) = self.known(&full) {
            return text(sizes, "woocommerce_thumbnail");
        }
        match split_ending(&full) {
            (_, "") => full,
            (stem, ending) => format!("{stem}-300x300{ending}"),
        }
    }

    /// The placeholder's address: what CoCart shows for a product that has no picture.
    pub(super) fn placeholder(&self) -> String {
        self.placeholder_thumbnail.clone()
    }

    /// The placeholder as CoCart showed it.
    pub(super) fn placeholder_image(&self) -> Option<&Value> {
        self.placeholder.as_ref()
    }
}
