//! Applying coupons, and the rules by which they hold (`spec/woocommerce-cart.md` 9).

use super::session::AppliedCoupon;
use super::totals::dearest_first;
use super::{Line, NoticeKind, Visit};
use crate::store::{Category, Coupon, DiscountType, Product, to_f64};
use crate::woo::rounding::{inner_precision, power_of_ten};
use crate::woo::{Direction, builtin, find, text};

/// Why a coupon does not hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum CouponError {
    /// 106, or 116 for guests
    UsageLimit,
    /// 107
    Expired,
    /// 108
    MinimumSpend(f64),
    /// 112
    MaximumSpend(f64),
    /// 109
    NotApplicable,
    /// 110
    NotForSaleItems,
    /// 113
    ExcludedProducts,
    /// 114
    ExcludedCategories,
    /// 102
    EmailNeeded,
}

impl Visit<'_> {
    /// Why a coupon does not hold for the cart, by the first rule that fails (9.2).
    pub(super) fn coupon_error(&self, coupon: &Coupon, displayed: f64) -> Option<CouponError> {
        let limit = coupon.usage_limit.unwrap_or(0);
        if limit > 0 && coupon.usage_count >= limit {
            return Some(CouponError::UsageLimit);
        }
        if coupon.expires.is_some_and(|end| self.now > end) {
            return Some(CouponError::Expired);
        }
        // in cents and back, which takes binary noise off
        let decimals = i32::from(self.settings().price_decimals);
        let (cent, places) = (power_of_ten(decimals), inner_precision(decimals) - decimals);
        let displayed =
            self.generation.rounding.woo(displayed * cent, places, Direction::Up) / cent;
        let (least, most) = (to_f64(coupon.minimum_amount), to_f64(coupon.maximum_amount));
        if least > 0.0 && least > displayed {
            return Some(CouponError::MinimumSpend(least));
        }
        if most > 0.0 && most < displayed {
            return Some(CouponError::MaximumSpend(most));
        }
        self.error_of_products(coupon).or_else(|| self.error_of_email(coupon))
    }

    fn error_of_products(&self, coupon: &Coupon) -> Option<CouponError> {
        let sold: Vec<&Product> =
            self.cart.lines.iter().filter_map(|line| self.shop.product(line.sold_id())).collect();
        let any = |test: &dyn Fn(&&Product) -> bool| sold.iter().any(test);
        if !coupon.product_ids.is_empty() && !any(&|p| is_listed(&coupon.product_ids, p)) {
            return Some(CouponError::NotApplicable);
        }
        if !coupon.product_categories.is_empty() {
            let counts = |p: &&Product| !(coupon.exclude_sale_items && self.is_on_sale(p));
            if !any(&|p| counts(p) && self.is_in(&coupon.product_categories, p)) {
                return Some(CouponError::NotApplicable);
            }
        }
        match coupon.discount_type {
            DiscountType::FixedProduct | DiscountType::Percent => {
                let fits = any(&|p| self.coupon_fits_product(coupon, p.id));
                (!sold.is_empty() && !fits).then_some(CouponError::NotApplicable)
            }
            DiscountType::FixedCart | DiscountType::Other(_) => {
                if coupon.exclude_sale_items && any(&|p| self.is_on_sale(p)) {
                    Some(CouponError::NotForSaleItems)
                } else if any(&|p| is_listed(&coupon.excluded_product_ids, p)) {
                    Some(CouponError::ExcludedProducts)
                } else if any(&|p| self.is_in(&coupon.excluded_product_categories, p)) {
                    Some(CouponError::ExcludedCategories)
                } else {
                    None
                }
            }
        }
    }

    /// The restrictions themselves stay with the server: a shopper without an e-mail address
    /// cannot pass, one with an address is given the benefit of the doubt.
    fn error_of_email(&self, coupon: &Coupon) -> Option<CouponError> {
        let has_email = !self.cart.customer.billing.email.is_empty()
            || self.cart.account.as_ref().is_some_and(|account| !account.email.is_empty());
        (coupon.email_restricted && !has_email).then_some(CouponError::EmailNeeded)
    }

    /// Whether a percentage or per-product coupon discounts this product (9.3).
    pub(super) fn coupon_fits_product(&self, coupon: &Coupon, sold_id: u64) -> bool {
        let Some(product) = self.shop.product(sold_id) else { return false };
        let unlimited = coupon.product_ids.is_empty() && coupon.product_categories.is_empty();
        let included = unlimited
            || is_listed(&coupon.product_ids, product)
            || self.is_in(&coupon.product_categories, product);
        let excluded = is_listed(&coupon.excluded_product_ids, product)
            || self.is_in(&coupon.excluded_product_categories, product)
            || coupon.exclude_sale_items && self.is_on_sale(product);
        included && !excluded
    }

    fn is_in(&self, categories: &[u32], product: &Product) -> bool {
        let own = &self.shop.parent(product).category_ids;
        self.shop.with_ancestors(own).iter().any(|id| categories.contains(id))
    }

    /// `apply_coupon()`: the outcome is told by a notice alone. False where the shop would say no
    /// for certain; a code that is not known here may be known there.
    pub(super) fn apply_coupon(&mut self, typed: &str) -> bool {
        if !self.settings().enable_coupons {
            return false;
        }
        let code = clean_code(typed);
        let with_code = self.generation.coupon_texts_with_code;
        let Some(coupon) = self.shop.coupon(&code) else {
            let text = if self.generation.new_unknown_coupon_text {
                format!(
                    "Coupon \"{}\" cannot be applied because it does not exist.",
                    text::escape_html(&code)
                )
            } else {
                format!("Coupon \"{}\" does not exist!", text::escape_html(&code))
            };
            self.cart.add_notice(NoticeKind::Error, text);
            return true;
        };
        let displayed =
            self.cart.totals.as_ref().map_or(0.0, |totals| self.displayed_subtotal(totals));
        if let Some(error) = self.coupon_error(coupon, displayed) {
            let text = self.coupon_text(&code, coupon, error);
            self.cart.add_notice(NoticeKind::Error, text);
            return false;
        }
        if self.cart.coupons.iter().any(|applied| applied.code == code) {
            let text = if with_code {
                format!("Coupon code \"{}\" already applied!", text::escape_html(&code))
            } else {
                "Coupon code already applied!".to_owned()
            };
            self.add_coupon_notice(NoticeKind::Error, text);
            return false;
        }
        if coupon.individual_use {
            self.cart.coupons.clear();
        }
        let alone = self
            .cart
            .coupons
            .iter()
            .find(|applied| self.shop.coupon(&applied.code).is_some_and(|c| c.individual_use))
            .map(|applied| applied.code.clone());
        if let Some(other) = alone {
            let text = format!(
                "Sorry, coupon \"{}\" has already been applied and cannot be used in conjunction with other coupons.",
                text::escape_html(&other)
            );
            self.add_coupon_notice(NoticeKind::Error, text);
            return false;
        }
        self.cart.coupons.push(AppliedCoupon { code, amount: 0.0, tax: 0.0 });
        self.calculate();
        self.add_coupon_notice(NoticeKind::Success, "Coupon code applied successfully.".to_owned());
        true
    }

    /// Takes a coupon off, which WooCommerce calculates after at once, as after one is put on;
    /// gives no notice.
    pub(super) fn remove_coupon(&mut self, typed: &str) {
        let code = clean_code(typed);
        let before = self.cart.coupons.len();
        self.cart.coupons.retain(|applied| applied.code != code);
        if self.cart.coupons.len() != before {
            self.calculate();
        }
    }

    /// The check that `GET cart` makes: coupons that no longer hold go, with a notice.
    pub(super) fn drop_invalid_coupons(&mut self) {
        for code in self.cart.coupons.iter().map(|c| c.code.clone()).collect::<Vec<_>>() {
            let displayed =
                self.cart.totals.as_ref().map_or(0.0, |totals| self.displayed_subtotal(totals));
            let holds =
                self.shop.coupon(&code).is_some_and(|c| self.coupon_error(c, displayed).is_none());
            if !holds {
                self.remove_coupon(&code);
                let text = format!(
                    "Sorry, it seems the coupon \"{}\" is invalid - it has now been removed from your order.",
                    text::escape_html(&code)
                );
                self.add_coupon_notice(NoticeKind::Error, text);
            }
        }
    }

    /// A coupon's own messages are never queued twice; why it does not hold is WooCommerce's.
    fn add_coupon_notice(&mut self, kind: NoticeKind, text: String) {
        if !self.cart.notices.iter().any(|notice| notice.kind == kind && notice.text == text) {
            self.cart.add_notice(kind, text);
        }
    }

    fn coupon_text(&self, code: &str, coupon: &Coupon, error: CouponError) -> String {
        let with_code = self.generation.coupon_texts_with_code;
        let code = text::escape_html(code);
        let this = if with_code { format!("coupon \"{code}\"") } else { "this coupon".to_owned() };
        let spend = |bound: &str, amount: f64| {
            let price = self.money().price_in_notice(amount);
            format!("The {bound} spend for {this} is {price}.")
        };
        let sorry = |what: &str| format!("Sorry, {this} is not {what}.");
        match error {
            CouponError::UsageLimit => {
                let limit = if with_code {
                    format!("Usage limit for coupon \"{code}\" has been reached.")
                } else {
                    "Coupon usage limit has been reached.".to_owned()
                };
                if self.cart.account.is_some() {
                    limit
                } else {
                    format!("{limit} Please try again after some time, or contact us for help.")
                }
            }
            CouponError::Expired if with_code => format!("Coupon \"{code}\" has expired."),
            CouponError::Expired => "This coupon has expired.".to_owned(),
            CouponError::MinimumSpend(amount) => spend("minimum", amount),
            CouponError::MaximumSpend(amount) => spend("maximum", amount),
            CouponError::NotApplicable => sorry("applicable to selected products"),
            CouponError::NotForSaleItems => sorry("valid for sale items"),
            CouponError::ExcludedProducts => {
                let names = self.sold_dearest_first().into_iter();
                let names = names.filter(|p| is_listed(&coupon.excluded_product_ids, p));
                let names: Vec<&str> = names.map(|p| p.name.as_str()).collect();
                sorry(&format!("applicable to the products: {}", find::join(&names, ", ")))
            }
            CouponError::ExcludedCategories => {
                let mut names: Vec<&str> = Vec::new();
                for product in self.sold_dearest_first() {
                    let of_product = &self.shop.parent(product).category_ids;
                    for id in self.shop.with_ancestors(of_product) {
                        let known = self.shop.snapshot().categories.iter().find(|c| c.id == id);
                        if let Some(Category { name, .. }) = known
                            && coupon.excluded_product_categories.contains(&id)
                            && !names.contains(&name.as_str())
                        {
                            names.push(name);
                        }
                    }
                }
                sorry(&format!("applicable to the categories: {}", find::join(&names, ", ")))
            }
            CouponError::EmailNeeded => {
                format!("Please enter a valid email at checkout to use coupon code \"{code}\".")
            }
        }
    }

    /// What the lines sell, in the order in which coupons meet them.
    fn sold_dearest_first(&self) -> Vec<&Product> {
        let lines = &self.cart.lines;
        let price = |line: &Line| self.unit_price(line) * line.quantity;
        let prices = lines.iter().map(|line| (price(line), line.quantity)).collect();
        let order = dearest_first(self.generation, prices).into_iter();
        order.filter_map(|at| self.shop.product(lines.get(at)?.sold_id())).collect()
    }

    /// What a coupon is shown to save: discount and its tax, each rounded down (4.4).
    pub(crate) fn shown_saving(&self, applied: &AppliedCoupon) -> f64 {
        let decimals = i32::from(self.settings().price_decimals);
        let down = |value: f64| self.generation.rounding.woo(value, decimals, Direction::Down);
        let tax = down(applied.tax);
        if self.shows_cart_with_tax() { down(applied.amount + tax) } else { down(applied.amount) }
    }
}

fn is_listed(ids: &[u64], product: &Product) -> bool {
    ids.contains(&product.id) || (product.parent_id != 0 && ids.contains(&product.parent_id))
}

/// A code as WooCommerce keeps it: entities decoded, tags dropped, lower case.
fn clean_code(typed: &str) -> String {
    builtin::lower(text::strip_tags(&text::decode_entities(typed)).trim())
}
