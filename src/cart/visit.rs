//! One request's visit to the cart: the session's cart, what is known of the shop, and what the
//! server would remember until its answer is sent.

use super::shipping::Package;
use super::{Cart, CartHash, Command, Line, NoticeKind};
use crate::profile::Profile;
use crate::store::{Product, ProductStatus, ProductType, Settings, Shop};
use crate::woo::price::MoneyFormat;
use crate::woo::{Generation, identity};

/// One request's visit to the cart.
#[derive(Debug)]
pub struct Visit<'a> {
    /// What is known of the shop.
    pub shop: &'a Shop,
    /// The session's cart.
    pub cart: &'a mut Cart,
    /// The dialect whose odd behaviours are mirrored.
    pub profile: Profile,
    /// The rules of the shop's versions.
    pub generation: Generation,
    /// The clock in Unix seconds.
    pub now: i64,
    /// Custom prices that product objects keep until the request ends, by item key.
    pub(super) prices_in_force: Vec<(String, String)>,
    /// Whether an add has looked at the custom prices that the cart keeps.
    pub(super) knows_prices: bool,
    /// The package calculated during this request.
    pub(crate) package: Option<Package>,
    /// What a refused command did before it was refused, and the lines it added to.
    pub(crate) partial: Option<(Command, Vec<String>)>,
    /// The fees of the last calculation, in the order documents show them.
    pub(crate) fees: Vec<CalculatedFee>,
    /// What the answer shows as `cart_hash`.
    pub(crate) hash: HashShown,
}

/// What documents show as `cart_hash`.
#[derive(Debug, Default)]
pub(crate) enum HashShown {
    /// The hash itself.
    #[default]
    Text,
    /// Nothing yet; the document's own is put here.
    Later(Option<CartHash>),
}

/// How a line goes that can no longer be sold.
enum Gone {
    Silently,
    Told(NoticeKind, String),
}

/// A fee with its figures, in major units.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CalculatedFee {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) total: f64,
    pub(crate) tax: f64,
    pub(crate) taxable: bool,
    pub(crate) tax_class: String,
}

impl<'a> Visit<'a> {
    /// Opens the cart for a request: completes the customer and drops the lines that can no
    /// longer be sold (`spec/cocart-v2.md` 3.0).
    pub fn open(shop: &'a Shop, profile: Profile, cart: &'a mut Cart, now: i64) -> Self {
        let mut visit = Self {
            generation: shop.generation(),
            shop,
            cart,
            profile,
            now,
            prices_in_force: Vec::new(),
            knows_prices: false,
            package: None,
            partial: None,
            fees: Vec::new(),
            hash: HashShown::Text,
        };
        let account = visit.cart.account.take();
        visit.cart.customer.complete(shop, account.as_ref());
        visit.cart.account = account;
        visit.drop_unsold_lines();
        visit
    }

    /// Whether the answers mirror the recorded server's oddities (`spec/server-defects.md` B).
    pub(crate) fn mirrors_oddities(&self) -> bool {
        self.profile == Profile::V43
    }

    /// The shop's options.
    pub(crate) fn settings(&self) -> &'a Settings {
        &self.shop.snapshot().settings
    }

    /// The shop's money format.
    pub(crate) fn money(&self) -> MoneyFormat<'a> {
        MoneyFormat::new(self.settings(), self.generation)
    }

    fn drop_unsold_lines(&mut self) {
        if self.is_sellable() {
            return;
        }
        let dropped: Vec<_> = (0..self.cart.lines.len())
            .rev()
            .filter_map(|at| Some((at, self.reason_to_drop(self.cart.lines.get(at)?)?)))
            .collect();
        for (at, _) in &dropped {
            self.cart.lines.remove(*at);
        }
        let mut told = false;
        for (_, gone) in dropped.into_iter().rev() {
            if let Gone::Told(kind, text) = gone {
                self.cart.add_notice(kind, text);
                told = true;
            }
        }
        // what goes silently leaves the stored totals as they stand
        if told {
            self.calculate();
        }
        let now = (self.cart.lines.moment(), self.shop.revision());
        self.cart.memo.sellable_at.put(now);
    }

    /// Whether no line was touched since all were found fit for sale, or those that were still are.
    fn is_sellable(&self) -> bool {
        let lines = &self.cart.lines;
        let Some((moment, revision)) = self.cart.memo.sellable_at.take() else { return false };
        let changed = lines.changed_since(moment).filter(|_| revision == self.shop.revision());
        let fits = changed.is_some_and(|changed| {
            let mut lines = changed.touched.iter().filter_map(|at| lines.get(*at));
            lines.all(|line| self.reason_to_drop(line).is_none())
        });
        if fits {
            self.cart.memo.sellable_at.put((lines.moment(), revision));
        }
        fits
    }

    /// Why the session's load drops a line; `None` where it stays.
    fn reason_to_drop(&self, line: &Line) -> Option<Gone> {
        if line.quantity <= 0.0 {
            return Some(Gone::Silently);
        }
        let Some(product) = self.shop.product(line.sold_id()) else { return Some(Gone::Silently) };
        if !self.is_purchasable(product) {
            let text = format!(
                "{} has been removed from your cart because it can no longer be purchased. Please contact us if you need assistance.",
                product.name
            );
            return Some(Gone::Told(NoticeKind::Error, text));
        }
        if !line.data_hash.is_empty() && self.is_modified(line, product) {
            let text = format!(
                "{} has been removed from your cart because it has since been modified. You can add it back to your cart <a href=\"{}\">here</a>.",
                product.name, product.permalink
            );
            return Some(Gone::Told(NoticeKind::Notice, text));
        }
        None
    }

    /// Whether a line's product is another than the one that was added.
    fn is_modified(&self, line: &Line, product: &Product) -> bool {
        let (unmodified_at, revision) = (&line.memo.unmodified_at, self.shop.revision());
        if unmodified_at.read(|known| Some(*known == revision)) == Some(true) {
            return false;
        }
        let is_modified = line.data_hash != data_hash(product);
        if !is_modified {
            unmodified_at.put(revision);
        }
        is_modified
    }

    /// Whether a product is on sale now.
    pub(crate) fn is_on_sale(&self, product: &Product) -> bool {
        let (Some(regular), Some(sale)) = (product.regular_price, product.sale_price) else {
            return false;
        };
        regular > sale
            && product.sale_from.is_none_or(|from| from <= self.now)
            && product.sale_to.is_none_or(|to| to >= self.now)
    }

    /// Whether a product can be bought at all (`spec/woocommerce-cart.md` 2.5).
    pub(crate) fn is_purchasable(&self, product: &Product) -> bool {
        let may_edit = self.cart.account.as_ref().is_some_and(|account| account.can_edit_products);
        let is_open = |product: &Product| match product.status {
            ProductStatus::Publish => true,
            ProductStatus::Trash => false,
            _ => may_edit && product.kind != ProductType::Variation,
        };
        let parent_is_open =
            product.kind != ProductType::Variation || is_open(self.shop.parent(product));
        product.price.is_some()
            && is_open(product)
            && parent_is_open
            && !matches!(product.kind, ProductType::External | ProductType::Grouped)
    }
}

/// The hash by which a line notices that its product changed.
pub(super) fn data_hash(product: &Product) -> String {
    let attributes =
        (product.kind == ProductType::Variation).then_some(product.variation.as_slice());
    identity::data_hash(product.kind.name(), attributes)
}
