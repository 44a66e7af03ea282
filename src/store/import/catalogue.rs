//! Products and variations.

use super::pictures::Pictures;
use super::read::{self, date, decimal, field, flag, ids_of, list_of, number, text};
use super::{Release, Sources};
use crate::store::{
    ATTRIBUTE_PREFIX, AttributeOption, Backorders, Dimensions, ManageStock, Product,
    ProductAttribute, ProductStatus, ProductType, Settings, StockStatus, TaxStatus,
};
use crate::value::Value;
use crate::woo::number::float_of;
use crate::woo::text as words;

/// What the products' answers are read with.
pub(super) struct Reader<'a> {
    pub(super) sources: &'a Sources,
    pub(super) release: &'a Release,
    pub(super) settings: &'a Settings,
    pub(super) pictures: &'a Pictures,
}

impl Reader<'_> {
    /// Every product and variation that may be known, parents first.
    pub(super) fn products(&self) -> Vec<Product> {
        let mut products = Vec::new();
        for source in read::list(&self.sources.products) {
            let product = self.product(&source);
            if !self.is_released(&product) {
                continue;
            }
            let variations = self.sources.variations.get(&product.id.to_string()).map(read::list);
            let variations: Vec<Product> = variations
                .unwrap_or_default()
                .iter()
                .map(|source| self.variation(source, &product))
                .filter(|variation| self.is_released(variation))
                .collect();
            products.push(product);
            products.extend(variations);
        }
        products
    }

    fn is_released(&self, product: &Product) -> bool {
        self.release.unpublished || product.status == ProductStatus::Publish
    }

    pub(super) fn product(&self, source: &Value) -> Product {
        Product {
            kind: match text(source, "type").as_str() {
                "simple" | "" => ProductType::Simple,
                "variable" => ProductType::Variable,
                "grouped" => ProductType::Grouped,
                "external" => ProductType::External,
                other => ProductType::Other(other.to_owned()),
            },
            name: text(source, "name"),
            slug: text(source, "slug"),
            sold_individually: flag(source, "sold_individually"),
            category_ids: list_of(source, "categories").iter().map(read::id).collect(),
            image: (list_of(source, "images").first())
                .map(|image| self.pictures.thumbnail(image))
                .unwrap_or_default(),
            cross_sell_ids: ids_of(source, "cross_sell_ids"),
            attributes: list_of(source, "attributes")
                .iter()
                .map(|a| attribute(self.sources, a))
                .collect(),
            catalog_visibility: text(source, "catalog_visibility"),
            average_rating: text(source, "average_rating"),
            password_protected: !text(source, "post_password").is_empty(),
            #[allow(clippy::cast_possible_truncation)]
            menu_order: number(source, "menu_order") as i64,
            ..self.common(source)
        }
    }

    /// What products and variations share.
    fn common(&self, source: &Value) -> Product {
        let tax_class = text(source, "tax_class");
        let manage_stock = match field(source, "manage_stock") {
            Some(Value::Bool(true)) => ManageStock::Yes,
            Some(Value::Text(text)) if text.as_ref() == "parent" => ManageStock::Parent,
            _ => ManageStock::No,
        };
        let stock = field(source, "stock_quantity").and_then(Value::as_f64);
        let size = field(source, "dimensions").cloned().unwrap_or_default();
        Product {
            id: u64::from(read::id(source)),
            permalink: text(source, "permalink"),
            sku: text(source, "sku"),
            status: match text(source, "status").as_str() {
                "private" => ProductStatus::Private,
                "draft" => ProductStatus::Draft,
                "pending" => ProductStatus::Pending,
                "future" => ProductStatus::Future,
                "trash" => ProductStatus::Trash,
                _ => ProductStatus::Publish,
            },
            price: decimal(source, "price"),
            regular_price: decimal(source, "regular_price"),
            sale_price: decimal(source, "sale_price"),
            sale_from: date(source, "date_on_sale_from_gmt"),
            sale_to: date(source, "date_on_sale_to_gmt"),
            tax_status: match text(source, "tax_status").as_str() {
                "none" => TaxStatus::None,
                "shipping" => TaxStatus::Shipping,
                _ => TaxStatus::Taxable,
            },
            tax_class: if tax_class == "standard" { String::new() } else { tax_class },
            stock_quantity: stock
                .filter(|_| manage_stock == ManageStock::Yes && self.shows_stock(source)),
            manage_stock,
            stock_status: match text(source, "stock_status").as_str() {
                "outofstock" => StockStatus::Outofstock,
                "onbackorder" => StockStatus::Onbackorder,
                _ => StockStatus::Instock,
            },
            backorders: match text(source, "backorders").as_str() {
                "yes" => Backorders::Yes,
                "notify" => Backorders::Notify,
                _ => Backorders::No,
            },
            is_virtual: flag(source, "virtual"),
            weight: text(source, "weight"),
            dimensions: Dimensions {
                length: text(&size, "length"),
                width: text(&size, "width"),
                height: text(&size, "height"),
            },
            shipping_class: text(source, "shipping_class"),
            min_quantity: meta(source, &self.release.min_quantity_key),
            max_quantity: meta(source, &self.release.max_quantity_key),
            ..Product::default()
        }
    }

    /// Whether shoppers are told the exact stock; with `low_amount` only when it is low.
    fn shows_stock(&self, source: &Value) -> bool {
        if self.release.unpublished {
            return true;
        }
        match self.settings.stock_format.as_str() {
            _ if self.release.hide_stock => false,
            "" => true,
            "low_amount" => {
                let shops = self.sources.options.get("woocommerce_notify_low_stock_amount");
                let own = field(source, "low_stock_amount").filter(|own| **own != Value::text(""));
                let low = own.or(shops).map_or(2.0, |low| float_of(&read::as_text(low)));
                number(source, "stock_quantity") <= low
            }
            _ => false,
        }
    }

    fn variation(&self, source: &Value, parent: &Product) -> Product {
        let own = list_of(source, "attributes");
        let stored: Vec<(String, String)> = parent
            .attributes
            .iter()
            .filter(|attribute| attribute.variation)
            .map(|attribute| {
                let value = own
                    .iter()
                    .find(|a| {
                        words::slug(&text(a, "slug")) == attribute.slug
                            || text(a, "name") == attribute.name
                    })
                    .map(|a| text(a, "option"))
                    .unwrap_or_default();
                let option = attribute.options.iter().find(|o| o.name == value);
                (attribute.key(), option.map_or(value, |o| o.value.clone()))
            })
            .collect();
        let common = self.common(source);
        let or_parent =
            |own: String, parents: &str| if own.is_empty() { parents.to_owned() } else { own };
        Product {
            kind: ProductType::Variation,
            parent_id: parent.id,
            name: variation_name(source, parent, &stored),
            slug: words::slug(&variation_name(source, parent, &stored)),
            sku: or_parent(common.sku.clone(), &parent.sku),
            weight: or_parent(common.weight.clone(), &parent.weight),
            dimensions: Dimensions {
                length: or_parent(common.dimensions.length.clone(), &parent.dimensions.length),
                width: or_parent(common.dimensions.width.clone(), &parent.dimensions.width),
                height: or_parent(common.dimensions.height.clone(), &parent.dimensions.height),
            },
            shipping_class: or_parent(common.shipping_class.clone(), &parent.shipping_class),
            sold_individually: parent.sold_individually,
            category_ids: parent.category_ids.clone(),
            image: field(source, "image")
                .map(|image| self.pictures.thumbnail(image))
                .unwrap_or_default(),
            variation: stored,
            #[allow(clippy::cast_possible_truncation)]
            menu_order: number(source, "menu_order") as i64,
            ..common
        }
    }
}

/// A number among the product's meta data; PHP prints its protected copies beside the entry.
fn meta(source: &Value, key: &str) -> Option<f64> {
    if key.is_empty() {
        return None;
    }
    let entries = list_of(source, "meta_data");
    let entry = |entry: &Value| -> Option<f64> {
        (text(entry, "key") == key).then(|| number(entry, "value"))
    };
    entries.iter().find_map(|e| entry(e).or_else(|| read::list(e).iter().find_map(entry)))
}

fn attribute(sources: &Sources, source: &Value) -> ProductAttribute {
    let id = read::id(source);
    let options = list_of(source, "options");
    let options = options.iter().map(read::as_text).map(|name| AttributeOption {
        value: if id == 0 { name.clone() } else { term_slug(sources, id, &name) },
        name,
    });
    let slug = text(source, "slug");
    let name = text(source, "name");
    ProductAttribute {
        id,
        slug: words::slug(if slug.is_empty() { &name } else { &slug }),
        variation: flag(source, "variation"),
        options: options.collect(),
        name,
    }
}

fn term_slug(sources: &Sources, attribute: u32, name: &str) -> String {
    let terms =
        sources.attribute_terms.get(&attribute.to_string()).map(read::list).unwrap_or_default();
    let found = terms.iter().find(|term| text(term, "name") == name);
    found.map_or_else(|| words::slug(name), |term| text(term, "slug"))
}

/// `Hoodie - Red, S`: the variation's own values, unless there are three or more attributes or
/// one of several has a name of several words.
fn variation_name(source: &Value, parent: &Product, stored: &[(String, String)]) -> String {
    let words_in_name =
        |key: &str| key.strip_prefix(ATTRIBUTE_PREFIX).is_some_and(|k| k.contains('-'));
    let told =
        stored.len() < 3 && !(stored.len() > 1 && stored.iter().any(|(k, _)| words_in_name(k)));
    let values: Vec<String> =
        list_of(source, "attributes").iter().map(|a| text(a, "option")).collect();
    let values: Vec<&str> = values.iter().map(String::as_str).filter(|v| !v.is_empty()).collect();
    if !told || values.is_empty() {
        return parent.name.clone();
    }
    format!("{} - {}", parent.name, values.join(", "))
}
