//! A server's cart document as the cart the engine works on, whichever dialect it is in
//! (`spec/cocart-v2.md` 2.3 to 2.6).

use super::{
    AddItem, Address, AppliedCoupon, Cart, Command, Fee, Line, Notice, NoticeKind, Visit, extras,
};
use crate::profile::Profile;
use crate::store::{Product, Settings, Shop};
use crate::value::{Map, Value};
use crate::woo::price;
use crate::woo::text::decode_entities;

/// A line that was removed here, and that the document need not show.
#[derive(Clone, Copy, Debug)]
pub struct RemovedHere<'a> {
    /// Its item key.
    pub item_key: &'a str,
    /// The id the server shows in it, 0 where that is not known.
    pub id: i64,
    /// What would add it again; its quantity counts.
    pub add: &'a AddItem,
}

/// The cart that a document describes. Figures are worked out anew.
pub fn adopt(
    shop: &Shop,
    profile: Profile,
    key: &str,
    document: &Value,
    removed: &[RemovedHere<'_>],
    now: i64,
) -> Cart {
    let mut cart = Cart::new(key);
    cart.extra = extras::of_cart(document);
    cart.lines = lines(shop, document.elements_of("items")).into_iter().collect();
    cart.removed = lines(shop, document.elements_of("removed_items"));
    for here in removed {
        if let Some(line) = cart.removed.iter_mut().find(|line| line.key == here.item_key) {
            line.quantity = here.add.quantity;
        } else if cart.line(here.item_key).is_none() {
            cart.removed.extend(removed_line(shop, here));
        }
    }
    cart.coupons = coupons(document.elements_of("coupons"));
    cart.fees = fees(document, &shop.snapshot().settings);
    if let Some(customer) = document.get("customer") {
        address(&mut cart.customer.billing, customer, "billing");
        address(&mut cart.customer.shipping, customer, "shipping");
    }
    let shipping = document.get("shipping");
    cart.customer.has_calculated_shipping = (shipping
        .and_then(|s| s.get("has_calculated_shipping")))
    .and_then(Value::as_bool)
    .unwrap_or(false);
    (cart.chosen_rate, cart.known_rates) = rates(shipping);
    if !cart.lines.is_empty() {
        // the outcome is the cart; what the calculation has to say the server has said
        drop(Visit::open(shop, profile, &mut cart, now).apply(&Command::Calculate));
    }
    cart.notices = notices(document.get("notices"));
    cart
}

/// What the server's document shows of products that the snapshot does not know, so that their
/// lines stay in the cart; amounts with them are estimates.
pub fn stand_ins(shop: &Shop, document: &Value) -> Vec<Product> {
    let settings = &shop.snapshot().settings;
    document
        .elements_of("items")
        .into_iter()
        .filter_map(|item| stand_in(item, settings))
        .filter(|product| shop.product(product.id).is_none())
        .collect()
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn stand_in(item: &Value, settings: &Settings) -> Option<Product> {
    let text = |name: &str| item.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    // what cannot be read costs nothing for now: without a price the line would not be sold
    let price = Some(price::read(settings, item.get("price")?.as_str()?).unwrap_or_default());
    let mut product = Product::new(item.get("id")?.as_f64()? as u64);
    product.name = text("name");
    product.slug = text("slug");
    product.image = text("featured_image");
    product.price = price;
    product.regular_price = price;
    product.price_is_estimate = true;
    Some(product)
}

fn lines(shop: &Shop, items: Vec<&Value>) -> Vec<Line> {
    items.into_iter().filter_map(|item| line(shop, item)).collect()
}

fn line(shop: &Shop, item: &Value) -> Option<Line> {
    let quantity = item.get("quantity")?;
    let shown = item.get("meta").and_then(|meta| meta.get("variation"));
    let shown = shown.or_else(|| item.get("variation"));
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let id = item.get("id")?.as_f64()? as u64;
    let mut line = Line {
        key: item.get("item_key")?.as_str()?.to_owned(),
        product_id: id,
        quantity: number(quantity.get("value").unwrap_or(quantity))?,
        item_data: item
            .get("cart_item_data")
            .and_then(Value::as_object)
            .cloned()
            .unwrap_or_default(),
        extra: extras::of_item(item),
        ..Line::default()
    };
    if let Some(product) = shop.product(id) {
        name_product(shop, product, shown.and_then(Value::as_object), &mut line);
    }
    Some(line)
}

/// Tells product and variation apart, and finds the attributes behind what the shopper reads.
fn name_product(shop: &Shop, product: &Product, shown: Option<&Map>, line: &mut Line) {
    line.product_id = product.id;
    if product.parent_id == 0 {
        return;
    }
    line.product_id = product.parent_id;
    line.variation_id = product.id;
    let parent = shop.parent(product);
    let chosen = |key: &str| {
        let attribute = parent.attributes.iter().find(|attribute| attribute.has_key(key))?;
        let text = shown?.get(&attribute.name)?.as_str()?;
        let option = attribute.options.iter().find(|option| option.name == text);
        Some(option.map_or(text, |option| option.value.as_str()).to_owned())
    };
    line.variation = (product.variation.iter())
        .map(|(key, stored)| {
            let value = if stored.is_empty() { chosen(key) } else { None };
            (key.clone(), value.unwrap_or_else(|| stored.clone()))
        })
        .collect();
}

fn removed_line(shop: &Shop, removed: &RemovedHere<'_>) -> Option<Line> {
    let add = removed.add;
    let shown = u64::try_from(removed.id).ok().and_then(|id| shop.product(id));
    let product = shown.or_else(|| match add.id.trim().parse() {
        Ok(id) => shop.product(id),
        Err(_) => shop.product_by_sku(add.id.trim()),
    })?;
    let mut line = Line {
        key: removed.item_key.to_owned(),
        quantity: add.quantity,
        item_data: add.item_data.clone(),
        ..Line::default()
    };
    name_product(shop, product, None, &mut line);
    for (key, value) in &mut line.variation {
        if let Some(chosen) = add.variation.get(key).and_then(Value::as_str) {
            chosen.clone_into(value);
        }
    }
    Some(line)
}

/// Fees that show no amount of their own are taken as they are shown, tax inside.
fn fees(document: &Value, settings: &Settings) -> Vec<Fee> {
    let fee = |shown: &Value| {
        let text = |name: &str| shown.get(name).and_then(Value::as_str).unwrap_or_default();
        let amount = match shown.get("amount").and_then(Value::as_f64) {
            Some(amount) => amount,
            None => crate::store::to_f64(price::read(settings, text("fee"))?),
        };
        Some(Fee {
            name: decode_entities(text("name")),
            amount,
            taxable: shown.get("taxable").and_then(Value::as_bool).unwrap_or(false),
            tax_class: text("tax_class").to_owned(),
        })
    };
    document.elements_of("fees").into_iter().filter_map(fee).collect()
}

/// A document's notices: lists of texts by kind.
pub(crate) fn notices(shown: Option<&Value>) -> Vec<Notice> {
    let kinds = [NoticeKind::Error, NoticeKind::Success, NoticeKind::Notice, NoticeKind::Info];
    let of_kind = |kind: NoticeKind| {
        let texts = shown.map(|notices| notices.elements_of(kind.name())).unwrap_or_default();
        texts
            .into_iter()
            .filter_map(move |text| Some(Notice { kind, text: text.as_str()?.to_owned() }))
    };
    kinds.into_iter().flat_map(of_kind).collect()
}

fn coupons(list: Vec<&Value>) -> Vec<AppliedCoupon> {
    let code = |coupon: &Value| coupon.get("coupon").and_then(Value::as_str).map(str::to_owned);
    (list.into_iter().filter_map(code))
        .map(|code| AppliedCoupon { code, ..AppliedCoupon::default() })
        .collect()
}

fn address(address: &mut Address, customer: &Value, kind: &str) {
    let Some(shown) = customer.get(&format!("{kind}_address")) else { return };
    for field in Address::FIELDS {
        let text = shown.get(&format!("{kind}_{field}")).and_then(Value::as_str);
        if let (Some(text), Some(slot)) = (text, address.get_mut(field)) {
            text.clone_into(slot);
        }
    }
}

/// The chosen rate, and the rates that were offered with it.
fn rates(shipping: Option<&Value>) -> (Option<String>, Option<Vec<String>>) {
    let packages = shipping.map(|shipping| shipping.elements_of("packages")).unwrap_or_default();
    let Some(package) = packages.first() else { return (None, None) };
    let chosen = package.get("chosen_method").and_then(Value::as_str);
    let offered = package.get("rates").and_then(Value::as_object);
    (
        chosen.filter(|rate| !rate.is_empty()).map(str::to_owned),
        offered.map(|rates| rates.keys().map(str::to_owned).collect()),
    )
}

fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| crate::woo::number::exact(value.as_str()?.trim()))
}
