//! Adding to the cart: CoCart's checks, then WooCommerce's own (`spec/cocart-v2.md` 3.3, 3.4,
//! `spec/woocommerce-cart.md` 2.1).

use super::add_to_cart::Refusal;
use super::variation::posted_attributes;
use super::{AddItem, AddItems, Command};
use crate::cart::stock::Hindrance;
use crate::cart::{CartError, Code, NoticeKind, Visit};
use crate::profile::Profile;
use crate::store::{Product, ProductStatus, ProductType};
use crate::value::{Map, Value};
use crate::woo::{number, text};

/// A product that passed the checks, ready for WooCommerce.
struct Candidate<'a> {
    product: &'a Product,
    variation: Vec<(String, String)>,
}

impl<'a> Visit<'a> {
    /// `POST cart/add-item`. Returns the key of the line.
    pub(super) fn add_item(&mut self, item: &AddItem) -> Result<String, CartError> {
        let attributes = posted_attributes(&item.variation);
        let posted = self.meant(self.find_posted(&item.id)?, &attributes);
        self.check_quantity(posted, item.quantity)?;
        check_type(posted)?;
        let candidate = self.resolve(posted, &attributes)?;
        self.check_rules(posted, &candidate, &item.item_data)?;
        self.check_stock(posted, item.quantity)?;
        let key = self.add_to_cart(&candidate, item.quantity, &item.item_data)?;
        self.set_contact(item.email.as_deref(), item.phone.as_deref());
        self.calculate();
        self.set_price_override(&key, item.price.as_deref());
        self.notify_added(&[self.shop.parent(posted)]);
        self.calculate_with_shipping_first();
        Ok(key)
    }

    /// `POST cart/add-items` in both forms. Not atomic: what was added before a refusal stays,
    /// and is told in `self.partial`.
    pub(super) fn add_items(&mut self, items: &AddItems) -> Result<Vec<String>, CartError> {
        match items {
            AddItems::Group { id, quantity, email, phone } => {
                self.find_posted(id)?;
                self.add_group(id, quantity, email.as_deref(), phone.as_deref())
            }
            AddItems::List { items } => self.add_list(items),
        }
    }

    fn add_group(
        &mut self,
        container: &str,
        quantities: &Map,
        email: Option<&str>,
        phone: Option<&str>,
    ) -> Result<Vec<String>, CartError> {
        if quantities.is_empty() {
            return Err(CartError::new(
                Code::GroupedProductEmpty,
                "Please choose a product to add to your cart.",
            ));
        }
        let mut keys = Vec::new();
        let mut added: Vec<&'a Product> = Vec::new();
        let mut done = Map::new();
        for (id, value) in quantities.iter() {
            let quantity = quantity_of(value);
            if quantity <= 0.0 {
                continue;
            }
            match self.add_child(id, quantity) {
                Ok((key, product)) => {
                    keys.push(key);
                    added.push(product);
                    done.push(id.to_owned(), value.clone());
                }
                Err(error) => {
                    if !done.is_empty() {
                        self.calculate();
                        let done = AddItems::Group {
                            id: container.to_owned(),
                            quantity: done,
                            email: None,
                            phone: None,
                        };
                        self.partial = Some((Command::AddItems(done), keys));
                    }
                    return Err(error);
                }
            }
        }
        if added.is_empty() {
            return Err(CartError::new(
                Code::GroupedProductFailed,
                "Please choose the quantity of items you wish to add to your cart.",
            ));
        }
        self.set_contact(email, phone);
        self.calculate();
        self.notify_added(&added);
        self.calculate_with_shipping_first();
        Ok(keys)
    }

    fn add_child(&mut self, id: &str, quantity: f64) -> Result<(String, &'a Product), CartError> {
        let unknown =
            || CartError::new(Code::InvalidProduct, "This product cannot be added to the cart.");
        let product = id.parse().ok().and_then(|id| self.shop.product(id)).ok_or_else(unknown)?;
        // the recorded server leaves a child's attributes to WooCommerce
        let oddly = self.mirrors_oddities();
        let candidate = self.resolve(product, if oddly { &product.variation } else { &[] })?;
        self.check_rules(product, &candidate, &Map::new())?;
        self.check_stock(product, quantity)?;
        let Candidate { product: sold, variation } = &candidate;
        match self.add_by_woocommerce(sold, variation, quantity, &Map::new()) {
            Ok(key) => Ok((key, product)),
            // its notice stays queued, and the child counts as added all the same
            Err(refusal) if oddly => {
                let notice = refusal.notice(&self.settings().cart_url);
                self.cart.add_notice(NoticeKind::Error, notice);
                Ok((self.line_key(sold, variation, &Map::new()), product))
            }
            Err(refusal) => Err(self.refused(&refusal)),
        }
    }

    fn add_list(&mut self, items: &[AddItem]) -> Result<Vec<String>, CartError> {
        if items.is_empty() {
            return Err(CartError::new(
                Code::GroupedProductEmpty,
                "Please choose a product to add to your cart.",
            ));
        }
        let mut keys = Vec::new();
        for (at, item) in items.iter().enumerate() {
            match self.add_item(item) {
                Ok(key) => keys.push(key),
                Err(error) => {
                    let done = items.get(..at).filter(|done| !done.is_empty());
                    self.partial = done.map(|done| {
                        let done = AddItems::List { items: done.to_vec() };
                        (Command::AddItems(done), keys)
                    });
                    return Err(error);
                }
            }
        }
        Ok(keys)
    }

    /// Rows 1 to 4: which product is meant.
    pub(super) fn find_posted(&self, id: &str) -> Result<&'a Product, CartError> {
        let id = id.trim();
        if id == "0" {
            return Err(CartError::new(Code::ProductIdRequired, "Product ID number is required!"));
        }
        let complete = self.shop.snapshot().complete;
        if !number::is_numeric(id) {
            let code = if complete { Code::UnknownProductId } else { Code::ProductUnknown };
            return self.shop.product_by_sku(id).ok_or_else(|| {
                CartError::new(
                    code,
                    "Product does not exist! Check that you have submitted a product ID or SKU ID correctly for a product that exists.",
                )
            });
        }
        let found = u64::try_from(number::int_of(id)).ok().and_then(|id| self.shop.product(id));
        if found.is_none() && !complete {
            return Err(CartError::new(
                Code::ProductUnknown,
                "This product is not known here yet. Ask the shop for it and try again.",
            ));
        }
        found.filter(|product| product.status != ProductStatus::Trash).ok_or_else(|| {
            CartError::new(Code::InvalidProduct, "This product cannot be added to the cart.")
        })
    }

    /// Rows 6 and 7, also for updates.
    pub(super) fn check_quantity(&self, product: &Product, quantity: f64) -> Result<(), CartError> {
        let least = product.min_quantity.unwrap_or(1.0);
        if quantity < least {
            return Err(CartError::new(
                Code::QuantityInvalidAmount,
                format!("Quantity must be a minimum of {}.", number::text14(least)),
            ));
        }
        let most =
            product.max_quantity.or_else(|| self.max_purchase(product)).filter(|most| *most > 0.0);
        match most {
            Some(most) if quantity > most => Err(CartError::new(
                Code::QuantityInvalidAmount,
                format!("Quantity must be {} or lower.", number::text14(most)),
            )),
            _ => Ok(()),
        }
    }

    /// What is judged: the recorded server leaves the variation of a product to WooCommerce.
    fn meant(&self, posted: &'a Product, attributes: &[(String, String)]) -> &'a Product {
        let by_attributes = posted.kind == ProductType::Variable && !self.mirrors_oddities();
        let found = if by_attributes { self.matching_variation(posted, attributes) } else { None };
        found.and_then(|id| self.shop.product(id)).unwrap_or(posted)
    }

    /// Rows 9 to 12: the variation that is meant, with its attributes settled.
    fn resolve(
        &self,
        posted: &'a Product,
        attributes: &[(String, String)],
    ) -> Result<Candidate<'a>, CartError> {
        let product = match posted.kind {
            ProductType::Variable => {
                let found = self
                    .matching_variation(posted, attributes)
                    .and_then(|id| self.shop.product(id));
                found.ok_or_else(|| {
                    CartError::new(Code::NoVariationFound, "No matching variation found.")
                })?
            }
            ProductType::Variation if self.shop.product(posted.parent_id).is_none() => {
                return Err(CartError::new(
                    Code::InvalidParentProduct,
                    "This product cannot be added to the cart.",
                ));
            }
            _ => posted,
        };
        let variation = if product.kind == ProductType::Variation {
            self.settle_attributes(product, attributes)?
        } else {
            Vec::new()
        };
        Ok(Candidate { product, variation })
    }

    /// Rows 13 and 14.
    fn check_rules(
        &mut self,
        posted: &Product,
        candidate: &Candidate<'_>,
        item_data: &Map,
    ) -> Result<(), CartError> {
        let Candidate { product, variation } = candidate;
        if !self.passes_rules(product, variation) {
            return Err(CartError::new(
                Code::ProductFailedValidation,
                "Product did not pass validation!",
            ));
        }
        if self.mirrors_oddities() {
            // looking for the line the server builds a cart's answer that nobody reads, and for
            // what is sold one by one it checks and calculates the cart before
            if posted.sold_individually {
                drop(self.apply(&Command::ReadCart));
            }
            self.cart.notices.clear();
        } else if self.would_be_second(product, variation, item_data) {
            return Err(CartError::new(
                Code::ProductSoldIndividually,
                format!("You cannot add another '{}' to your cart.", product.name),
            ));
        }
        Ok(())
    }

    /// Rows 15 to 18: they judge the posted product, a variable one's parent included.
    fn check_stock(&self, product: &Product, quantity: f64) -> Result<(), CartError> {
        let name = &product.name;
        let quantity = if product.sold_individually { 1.0 } else { quantity };
        let Some(hindrance) = self.hindrance(product, quantity) else { return Ok(()) };
        let (code, message) = match hindrance {
            Hindrance::NotForSale => (
                Code::CannotBePurchased,
                self.error_text(&text::escape_html(&format!(
                    "'{name}' is not available for purchase."
                ))),
            ),
            Hindrance::SoldOut => (
                Code::ProductOutOfStock,
                format!(
                    "You cannot add \"{name}\" to the cart because the product is out of stock."
                ),
            ),
            Hindrance::TooFew => (
                Code::NotEnoughInStock,
                format!(
                    "You cannot add the amount of {} for \"{name}\" to the cart because there is not enough stock, only ({}) remaining.",
                    number::text14(quantity),
                    self.shown_stock(product)
                ),
            ),
            Hindrance::TooFewWithCart(in_cart) => (
                Code::NotEnoughStockRemaining,
                self.error_text(&format!(
                    "You cannot add that amount of \"{name}\" to the cart &mdash; we have ({}) in stock remaining. You already have ({}) in your cart.",
                    self.shown_stock(product),
                    number::text14(in_cart)
                )),
            ),
        };
        Err(CartError::new(code, message))
    }

    /// A message as the profile sends it: the recorded server leaves some half escaped.
    pub(crate) fn error_text(&self, escaped: &str) -> String {
        if self.mirrors_oddities() { escaped.to_owned() } else { text::decode_entities(escaped) }
    }

    /// WooCommerce's own `add_to_cart`, whose refusals become row 19.
    fn add_to_cart(
        &mut self,
        candidate: &Candidate<'_>,
        quantity: f64,
        item_data: &Map,
    ) -> Result<String, CartError> {
        let Candidate { product, variation } = candidate;
        let added = self.add_by_woocommerce(product, variation, quantity, item_data);
        added.map_err(|refusal| self.refused(&refusal))
    }

    fn refused(&self, refusal: &Refusal) -> CartError {
        let text = text::escape_html(&text::strip_tags(&refusal.plain()));
        CartError::new(Code::AddToCartError, self.error_text(&text))
    }

    /// The titles of what was added, in curly quotes; their number decides the verb.
    fn notify_added(&mut self, products: &[&Product]) {
        // the reference's example shows the names without quotes
        let quote = |title: String| match self.profile {
            Profile::Reference => title,
            _ => format!("&ldquo;{title}&rdquo;"),
        };
        let titles: Vec<String> = products.iter().map(|product| quote(title(product))).collect();
        let verb = if titles.len() == 1 { "has" } else { "have" };
        let text = format!("{} {verb} been added to your cart.", text::list_of_items(&titles));
        self.cart.add_notice(NoticeKind::Success, text);
    }
}

/// Row 8: external and grouped products have no place of their own in a cart.
fn check_type(product: &Product) -> Result<(), CartError> {
    let message = match product.kind {
        ProductType::External => {
            format!("You cannot add \"{}\" to your cart as it is an \"external\" product.", product.name)
        }
        ProductType::Grouped => {
            "You cannot use this route to add \"grouped\" products to the cart. Please use /cocart/v2/cart/add-items instead."
                .to_owned()
        }
        _ => return Ok(()),
    };
    Err(CartError::new(Code::CannotAddProductType, message))
}

/// A post title as notices show it.
fn title(product: &Product) -> String {
    let private = if product.status == ProductStatus::Private { "Private: " } else { "" };
    format!("{private}{}", text::texturize(&text::strip_tags(&product.name)))
}

fn quantity_of(value: &Value) -> f64 {
    let quantity = match value {
        Value::Text(text) => Some(number::float_of(text)),
        Value::Int(_) | Value::Float(_) => value.as_f64(),
        // PHP's float of a list with anything in it
        other => (!other.is_empty()).then_some(1.0),
    };
    quantity.and_then(number::within_reason).unwrap_or(0.0)
}
