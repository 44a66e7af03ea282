//! Stock and quantities (`spec/woocommerce-cart.md` 2.5).

use super::Visit;
use crate::store::{Backorders, ManageStock, Product, ProductType, StockStatus};
use crate::woo::number;

/// Why a product cannot come into the cart.
pub(crate) enum Hindrance {
    NotForSale,
    SoldOut,
    /// Less in stock than wanted.
    TooFew,
    /// Less in stock than wanted and these in the cart together.
    TooFewWithCart(f64),
}

impl Visit<'_> {
    /// What keeps so many more of a product out of the cart, in the order of CoCart and
    /// WooCommerce alike.
    pub(crate) fn hindrance(&self, product: &Product, quantity: f64) -> Option<Hindrance> {
        // a variable product without a known price is judged by its variation
        let is_judged = product.kind != ProductType::Variable || product.price.is_some();
        if is_judged && !self.is_purchasable(product) {
            Some(Hindrance::NotForSale)
        } else if !product.is_in_stock() {
            Some(Hindrance::SoldOut)
        } else if !self.has_enough_stock(product, quantity) {
            Some(Hindrance::TooFew)
        } else {
            self.too_many_with_cart(product, quantity).map(Hindrance::TooFewWithCart)
        }
    }

    /// Whether anyone counts a product's stock.
    pub(crate) fn manages_stock(&self, product: &Product) -> bool {
        self.settings().manage_stock && product.manage_stock != ManageStock::No
    }

    /// The counted stock; `None` where it is not counted, or not shown to shoppers.
    pub(super) fn stock_quantity(&self, product: &Product) -> Option<f64> {
        let counted = self.manages_stock(product);
        counted.then(|| self.shop.stock_owner(product).stock_quantity).flatten()
    }

    /// Whether more of a product may be ordered than there is.
    pub(crate) fn allows_backorders(&self, product: &Product) -> bool {
        self.shop.stock_owner(product).backorders != Backorders::No
    }

    /// Whether this many can be sold, now or on backorder.
    pub(crate) fn has_enough_stock(&self, product: &Product, quantity: f64) -> bool {
        !self.manages_stock(product)
            || self.allows_backorders(product)
            || self.stock_quantity(product).is_none_or(|stock| stock >= quantity)
    }

    /// Whether this many have to wait for new stock.
    pub(crate) fn is_on_backorder(&self, product: &Product, quantity: f64) -> bool {
        product.stock_status == StockStatus::Onbackorder
            || self.manages_stock(product)
                && self.allows_backorders(product)
                && self.stock_quantity(product).is_some_and(|stock| stock - quantity < 0.0)
    }

    /// Whether the shopper is told so.
    pub(crate) fn notifies_backorder(&self, product: &Product, quantity: f64) -> bool {
        self.manages_stock(product)
            && self.shop.stock_owner(product).backorders == Backorders::Notify
            && self.is_on_backorder(product, quantity)
    }

    /// WooCommerce's largest quantity of one purchase; `None` = no limit.
    pub(crate) fn max_purchase(&self, product: &Product) -> Option<f64> {
        if product.sold_individually {
            Some(1.0)
        } else if self.allows_backorders(product) || !self.manages_stock(product) {
            None
        } else {
            self.stock_quantity(product)
        }
    }

    /// How many of a product's stock the cart holds, over all lines that share it.
    pub(crate) fn quantity_in_cart(&self, product: &Product) -> f64 {
        let owner = self.shop.stock_owner(product).id;
        let shares =
            |id: u64| self.shop.product(id).is_some_and(|p| self.shop.stock_owner(p).id == owner);
        self.cart.lines.iter().filter(|line| shares(line.sold_id())).map(|line| line.quantity).sum()
    }

    /// How many the cart holds already, where with this many more it would hold too many.
    fn too_many_with_cart(&self, product: &Product, more: f64) -> Option<f64> {
        if !self.manages_stock(product) {
            return None;
        }
        let in_cart = self.quantity_in_cart(product);
        (in_cart > 0.0 && !self.has_enough_stock(product, in_cart + more)).then_some(in_cart)
    }

    /// A stock number as texts show it.
    pub(crate) fn shown_stock(&self, product: &Product) -> String {
        number::text14(self.stock_quantity(product).unwrap_or(0.0))
    }
}
