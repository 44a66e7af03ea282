//! What only the catalogue's answers show: an optional part of the snapshot, so that a shop that
//! needs the cart alone ships nothing of it. Empty values are left out of the file.

use crate::value::{Record, Unfit, Value};
use crate::woo::find;
use crate::{by_value, record};

/// What the catalogue shows beyond what a cart needs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Catalogue {
    /// The address of the shop page.
    pub shop_url: String,
    /// The names of the picture sizes, in the order documents list them.
    pub image_sizes: Vec<String>,
    /// What stands before a file's ending at each of those sizes. Pictures share these rows; an
    /// entry that begins with `=` is a whole address.
    pub image_endings: Vec<Vec<String>>,
    /// The picture shown where a product has none.
    pub placeholder: Option<Image>,
    /// The products' and variations' facts, sorted by id.
    pub details: Vec<Details>,
    /// The categories in the shop's order of names.
    pub categories: Vec<Term>,
    /// The tags.
    pub tags: Vec<Term>,
    /// The global attributes with their terms.
    pub attributes: Vec<Attribute>,
}

/// One product's facts that no cart needs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Details {
    /// Its id.
    pub id: u64,
    /// The long text, HTML.
    pub description: String,
    /// The short text, without tags.
    pub short_description: String,
    /// When it was made.
    pub created: Moment,
    /// When it was last changed.
    pub modified: Moment,
    /// Whether the shop puts it forward.
    pub featured: bool,
    /// Whether it is a file to download.
    pub downloadable: bool,
    /// Whether nobody may review it.
    pub reviews_closed: bool,
    /// How many have rated it.
    pub rating_count: u32,
    /// Its tags.
    pub tag_ids: Vec<u32>,
    /// Its pictures; a variation without one of its own shows its parent's first.
    pub images: Vec<Image>,
    /// The products recommended instead of it.
    pub upsell_ids: Vec<u64>,
    /// A grouped product's members.
    pub grouped_ids: Vec<u64>,
    /// How many were sold.
    pub total_sales: u32,
    /// Where an external product is sold.
    pub external_url: String,
    /// What its button says.
    pub button_text: String,
    /// The stock that counts as low.
    pub low_stock_amount: Option<f64>,
    /// Attribute slug → the value chosen beforehand.
    pub default_attributes: Vec<(String, String)>,
    /// The slugs of attributes that the product page does not show.
    pub hidden_attributes: Vec<String>,
    /// `{id, key, value}`
    pub meta_data: Vec<Value>,
    /// Its reviews when the snapshot was made, where the merchant lets them out.
    pub reviews: Vec<Review>,
}

/// What somebody wrote about a product. Who wrote it is a name: no e-mail ever comes here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// Its id.
    pub id: u32,
    /// The writer's name.
    pub author: String,
    /// What it says.
    pub text: String,
    /// When it was written.
    pub created: Moment,
    /// Stars.
    pub rating: u8,
    /// Whether the writer has bought the product.
    pub verified: bool,
}

/// A point in time, and what the shop's clock shows then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// Unix seconds.
    pub gmt: i64,
    /// How far the shop's clock is ahead, in seconds.
    pub offset: i32,
}

/// A picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Image {
    /// Its id; 0 for the placeholder.
    pub id: u32,
    /// The address at full size.
    pub src: String,
    /// Its row in [`Catalogue::image_endings`].
    pub endings: u16,
    /// Its title; empty = the file's name without its ending.
    pub name: String,
    /// Its alternative text.
    pub alt: String,
    /// When it was uploaded.
    pub created: Moment,
    /// When it was last changed.
    pub modified: Moment,
}

/// A category, a tag, or an attribute's term.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Term {
    /// Its id.
    pub id: u32,
    /// The category above, 0 at the top.
    pub parent: u32,
    /// Its name, entities untouched.
    pub name: String,
    /// Its slug.
    pub slug: String,
    /// What the shop says about it.
    pub description: String,
    /// How a category's page shows what is in it.
    pub display: String,
    /// A category's picture.
    pub image: Option<Image>,
    /// Its place.
    pub menu_order: i64,
    /// How many products have it.
    pub count: u32,
}

/// A global attribute.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attribute {
    /// Its id.
    pub id: u32,
    /// Its label.
    pub name: String,
    /// Its taxonomy: `pa_color`.
    pub slug: String,
    /// `select`
    pub kind: String,
    /// What orders its terms.
    pub order_by: String,
    /// Whether its terms have pages.
    pub has_archives: bool,
    /// Its terms.
    pub terms: Vec<Term>,
}

impl Moment {
    /// The seconds that the shop's clock shows.
    pub fn local(self) -> i64 {
        self.gmt + i64::from(self.offset)
    }
}

impl Catalogue {
    /// The facts of a product or variation.
    pub fn details(&self, id: u64) -> Option<&Details> {
        let at = self.details.binary_search_by_key(&id, |details| details.id).ok()?;
        self.details.get(at)
    }

    /// A picture's address at every size.
    pub fn sizes<'a>(&'a self, image: &'a Image) -> impl Iterator<Item = (&'a str, String)> {
        let row = self.image_endings.get(usize::from(image.endings)).map_or(&[][..], Vec::as_slice);
        let (stem, ending) = split_ending(&image.src);
        self.image_sizes.iter().enumerate().map(move |(at, name)| {
            let address = match row.get(at).map(String::as_str) {
                None | Some("") => image.src.clone(),
                Some(infix) => match infix.strip_prefix('=') {
                    Some(whole) => whole.to_owned(),
                    None => format!("{stem}{infix}{ending}"),
                },
            };
            (name.as_str(), address)
        })
    }
}

impl Image {
    /// Its title.
    pub fn title(&self) -> &str {
        if !self.name.is_empty() {
            return &self.name;
        }
        let (stem, _) = split_ending(&self.src);
        find::rsplit_once(stem, "/").map_or(stem, |(_, name)| name)
    }
}

/// An address before and from its file's ending.
pub(super) fn split_ending(address: &str) -> (&str, &str) {
    match find::rsplit_once(address, ".").filter(|(_, ending)| !find::has(ending, '/')) {
        Some((stem, _)) => address.split_at_checked(stem.len()).unwrap_or((address, "")),
        None => (address, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::{Catalogue, Image, split_ending};

    #[test]
    fn sizes_share_a_row_of_endings() {
        let catalogue = Catalogue {
            image_sizes: vec!["thumbnail".into(), "full".into(), "cdn".into()],
            image_endings: vec![vec!["-150x150".into(), String::new(), "=https://cdn/x".into()]],
            ..Catalogue::default()
        };
        let image = Image { src: "https://a.b/c/tee.png".into(), ..Image::default() };
        let sizes: Vec<_> = catalogue.sizes(&image).map(|(_, address)| address).collect();
        assert_eq!(
            sizes,
            ["https://a.b/c/tee-150x150.png", "https://a.b/c/tee.png", "https://cdn/x"]
        );
        assert_eq!(image.title(), "tee");
        assert_eq!(split_ending("https://a.b/c"), ("https://a.b/c", ""));
    }
}

record!(Catalogue {
    shop_url,
    image_sizes,
    image_endings,
    placeholder,
    details,
    categories,
    tags,
    attributes
});
record!(Details {
    id,
    description,
    short_description,
    created,
    modified,
    featured,
    downloadable,
    reviews_closed,
    rating_count,
    tag_ids,
    images,
    upsell_ids,
    grouped_ids,
    total_sales,
    external_url,
    button_text,
    low_stock_amount,
    default_attributes,
    hidden_attributes,
    meta_data,
    reviews
});
record!(Review { id, author, text, created, rating, verified });
record!(Image { id, src, endings, name, alt, created, modified });
record!(Term { id, parent, name, slug, description, display, image, menu_order, count });
record!(Attribute { id, name, slug, kind as "type", order_by, has_archives, terms });

/// A moment is kept as `[seconds, offset]`.
impl Record for Moment {
    fn fill(&mut self, value: &Value) -> Result<(), Unfit> {
        let (gmt, offset) = <(i64, i64)>::read(value)?;
        let offset = offset.try_into().map_err(|_| Unfit::expected("an offset"))?;
        *self = Self { gmt, offset };
        Ok(())
    }
    fn write(&self) -> Value {
        vec![Value::Int(self.gmt), Value::Int(i64::from(self.offset))].into()
    }
}
by_value!(Moment);
