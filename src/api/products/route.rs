//! Which route of the catalogue a path names (`spec/cocart-v2.md` 7, `spec/cocart-v1.md` 1).

use super::args::{self, Declaration};
use crate::api::Method;

/// The routes below `products`; ids as they stand in the path.
#[derive(Clone, Copy)]
pub(super) enum Route<'p> {
    Products,
    /// By id or, in v2, by SKU.
    Product(&'p str),
    Variations {
        product: &'p str,
    },
    Variation {
        product: &'p str,
        id: &'p str,
    },
    Categories,
    Category(&'p str),
    Tags,
    Tag(&'p str),
    Attributes,
    Attribute(&'p str),
    AttributeTerms {
        attribute: &'p str,
    },
    AttributeTerm {
        attribute: &'p str,
        id: &'p str,
    },
    Reviews,
    Review,
}

impl<'p> Route<'p> {
    /// The route of a path, which is what follows the word `products`.
    pub(super) fn find(path: &[&'p str], version: &str) -> Option<Self> {
        let is_id = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
        let is_sku_char = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        Some(match *path {
            [] => Self::Products,
            ["categories"] => Self::Categories,
            ["tags"] => Self::Tags,
            ["attributes"] => Self::Attributes,
            ["reviews"] => Self::Reviews,
            ["categories", id] if is_id(id) => Self::Category(id),
            ["tags", id] if is_id(id) => Self::Tag(id),
            ["attributes", id] if is_id(id) => Self::Attribute(id),
            ["reviews", id] if is_id(id) => Self::Review,
            ["attributes", attribute, "terms"] if is_id(attribute) => {
                Self::AttributeTerms { attribute }
            }
            ["attributes", attribute, "terms", id] if is_id(attribute) && is_id(id) => {
                Self::AttributeTerm { attribute, id }
            }
            [product, "variations"] if is_id(product) => Self::Variations { product },
            [product, "variations", id] if is_id(product) && is_id(id) => {
                Self::Variation { product, id }
            }
            [id] if is_id(id) || version == "v2" && id.chars().all(is_sku_char) => {
                Self::Product(id)
            }
            _ => return None,
        })
    }

    /// Whether it takes a method beside those that read.
    pub(super) fn takes(self, method: Method) -> bool {
        matches!((self, method), (Self::Reviews, Method::Post))
    }

    /// The parameters that a read of it declares.
    pub(super) fn args(self) -> Declaration {
        let (table, without): (_, &[&str]) = match self {
            Self::Products => (args::PRODUCTS, &[]),
            Self::Variations { .. } => (args::PRODUCTS, &["type", "featured", "category", "tag"]),
            Self::Categories | Self::AttributeTerms { .. } => (args::TERMS, &["offset"]),
            Self::Tags => (args::TERMS, &["parent"]),
            Self::Reviews => (args::REVIEWS, &[]),
            Self::Review => (args::REVIEW, &[]),
            Self::Variation { .. } => return Declaration::NONE,
            _ => (args::ONE, &[]),
        };
        Declaration { table, without }
    }
}
