//! The catalogue's part of the snapshot.

use super::pictures::Pictures;
use super::read::{self, date, field, flag, ids_of, list_of, number, text};
use super::refresh::same_of;
use super::{Release, Sources};
use crate::store::catalogue::split_ending;
use crate::store::{
    Attribute, Catalogue, Details, Image, Moment, Product, ProductType, Review, Term,
};
use crate::value::Value;
use crate::woo::text as words;
use std::collections::{HashMap, HashSet};

/// What only the catalogue's answers show, for the products that are let out.
pub(super) fn catalogue(
    sources: &Sources,
    release: &Release,
    pictures: &Pictures,
    products: &[Product],
) -> Catalogue {
    let parents = by_id(&read::list(&sources.products));
    let mut maker = Maker { sources, release, pictures, parents, catalogue: Catalogue::default() };
    maker.catalogue.image_sizes = if pictures.sizes.is_empty() {
        SIZES.iter().map(|size| (*size).to_owned()).collect()
    } else {
        pictures.sizes.clone()
    };
    maker.catalogue.shop_url = shop_url(sources);
    maker.catalogue.placeholder = maker.placeholder();
    let mut siblings = (0, HashMap::new());
    for product in products {
        let details = if product.kind == ProductType::Variation {
            if siblings.0 != product.parent_id {
                let list = sources.variations.get(&product.parent_id.to_string()).map(read::list);
                siblings = (product.parent_id, by_id(&list.unwrap_or_default()));
            }
            siblings.1.get(&product.id).map(|source| maker.variation(source, product))
        } else {
            let source = maker.parents.get(&product.id).cloned();
            source.map(|source| maker.product(&source, product))
        };
        maker.catalogue.details.extend(details);
    }
    maker.catalogue.details.sort_by_key(|details| details.id);
    maker.catalogue.categories = maker.terms(&sources.categories);
    maker.catalogue.tags = maker.terms(&sources.tags);
    for source in read::list(&sources.attributes) {
        let id = read::id(&source);
        let terms = sources.attribute_terms.get(&id.to_string()).cloned().unwrap_or_default();
        let attribute = Attribute {
            id,
            name: text(&source, "name"),
            slug: text(&source, "slug"),
            kind: text(&source, "type"),
            order_by: text(&source, "order_by"),
            has_archives: flag(&source, "has_archives"),
            terms: maker.terms(&terms),
        };
        maker.catalogue.attributes.push(attribute);
    }
    tidy_rows(&mut maker.catalogue);
    maker.catalogue
}

fn by_id(list: &[Value]) -> HashMap<u64, Value> {
    let entries = list.iter().map(|source| (u64::from(read::id(source)), source.clone()));
    entries.collect()
}

/// CoCart links to the shop page; WordPress's usual address where it told nothing.
fn shop_url(sources: &Sources) -> String {
    let links = sources.cocart_products.iter().find_map(|p| p.pointer("/_links/collection"));
    let told =
        links.and_then(|links| read::list(links).first().map(|link| text(link, "permalink")));
    told.unwrap_or_else(|| format!("{}/shop/", text(&sources.store, "home_url")))
}

struct Maker<'a> {
    sources: &'a Sources,
    release: &'a Release,
    pictures: &'a Pictures,
    parents: HashMap<u64, Value>,
    catalogue: Catalogue,
}

impl Maker<'_> {
    fn product(&mut self, source: &Value, product: &Product) -> Details {
        let images = list_of(source, "images").iter().map(|image| self.image(image)).collect();
        let defaults = list_of(source, "default_attributes");
        Details {
            short_description: plain(&text(source, "short_description")),
            featured: flag(source, "featured"),
            reviews_closed: field(source, "reviews_allowed") == Some(&Value::Bool(false)),
            rating_count: read::small(number(source, "rating_count")),
            tag_ids: list_of(source, "tags").iter().map(read::id).collect(),
            images,
            upsell_ids: ids_of(source, "upsell_ids"),
            grouped_ids: ids_of(source, "grouped_products"),
            total_sales: read::small(number(source, "total_sales")),
            external_url: text(source, "external_url"),
            button_text: text(source, "button_text"),
            default_attributes: defaults
                .iter()
                .filter_map(|chosen| {
                    let name = text(chosen, "name");
                    let attribute = product.attributes.iter().find(|a| a.name == name)?;
                    Some((attribute.slug.clone(), text(chosen, "option")))
                })
                .collect(),
            hidden_attributes: list_of(source, "attributes")
                .iter()
                .zip(&product.attributes)
                .filter(|(source, _)| !flag(source, "visible"))
                .map(|(_, attribute)| attribute.slug.clone())
                .collect(),
            reviews: reviews(self.sources, product.id),
            ..self.common(source)
        }
    }

    fn variation(&mut self, source: &Value, product: &Product) -> Details {
        let parent = self.parents.get(&product.parent_id);
        let parents_first = parent.and_then(|p| list_of(p, "images").first().map(read::id));
        // WooCommerce shows the parent's picture as the variation's: not stored twice
        let own = field(source, "image").filter(|image| Some(read::id(image)) != parents_first);
        let images = own.map(|image| self.image(image)).into_iter().collect();
        Details { images, ..self.common(source) }
    }

    /// What products and variations share.
    fn common(&self, source: &Value) -> Details {
        Details {
            id: u64::from(read::id(source)),
            description: text(source, "description").trim_end().to_owned(),
            created: moment(source, "date_created"),
            modified: moment(source, "date_modified"),
            downloadable: flag(source, "downloadable"),
            low_stock_amount: field(source, "low_stock_amount").and_then(Value::as_f64),
            meta_data: (list_of(source, "meta_data").iter().filter_map(meta))
                .filter(|entry| self.release.lets_out_meta(&text(entry, "key")))
                .collect(),
            ..Details::default()
        }
    }

    fn terms(&mut self, source: &Value) -> Vec<Term> {
        let terms = read::list(source);
        terms.iter().map(|term| self.term(term)).collect()
    }

    #[allow(clippy::cast_possible_truncation)]
    fn term(&mut self, source: &Value) -> Term {
        Term {
            id: read::id(source),
            parent: read::small(number(source, "parent")),
            name: text(source, "name"),
            slug: text(source, "slug"),
            description: text(source, "description"),
            display: text(source, "display"),
            image: field(source, "image").map(|image| self.image(image)),
            menu_order: number(source, "menu_order") as i64,
            count: read::small(number(source, "count")),
        }
    }

    fn image(&mut self, source: &Value) -> Image {
        let src = text(source, "src");
        let known = self.pictures.known(&src);
        let mut image = Image {
            id: read::id(source),
            endings: self.endings(&src, known),
            src,
            name: text(source, "name"),
            alt: text(source, "alt"),
            created: moment(source, "date_created"),
            modified: moment(source, "date_modified"),
        };
        if image.name == (Image { name: String::new(), ..image.clone() }).title() {
            image.name = String::new();
        }
        image
    }

    /// What CoCart shows where a product has no picture.
    fn placeholder(&mut self) -> Option<Image> {
        let found = self.pictures.placeholder_image()?;
        let sizes = field(found, "src")?.clone();
        let src = text(&sizes, "full");
        Some(Image {
            id: 0,
            endings: self.endings(&src, Some(&sizes)),
            src,
            name: text(found, "name"),
            alt: text(found, "alt"),
            ..Image::default()
        })
    }

    /// The row of endings of a picture. Which sizes WordPress cut is CoCart's to tell: without
    /// its word, only the size that carts show is told apart from the full one.
    fn endings(&mut self, full: &str, sizes: Option<&Value>) -> u16 {
        let (stem, ending) = split_ending(full);
        let infix = |name: &String| match sizes.map(|sizes| text(sizes, name)) {
            None if name == "woocommerce_thumbnail" => "-300x300".to_owned(),
            None => String::new(),
            Some(address) if address == full => String::new(),
            Some(address) => {
                let middle = address.strip_prefix(stem).and_then(|rest| rest.strip_suffix(ending));
                middle.map_or_else(|| format!("={address}"), str::to_owned)
            }
        };
        let row: Vec<String> = self.catalogue.image_sizes.iter().map(infix).collect();
        self::row(&mut self.catalogue.image_endings, row)
    }
}

/// The place of a row of endings, which pictures share.
pub(super) fn row(rows: &mut Vec<Vec<String>>, row: Vec<String>) -> u16 {
    let at = rows.iter().position(|known| *known == row).unwrap_or_else(|| {
        rows.push(row);
        rows.len() - 1
    });
    u16::try_from(at).unwrap_or(0)
}

/// Leaves out rows that no picture has, and sorts them: equal shops make equal files.
pub(super) fn tidy_rows(catalogue: &mut Catalogue) {
    let mut used: Vec<(Vec<String>, u16)> = Vec::new();
    let rows = std::mem::take(&mut catalogue.image_endings);
    for (at, row) in (0_u16..).zip(rows) {
        used.push((row, at));
    }
    let named: HashSet<u16> = images(catalogue).map(|image| image.endings).collect();
    used.retain(|(_, at)| named.contains(at));
    used.sort();
    let moved: HashMap<u16, u16> =
        used.iter().zip(0_u16..).map(|((_, from), to)| (*from, to)).collect();
    for image in images(catalogue) {
        image.endings = moved.get(&image.endings).copied().unwrap_or(0);
    }
    catalogue.image_endings = used.into_iter().map(|(row, _)| row).collect();
}

fn images(catalogue: &mut Catalogue) -> impl Iterator<Item = &mut Image> {
    let terms = catalogue.attributes.iter_mut().flat_map(|attribute| &mut attribute.terms);
    let terms = terms.chain(&mut catalogue.categories).chain(&mut catalogue.tags);
    let details = catalogue.details.iter_mut().flat_map(|details| &mut details.images);
    details.chain(&mut catalogue.placeholder).chain(terms.filter_map(|term| term.image.as_mut()))
}

/// Whether what changes in a product's facts without an edit is what it was.
pub(super) fn figures_stand(then: &Details, source: &Value, known: &HashSet<u64>) -> bool {
    let tags: Vec<u32> = list_of(source, "tags").iter().map(read::id).collect();
    then.rating_count == read::small(number(source, "rating_count"))
        && then.total_sales == read::small(number(source, "total_sales"))
        && then.tag_ids == tags
        && same_of(known, &then.upsell_ids, &ids_of(source, "upsell_ids"))
        && same_of(known, &then.grouped_ids, &ids_of(source, "grouped_products"))
}

/// WordPress's and WooCommerce's own sizes, and CoCart's two.
const SIZES: [&str; 11] = [
    "thumbnail",
    "medium",
    "medium_large",
    "large",
    "1536x1536",
    "2048x2048",
    "woocommerce_thumbnail",
    "woocommerce_single",
    "woocommerce_gallery_thumbnail",
    "full",
    "custom",
];

/// A product's approved reviews, the newest first.
fn reviews(sources: &Sources, product: u64) -> Vec<Review> {
    let all = read::list(&sources.reviews);
    let own = all.iter().filter(|source| {
        text(source, "product_id") == product.to_string()
            && matches!(text(source, "status").as_str(), "" | "approved")
    });
    let mut reviews: Vec<Review> = own
        .map(|source| Review {
            id: read::id(source),
            author: text(source, "reviewer"),
            text: plain(&text(source, "review")),
            created: moment(source, "date_created"),
            rating: u8::try_from(read::small(number(source, "rating"))).unwrap_or(0),
            verified: flag(source, "verified"),
        })
        .collect();
    reviews.sort_by_key(|review| (std::cmp::Reverse(review.created.gmt), review.id));
    reviews
}

/// An entry of the meta data; PHP may print its protected copies instead of it.
fn meta(entry: &Value) -> Option<Value> {
    match entry.get("key") {
        Some(_) => Some(entry.clone()),
        None => entry.as_object()?.values().find(|copy| copy.get("key").is_some()).cloned(),
    }
}

/// A text as stored, from WooCommerce's rendering of it.
fn plain(html: &str) -> String {
    words::decode_entities(&words::strip_tags(html)).trim().to_owned()
}

fn moment(source: &Value, name: &str) -> Moment {
    let local = date(source, name).unwrap_or(0);
    let gmt = date(source, &format!("{name}_gmt")).unwrap_or(local);
    Moment { gmt, offset: i32::try_from(local - gmt).unwrap_or(0) }
}
