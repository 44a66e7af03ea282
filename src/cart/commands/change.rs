//! Updating, removing, restoring and clearing (`spec/cocart-v2.md` 3.6 to 3.8, 3.12).

use crate::cart::{CartError, Code, NoticeKind, Visit};
use crate::store::Product;
use crate::value::{Map, Value};
use crate::woo::number;

impl Visit<'_> {
    /// `POST cart/item/{key}`: an absolute quantity.
    pub(super) fn update_item(&mut self, key: &str, quantity: f64) -> Result<(), CartError> {
        require_key(key)?;
        if self.mirrors_oddities() {
            self.calculate();
        }
        let Some(line) = self.cart.line(key) else {
            return Err(CartError::new(
                Code::ItemNotInCart,
                "Item specified does not exist in cart.",
            ));
        };
        let (old, sold_id) = (line.quantity, line.sold_id());
        if quantity == 0.0 && !self.mirrors_oddities() {
            return self.remove_item(key);
        }
        if let Some(product) = self.shop.product(sold_id) {
            self.check_quantity(product, quantity)?;
            self.check_update_stock(product, quantity)?;
        }
        #[allow(clippy::float_cmp)]
        if quantity != old || self.mirrors_oddities() {
            self.set_quantity(key, quantity);
        }
        if self.mirrors_oddities() {
            self.calculate_with_shipping_first();
        }
        Ok(())
    }

    /// WooCommerce's own `set_quantity`: no question asked.
    pub(crate) fn set_quantity(&mut self, key: &str, quantity: f64) {
        if let Some(at) = self.cart.lines.position(key) {
            self.cart.lines.set_quantity(at, quantity);
        }
        self.calculate();
    }

    fn check_update_stock(&self, product: &Product, quantity: f64) -> Result<(), CartError> {
        if self.has_enough_stock(product, quantity) {
            return Ok(());
        }
        Err(CartError::new(
            Code::NotEnoughInStock,
            format!(
                "You cannot add a quantity of ({}) for \"{}\" to the cart because there is not enough stock. - only ({} remaining)!",
                number::text14(quantity),
                product.name,
                self.shown_stock(product)
            ),
        ))
    }

    /// `DELETE cart/item/{key}`.
    pub(super) fn remove_item(&mut self, key: &str) -> Result<(), CartError> {
        require_key(key)?;
        self.calculate();
        if self.cart.lines.is_empty() && self.cart.removed.is_empty() {
            return Err(CartError::new(Code::NoItems, "No items in cart."));
        }
        let Some(at) = self.cart.lines.position(key) else {
            let message = match self.cart.removed_line(key) {
                Some(line) => {
                    format!(
                        "{} has already been removed from cart.",
                        self.quoted_name(line.product_id)
                    )
                }
                None => "Item does not exist in cart.".to_owned(),
            };
            return Err(CartError::new(Code::ItemNotInCart, message));
        };
        let Some(line) = self.cart.lines.remove(at) else { return Ok(()) };
        let text = format!("{} has been removed from cart.", self.quoted_name(line.product_id));
        self.cart.keep_removed(line);
        self.calculate();
        // whichever line goes, CoCart 4.3 forgets the custom prices of all
        self.cart.price_overrides.clear();
        self.cart.add_notice(NoticeKind::Success, text);
        Ok(())
    }

    /// `PUT cart/item/{key}`.
    pub(super) fn restore_item(&mut self, key: &str) -> Result<(), CartError> {
        require_key(key)?;
        self.calculate();
        let Some(at) = self.cart.removed.iter().position(|line| line.key == key) else {
            return Err(self.why_not_restorable(key));
        };
        let line = self.cart.removed.remove(at);
        let text =
            format!("{} has been added back to your cart.", self.quoted_name(line.product_id));
        self.prices_in_force.retain(|(k, _)| k != key);
        // the removed line wins over one added meanwhile (trap T33)
        self.cart.lines.put(line);
        self.calculate();
        self.cart.add_notice(NoticeKind::Success, text);
        Ok(())
    }

    fn why_not_restorable(&self, key: &str) -> CartError {
        let in_cart = self.cart.line(key);
        let nothing_removed = self.cart.removed.is_empty() || !self.mirrors_oddities();
        match in_cart {
            Some(line) if nothing_removed => CartError::new(
                Code::ItemRestored,
                format!(
                    "{} has already been restored to the cart.",
                    self.quoted_name(line.product_id)
                ),
            ),
            None if self.cart.removed.is_empty() => {
                CartError::new(Code::ItemNotRestorable, "Item does not exist in cart.")
            }
            _ => CartError::new(Code::CannotRestoreItem, "Unable to restore item to the cart."),
        }
    }

    /// The stored name of a line's product in straight quotes, a variation's parent's.
    fn quoted_name(&self, product_id: u64) -> String {
        match self.shop.product(product_id) {
            Some(product) => format!("\"{}\"", product.name),
            None => "Item".to_owned(),
        }
    }

    /// `POST cart/clear`.
    pub(super) fn clear(&mut self, keep_removed_items: bool) {
        self.calculate();
        let removed = std::mem::take(&mut self.cart.removed);
        self.cart.lines.clear();
        self.cart.coupons.clear();
        self.cart.chosen_rate = None;
        self.cart.known_rates = None;
        self.cart.price_overrides.clear();
        self.cart.fees.clear();
        self.cart.totals = None;
        self.fees.clear();
        if keep_removed_items {
            self.cart.removed = removed;
        }
        if self.generation.clear_without_packages {
            self.package = None;
        }
        self.cart.add_notice(NoticeKind::Notice, "Cart is cleared.");
    }

    /// `POST cart/update` with namespace `update-cart`.
    pub(super) fn update_items(&mut self, quantities: &Map) -> Result<(), CartError> {
        self.check_not_empty()?;
        let mut changed = false;
        for (key, value) in quantities.iter() {
            let Some(line) = self.cart.line(key) else { continue };
            let (old, sold_id, is_set) = (line.quantity, line.sold_id(), line.is_set);
            let Some(quantity) = plain_quantity(value) else { continue };
            let product = self.shop.product(sold_id).filter(|product| product.sold_individually);
            let is_other_one = self.mirrors_oddities() && product.is_some() && !is_set;
            #[allow(clippy::float_cmp)]
            if quantity == old && !is_other_one {
                continue;
            }
            if let Some(product) = product.filter(|_| quantity > 1.0) {
                let quote = if self.generation.cocart_437 { "\"" } else { "" };
                let text =
                    format!("You can only have 1 {quote}{}{quote} in your cart.", product.name);
                self.cart.add_notice(NoticeKind::Error, text);
                continue;
            }
            changed = true;
            if quantity == 0.0 && !self.mirrors_oddities() {
                let kept = self.cart.notices.len();
                self.remove_item(key)?;
                self.cart.notices.truncate(kept);
            } else if let Some(at) = self.cart.lines.position(key) {
                self.cart.lines.set_quantity(at, quantity);
            }
        }
        if changed {
            self.finish_update();
        }
        Ok(())
    }

    /// Both built-in callbacks refuse an empty cart.
    pub(super) fn check_not_empty(&self) -> Result<(), CartError> {
        if self.cart.is_without_goods() {
            return Err(CartError::new(
                Code::CartEmpty,
                "Cart is empty. Please add items to cart first.",
            ));
        }
        Ok(())
    }

    /// What every successful callback of `cart/update` ends with.
    pub(super) fn finish_update(&mut self) {
        self.calculate_with_shipping_first();
        if !self.cart.has_error_notice() {
            self.cart.add_notice(NoticeKind::Success, "Cart updated.");
        }
    }

    /// The checks of `GET cart`: stock and coupons, told by notices only.
    pub(super) fn check_cart(&mut self) {
        for at in 0..self.cart.lines.len() {
            let Some(line) = self.cart.lines.get(at) else { break };
            let Some(product) = self.shop.product(line.sold_id()) else { continue };
            let text = if !product.is_in_stock() {
                format!(
                    "Sorry, \"{}\" is not in stock. Please edit your cart and try again. We apologize for any inconvenience caused.",
                    product.name
                )
            } else if self.manages_stock(product)
                && !self.has_enough_stock(product, self.quantity_in_cart(product))
            {
                format!(
                    "Sorry, we do not have enough \"{}\" in stock to fulfill your order ({} available). We apologize for any inconvenience caused.",
                    product.name,
                    self.shown_stock(product)
                )
            } else {
                continue;
            };
            self.cart.add_notice(NoticeKind::Error, text);
        }
        self.drop_invalid_coupons();
    }
}

fn require_key(key: &str) -> Result<(), CartError> {
    if key == "0" {
        return Err(CartError::new(Code::ItemKeyRequired, "Missing cart item key is required!"));
    }
    Ok(())
}

/// A quantity as `update-cart` reads it: everything but digits and the point is dropped, and a
/// list counts 1 if there is anything in it. None where a cart cannot hold so much.
fn plain_quantity(value: &Value) -> Option<f64> {
    let of_list = || if value.is_empty() { "" } else { "1" }.to_owned();
    let text = value.scalar_text().unwrap_or_else(of_list);
    let kept: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    number::within_reason(number::float_of(&kept))
}
