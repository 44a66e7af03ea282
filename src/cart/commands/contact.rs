//! The e-mail and phone that come along with an add (`spec/cocart-v2.md` 3.3).

use crate::cart::Visit;
use crate::woo::find;

impl Visit<'_> {
    /// The billing e-mail and phone that came along; invalid ones are ignored.
    pub(super) fn set_contact(&mut self, email: Option<&str>, phone: Option<&str>) {
        let billing = &mut self.cart.customer.billing;
        if let Some(email) = email.filter(|email| is_email(email)) {
            email.clone_into(&mut billing.email);
        }
        if let Some(phone) = phone.filter(|phone| is_phone(phone)) {
            phone.trim().clone_into(&mut billing.phone);
        }
    }
}

/// WordPress's `is_email`, as far as a cart needs it.
pub(super) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let local_ok = !local.is_empty()
        && local.chars().all(|c| c.is_ascii_alphanumeric() || find::has("!#$%&'*+/=?^_`{|}~.-", c));
    let labels: Vec<&str> = domain.split('.').collect();
    let label_ok = |label: &&str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    text.len() >= 6 && local_ok && labels.len() >= 2 && labels.iter().all(label_ok)
}

/// WooCommerce's `is_phone`: digits, white space and `#_-+/().`, or nothing at all.
fn is_phone(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_digit() || c.is_whitespace() || find::has("#_-+/().", c);
    text.chars().all(allowed)
}
