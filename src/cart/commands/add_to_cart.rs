//! WooCommerce's own `add_to_cart` (`spec/woocommerce-cart.md` 2.1), which both versions of the
//! API end in; each tells its refusals in its own way.

use super::variation::are_required;
use crate::cart::stock::Hindrance;
use crate::cart::visit::data_hash;
use crate::cart::{Line, Visit};
use crate::store::{Product, ProductType};
use crate::value::Map;
use crate::woo::{identity, number, text};

/// Why WooCommerce refuses to add a product: the notice it queues.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Refusal {
    text: String,
    /// Whether the notice ends with a link to the cart.
    links_cart: bool,
}

impl Refusal {
    fn new(text: String) -> Self {
        Self { text, links_cart: false }
    }

    /// That what was named a variation is none of this product.
    pub(crate) fn no_variation_of(product: &Product) -> Self {
        let name = text::escape_html(&product.name);
        let link = &product.permalink;
        Self::new(format!(
            "The selected product isn't a variation of {name}, please choose product options by visiting <a href=\"{link}\" title=\"{name}\">{name}</a>."
        ))
    }

    /// The notice without its tags.
    pub(super) fn plain(&self) -> String {
        if self.links_cart { format!("{} View cart", self.text) } else { self.text.clone() }
    }

    /// The notice as WooCommerce queues it.
    pub(crate) fn notice(&self, cart_url: &str) -> String {
        if !self.links_cart {
            return self.text.clone();
        }
        format!(
            "{} <a href=\"{cart_url}\" class=\"button wc-forward wp-element-button\">View cart</a>",
            self.text
        )
    }
}

/// Product and variation as a line names them.
pub(super) fn ids_of(product: &Product) -> (u64, u64) {
    if product.kind == ProductType::Variation {
        (product.parent_id, product.id)
    } else {
        (product.id, 0)
    }
}

impl Visit<'_> {
    /// That the stock is less than what is added and what is there.
    pub(crate) fn too_many(&self, product: &Product, in_cart: f64) -> String {
        format!(
            "You cannot add that amount to the cart &mdash; we have {} in stock and you already have {} in your cart.",
            self.shown_stock(product),
            number::text14(in_cart)
        )
    }

    /// The key of the line that this is sold in: WooCommerce's, or the one a plugin gave it.
    pub(crate) fn line_key(
        &self,
        product: &Product,
        variation: &[(String, String)],
        item_data: &Map,
    ) -> String {
        let (product_id, variation_id) = ids_of(product);
        let key = identity::item_key(product_id, variation_id, variation, item_data);
        let given = self.cart.aliases.iter().find(|(computed, _)| *computed == key);
        given.map_or(key, |(_, given)| given.clone())
    }

    /// Whether adding would put a second of what is sold one per cart into it.
    pub(crate) fn would_be_second(
        &self,
        product: &Product,
        variation: &[(String, String)],
        item_data: &Map,
    ) -> bool {
        let key = self.line_key(product, variation, item_data);
        product.sold_individually && self.cart.line(&key).is_some_and(|line| line.quantity > 0.0)
    }

    /// Puts a simple product or a variation with settled attributes into the cart. Nothing is
    /// calculated. Returns the key of the line.
    pub(crate) fn add_by_woocommerce(
        &mut self,
        product: &Product,
        variation: &[(String, String)],
        quantity: f64,
        item_data: &Map,
    ) -> Result<String, Refusal> {
        let (product_id, variation_id) = ids_of(product);
        let key = self.line_key(product, variation, item_data);
        let name = &product.name;
        let attributes = self.shop.parent(product).attributes.iter();
        let labels = attributes
            .filter(|a| variation.iter().any(|(k, v)| v.is_empty() && a.has_key(k)))
            .map(|a| a.name.clone());
        let missing: Vec<String> = labels.collect();
        if !missing.is_empty() {
            return Err(Refusal::new(are_required(&missing)));
        }
        let quantity = if product.sold_individually { 1.0 } else { quantity };
        if self.would_be_second(product, variation, item_data) {
            let text = format!("You cannot add another \"{name}\" to your cart.");
            return Err(Refusal { text, links_cart: true });
        }
        if let Some(hindrance) = self.hindrance(product, quantity) {
            return Err(match hindrance {
                Hindrance::NotForSale => {
                    Refusal::new("Sorry, this product cannot be purchased.".to_owned())
                }
                Hindrance::SoldOut => Refusal::new(format!(
                    "You cannot add &quot;{name}&quot; to the cart because the product is out of stock."
                )),
                Hindrance::TooFew => Refusal::new(format!(
                    "You cannot add that amount of &quot;{name}&quot; to the cart because there is not enough stock ({} remaining).",
                    self.shown_stock(product)
                )),
                Hindrance::TooFewWithCart(in_cart) => {
                    Refusal { text: self.too_many(product, in_cart), links_cart: true }
                }
            });
        }
        let lines = &self.cart.lines;
        let in_cart = lines.position(&key).and_then(|at| Some((at, lines.get(at)?.quantity)));
        match in_cart {
            Some((at, had)) => self.cart.lines.set_quantity(at, had + quantity),
            None => self.cart.lines.push(Line {
                key: key.clone(),
                product_id,
                variation_id,
                variation: variation.to_vec(),
                quantity,
                item_data: item_data.clone(),
                data_hash: data_hash(product),
                ..Line::default()
            }),
        }
        Ok(key)
    }
}
