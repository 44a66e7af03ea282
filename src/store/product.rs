//! Products and variations as the engine needs them (`spec/woocommerce-cart.md` 11).

use crate::value::{Record, Unfit, Value};
use crate::{by_value, record, words};
use rust_decimal::Decimal;

/// A product or a variation. Raw prices are in major units and in the shop's entry mode (with
/// the base tax inside if [`prices_include_tax`](super::Settings::prices_include_tax)).
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::struct_excessive_bools)]
pub struct Product {
    /// Its id.
    pub id: u64,
    /// What it is.
    pub kind: ProductType,
    /// A variation's product; 0 for products.
    pub parent_id: u64,
    /// The stored name, tags and entities untouched; a variation's has its attributes.
    pub name: String,
    /// The slug; a variation's own.
    pub slug: String,
    /// Where the shop shows it.
    pub permalink: String,
    /// The stock keeping unit; a variation without one has its parent's.
    pub sku: String,
    /// The post's state.
    pub status: ProductStatus,
    /// The price in force; `None` when it has none and cannot be bought.
    pub price: Option<Decimal>,
    /// The regular price.
    pub regular_price: Option<Decimal>,
    /// The sale price.
    pub sale_price: Option<Decimal>,
    /// When the sale begins, Unix seconds.
    pub sale_from: Option<i64>,
    /// When the sale ends, Unix seconds.
    pub sale_to: Option<i64>,
    /// Whether its price or its shipping is taxed.
    pub tax_status: TaxStatus,
    /// Its tax class's slug, the parent's already put in; empty = standard.
    pub tax_class: String,
    /// Who manages its stock.
    pub manage_stock: ManageStock,
    /// Its own managed stock; `None` where unmanaged or not shown to shoppers.
    pub stock_quantity: Option<f64>,
    /// What the shop says of its stock.
    pub stock_status: StockStatus,
    /// Whether more than the stock may be ordered.
    pub backorders: Backorders,
    /// Whether a cart may hold one at most.
    pub sold_individually: bool,
    /// Whether it needs no shipping.
    pub is_virtual: bool,
    /// Weight of one in the shop's unit, as stored; empty = none.
    pub weight: String,
    /// Length, width and height in the shop's unit, as stored.
    pub dimensions: Dimensions,
    /// Its shipping class's slug; empty = none.
    pub shipping_class: String,
    /// Its categories; a variation has its parent's.
    pub category_ids: Vec<u32>,
    /// The picture at size `woocommerce_thumbnail`; empty = none.
    pub image: String,
    /// The products suggested with it.
    pub cross_sell_ids: Vec<u64>,
    /// A product's attributes in order.
    pub attributes: Vec<ProductAttribute>,
    /// A variation's stored values by attribute key (`attribute_pa_color`) in the parent's
    /// order; an empty value means any.
    pub variation: Vec<(String, String)>,
    /// Its place in the shop's own order; a variation's among its siblings.
    pub menu_order: i64,
    /// Where it may be seen.
    pub catalog_visibility: String,
    /// `4.00`; `0` or empty = not rated.
    pub average_rating: String,
    /// The smallest quantity an add-on lets through.
    pub min_quantity: Option<f64>,
    /// The largest quantity an add-on lets through.
    pub max_quantity: Option<f64>,
    /// Whether it opens with a password only.
    pub password_protected: bool,
    /// Whether its price is what shoppers see and not the raw one: amounts with it are
    /// estimates.
    pub price_is_estimate: bool,
}

impl Default for Product {
    fn default() -> Self {
        Self {
            id: 0,
            kind: ProductType::Simple,
            parent_id: 0,
            name: String::new(),
            slug: String::new(),
            permalink: String::new(),
            sku: String::new(),
            status: ProductStatus::Publish,
            price: None,
            regular_price: None,
            sale_price: None,
            sale_from: None,
            sale_to: None,
            tax_status: TaxStatus::Taxable,
            tax_class: String::new(),
            manage_stock: ManageStock::No,
            stock_quantity: None,
            stock_status: StockStatus::Instock,
            backorders: Backorders::No,
            sold_individually: false,
            is_virtual: false,
            weight: String::new(),
            dimensions: Dimensions::default(),
            shipping_class: String::new(),
            category_ids: Vec::new(),
            image: String::new(),
            cross_sell_ids: Vec::new(),
            attributes: Vec::new(),
            variation: Vec::new(),
            menu_order: 0,
            catalog_visibility: "visible".into(),
            average_rating: String::new(),
            min_quantity: None,
            max_quantity: None,
            password_protected: false,
            price_is_estimate: false,
        }
    }
}

impl Product {
    /// A product of which nothing else is known yet. Filled field by field: where a literal leaves
    /// the rest to the default, every field is moved by an instruction of its own.
    #[inline(never)]
    pub fn new(id: u64) -> Self {
        Self { id, ..Self::default() }
    }

    /// Whether the shop does not call it sold out.
    pub fn is_in_stock(&self) -> bool {
        self.stock_status != StockStatus::Outofstock
    }
}

/// The product types WooCommerce's core knows; any other behaves as a simple product.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum ProductType {
    #[default]
    Simple,
    Variable,
    Variation,
    Grouped,
    External,
    Other(String),
}

impl ProductType {
    /// The type's name as CoCart prints it.
    pub fn name(&self) -> &str {
        match self {
            Self::Simple => "simple",
            Self::Variable => "variable",
            Self::Variation => "variation",
            Self::Grouped => "grouped",
            Self::External => "external",
            Self::Other(name) => name,
        }
    }
}

/// The state of a product's post.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum ProductStatus {
    #[default]
    Publish,
    Private,
    Draft,
    Pending,
    Future,
    Trash,
}

/// Whether a product's price or its shipping is taxed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum TaxStatus {
    #[default]
    Taxable,
    Shipping,
    None,
}

/// Who manages a product's stock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ManageStock {
    /// Nobody.
    #[default]
    No,
    /// The product itself.
    Yes,
    /// A variation's parent.
    Parent,
}

/// What the shop says of a product's stock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum StockStatus {
    #[default]
    Instock,
    Outofstock,
    Onbackorder,
}

/// Whether more than the stock may be ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Backorders {
    #[default]
    No,
    Notify,
    Yes,
}

/// Measures as stored, each empty when unset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Dimensions {
    pub length: String,
    pub width: String,
    pub height: String,
}

/// One of a product's attributes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProductAttribute {
    /// The global attribute's id; 0 for a custom one.
    pub id: u32,
    /// The label: `Color`.
    pub name: String,
    /// The key without its prefix: `pa_color`, `size`.
    pub slug: String,
    /// Whether variations differ in it.
    pub variation: bool,
    /// The values in order: slugs for global attributes, texts for custom ones.
    pub options: Vec<AttributeOption>,
}

/// What stands before an attribute's slug in its key.
pub(crate) const ATTRIBUTE_PREFIX: &str = "attribute_";

impl ProductAttribute {
    /// The key under which requests, lines and variations name it: `attribute_pa_color`.
    pub fn key(&self) -> String {
        format!("{ATTRIBUTE_PREFIX}{}", self.slug)
    }

    /// Whether that is its key.
    pub fn has_key(&self, key: &str) -> bool {
        key.strip_prefix(ATTRIBUTE_PREFIX) == Some(&self.slug)
    }
}

/// A value of an attribute.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttributeOption {
    /// What requests say: the term's slug, or the text of a custom attribute.
    pub value: String,
    /// What shoppers read.
    pub name: String,
}

record!(Product { id, kind as "type", parent_id, name, slug, permalink, sku, status, price, regular_price, sale_price, sale_from, sale_to, tax_status, tax_class, manage_stock, stock_quantity, stock_status, backorders, sold_individually, is_virtual as "virtual", weight, dimensions, shipping_class, category_ids, image, cross_sell_ids, attributes, variation, menu_order, catalog_visibility, average_rating, min_quantity, max_quantity, password_protected, price_is_estimate });
record!(Dimensions { length, width, height });
record!(ProductAttribute { id, name, slug, variation, options });
record!(AttributeOption { value, name });
words!(ProductStatus { Publish = "publish", Private = "private", Draft = "draft", Pending = "pending", Future = "future", Trash = "trash" });
words!(TaxStatus { Taxable = "taxable", Shipping = "shipping", None = "none" });
words!(ManageStock { No = "no", Yes = "yes", Parent = "parent" });
words!(StockStatus { Instock = "instock", Outofstock = "outofstock", Onbackorder = "onbackorder" });
words!(Backorders { No = "no", Notify = "notify", Yes = "yes" });

impl Record for ProductType {
    fn fill(&mut self, value: &Value) -> Result<(), Unfit> {
        *self = match value.as_str().ok_or_else(|| Unfit::expected("a product type"))? {
            "simple" => Self::Simple,
            "variable" => Self::Variable,
            "variation" => Self::Variation,
            "grouped" => Self::Grouped,
            "external" => Self::External,
            other => Self::Other(other.to_owned()),
        };
        Ok(())
    }
    fn write(&self) -> Value {
        self.name().into()
    }
}
by_value!(ProductType);
