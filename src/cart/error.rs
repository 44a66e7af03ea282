//! Why a command is refused: CoCart's codes, statuses and messages.

use thiserror::Error;

/// A refused command. The message is the text CoCart 4.3.6 sends (`spec/cocart-v2.md` 3).
#[derive(Clone, Debug, PartialEq, Error)]
#[error("{message}")]
pub struct CartError {
    /// CoCart's code.
    pub code: Code,
    /// What the server would say, in English.
    pub message: String,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $status:literal;)*) => {
        /// The codes of refused commands.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Code {
            $($(#[$doc])* $name,)*
        }

        impl Code {
            /// CoCart's name of the code.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// The HTTP status it comes with.
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status,)* }
            }
        }
    };
}

codes! {
    /// The id is `"0"`.
    ProductIdRequired = "cocart_product_id_required", 404;
    /// No such SKU.
    UnknownProductId = "cocart_unknown_product_id", 404;
    /// The engine has never seen this product; the server has to be asked.
    ProductUnknown = "cocart_wasm_product_unknown", 503;
    /// Missing or trashed.
    InvalidProduct = "cocart_invalid_product", 400;
    /// The quantity is no number.
    QuantityNotNumeric = "cocart_quantity_not_numeric", 405;
    /// The quantity is too small or too large.
    QuantityInvalidAmount = "cocart_quantity_invalid_amount", 405;
    /// External and grouped products are not added like this.
    CannotAddProductType = "cocart_cannot_add_product_type_to_cart", 403;
    /// No variation has these attributes.
    NoVariationFound = "cocart_no_variation_found", 404;
    /// A variation without its product.
    InvalidParentProduct = "cocart_cart_invalid_parent_product", 404;
    /// An attribute has no such value.
    InvalidVariationData = "cocart_invalid_variation_data", 400;
    /// An "any" attribute was left out.
    MissingVariationData = "cocart_missing_variation_data", 400;
    /// A rule of the shop says no.
    ProductFailedValidation = "cocart_product_failed_validation", 400;
    /// One per cart.
    ProductSoldIndividually = "cocart_product_sold_individually", 403;
    /// No price, or not published.
    CannotBePurchased = "cocart_cannot_be_purchased", 400;
    /// Sold out.
    ProductOutOfStock = "cocart_product_out_of_stock", 404;
    /// Less in stock than wanted.
    NotEnoughInStock = "cocart_not_enough_in_stock", 404;
    /// Less in stock than wanted and in the cart together.
    NotEnoughStockRemaining = "cocart_not_enough_stock_remaining", 404;
    /// WooCommerce refused, with a notice of its own.
    AddToCartError = "cocart_add_to_cart_error", 400;
    /// `add-items` without items.
    GroupedProductEmpty = "cocart_grouped_product_empty", 404;
    /// `add-items` without a quantity above zero.
    GroupedProductFailed = "cocart_grouped_product_failed", 404;
    /// The item key is missing.
    ItemKeyRequired = "cocart_cart_item_key_required", 404;
    /// No line has this key.
    ItemNotInCart = "cocart_item_not_in_cart", 404;
    /// Nothing to remove from.
    NoItems = "cocart_no_items", 404;
    /// Nothing to list.
    NoItemsInCart = "cocart_no_items_in_cart", 404;
    /// It is in the cart already.
    ItemRestored = "cocart_item_restored_to_cart", 405;
    /// It is neither in the cart nor restorable.
    ItemNotRestorable = "cocart_item_restored_to_cart", 404;
    /// It is not among the removed lines.
    CannotRestoreItem = "cocart_can_not_restore_item", 403;
    /// `cart/update` without a known namespace.
    NoNamespace = "cocart_update_cart_no_namespace_error", 404;
    /// `cart/update` of an empty cart.
    CartEmpty = "cocart_cart_empty", 404;
    /// There are no totals.
    CartTotalsEmpty = "cocart_cart_totals_empty", 404;
}

impl CartError {
    /// An error with its message.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}
