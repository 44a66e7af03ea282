//! The errors of API v1, with v1's own statuses (`spec/cocart-v1.md` 4).

use crate::api::Response;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $status:literal;)*) => {
        /// The codes of API v1 that a browser can meet.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Code {
            $($(#[$doc])* $name,)*
        }

        impl Code {
            const fn name(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            const fn status(self) -> u16 {
                match self { $(Self::$name => $status,)* }
            }
        }
    };
}

codes! {
    /// Another customer's cart is an administrator's to read.
    CannotReadCart = "cocart_cannot_read_cart", 401;
    /// The customer's id is 0.
    CustomerMissing = "cocart_customer_missing", 404;
    /// The session's key is 0.
    CartKeyMissing = "cocart_cart_key_missing", 404;
    /// No session with items has this key.
    CartInSessionNotValid = "cocart_cart_in_session_not_valid", 404;
    /// No id, or no such SKU.
    ProductIdRequired = "cocart_product_id_required", 404;
    /// The quantity is no finite number.
    QuantityNotNumeric = "cocart_quantity_not_numeric", 405;
    /// Missing or trashed.
    ProductDoesNotExist = "cocart_product_does_not_exist", 404;
    /// External and grouped products cannot be in a cart.
    CannotAddProductType = "cocart_cannot_add_product_type_to_cart", 403;
    /// Every attribute is valid, but nothing is sold with all of them.
    NoVariationFound = "cocart_no_variation_found", 400;
    /// A variation without its product.
    InvalidParentProduct = "cocart_cart_invalid_parent_product", 403;
    /// A rule of the shop says no.
    ProductFailedValidation = "cocart_product_failed_validation", 404;
    /// One per cart.
    ProductSoldIndividually = "cocart_product_sold_individually", 403;
    /// No price, or not published.
    CannotBePurchased = "cocart_cannot_be_purchased", 403;
    /// Sold out.
    ProductOutOfStock = "cocart_product_out_of_stock", 404;
    /// Less in stock than wanted.
    NotEnoughInStock = "cocart_not_enough_in_stock", 403;
    /// Less in stock than wanted and in the cart together.
    NotEnoughStockRemaining = "cocart_not_enough_stock_remaining", 403;
    /// WooCommerce refused.
    CannotAddToCart = "cocart_cannot_add_to_cart", 403;
    /// The item key is missing.
    ItemKeyRequired = "cocart_cart_item_key_required", 404;
    /// Nothing to remove from.
    NoItems = "cocart_no_items", 404;
    /// No line has this key.
    ItemNotInCart = "cocart_item_not_in_cart", 404;
    /// It is not among the removed lines.
    CannotRestoreItem = "cocart_can_not_restore_item", 403;
    /// The quantity is negative.
    CannotUpdateItem = "cocart_can_not_update_item", 403;
    /// One per cart.
    CannotIncreaseQuantity = "cocart_can_not_increase_quantity", 403;
}

/// The envelope of an error.
pub(super) fn error(code: Code, message: impl AsRef<str>) -> Response {
    Response::error(code.status(), code.name(), message.as_ref())
}
