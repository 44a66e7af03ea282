//! Coupons (`spec/woocommerce-cart.md` 9).

use crate::value::{Record, Unfit, Value};
use crate::{by_value, record};
use rust_decimal::Decimal;

/// A coupon on the merchant's allow-list. Its code is known by a salted hash alone, and its
/// e-mail restrictions stay with the server.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::struct_excessive_bools)]
pub struct Coupon {
    /// Its id; the order of equal coupons depends on it.
    pub id: u64,
    /// SHA-256 of salt and lower-case code, in hex.
    pub code_hash: String,
    /// How it discounts.
    pub discount_type: DiscountType,
    /// Percent, or an amount in major units.
    pub amount: Decimal,
    /// When it ends, Unix seconds.
    pub expires: Option<i64>,
    /// How often it may be used in all, if limited.
    pub usage_limit: Option<u64>,
    /// How often it was used.
    pub usage_count: u64,
    /// Whether one customer's uses are limited (the server counts them).
    pub usage_limit_per_user: Option<u64>,
    /// The number of items it discounts at most.
    pub limit_usage_to_x_items: Option<u64>,
    /// Whether it stands no other coupon.
    pub individual_use: bool,
    /// Whether it grants free shipping.
    pub free_shipping: bool,
    /// Products it is for.
    pub product_ids: Vec<u64>,
    /// Products it is not for.
    pub excluded_product_ids: Vec<u64>,
    /// Categories it is for.
    pub product_categories: Vec<u32>,
    /// Categories it is not for.
    pub excluded_product_categories: Vec<u32>,
    /// Whether products on sale are left out.
    pub exclude_sale_items: bool,
    /// The smallest displayed subtotal, 0 = none.
    pub minimum_amount: Decimal,
    /// The largest displayed subtotal, 0 = none.
    pub maximum_amount: Decimal,
    /// Whether the server restricts it to e-mail addresses.
    pub email_restricted: bool,
    /// Whether [`amount`](Self::amount) may have been cut to two decimals by WooCommerce's
    /// REST API.
    pub amount_is_estimate: bool,
}

impl Default for Coupon {
    fn default() -> Self {
        Self {
            id: 0,
            code_hash: String::new(),
            discount_type: DiscountType::FixedCart,
            amount: Decimal::ZERO,
            expires: None,
            usage_limit: None,
            usage_count: 0,
            usage_limit_per_user: None,
            limit_usage_to_x_items: None,
            individual_use: false,
            free_shipping: false,
            product_ids: Vec::new(),
            excluded_product_ids: Vec::new(),
            product_categories: Vec::new(),
            excluded_product_categories: Vec::new(),
            exclude_sale_items: false,
            minimum_amount: Decimal::ZERO,
            maximum_amount: Decimal::ZERO,
            email_restricted: false,
            amount_is_estimate: false,
        }
    }
}

/// How a coupon discounts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum DiscountType {
    /// A percentage of each line.
    Percent,
    /// An amount off the cart.
    #[default]
    FixedCart,
    /// An amount off each unit.
    FixedProduct,
    /// A plugin's type: it is shown, and discounts nothing here.
    Other(String),
}

impl DiscountType {
    /// The type's name as CoCart prints it.
    pub fn name(&self) -> &str {
        match self {
            Self::Percent => "percent",
            Self::FixedCart => "fixed_cart",
            Self::FixedProduct => "fixed_product",
            Self::Other(name) => name,
        }
    }
}

record!(Coupon {
    id,
    code_hash,
    discount_type,
    amount,
    expires,
    usage_limit,
    usage_count,
    usage_limit_per_user,
    limit_usage_to_x_items,
    individual_use,
    free_shipping,
    product_ids,
    excluded_product_ids,
    product_categories,
    excluded_product_categories,
    exclude_sale_items,
    minimum_amount,
    maximum_amount,
    email_restricted,
    amount_is_estimate
});

impl Record for DiscountType {
    fn fill(&mut self, value: &Value) -> Result<(), Unfit> {
        *self = match value.as_str().ok_or_else(|| Unfit::expected("a discount type"))? {
            "percent" => Self::Percent,
            "fixed_cart" => Self::FixedCart,
            "fixed_product" => Self::FixedProduct,
            other => Self::Other(other.to_owned()),
        };
        Ok(())
    }
    fn write(&self) -> Value {
        self.name().into()
    }
}
by_value!(DiscountType);
