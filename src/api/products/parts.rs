//! The parts that the documents of both versions are made of.

use super::{Room, dates};
use crate::api::document::{Money, currency, map_or_empty};
use crate::map;
use crate::store::{Details, ManageStock, Product, ProductType, Term, to_f64};
use crate::value::{Map, Value};
use crate::woo::{number, text};

/// How many related products are shown.
const RELATED: usize = 5;

pub(super) fn id(id: u64) -> Value {
    Value::Int(i64::try_from(id).unwrap_or(0))
}

/// The variations that can be seen: those with a price, in stock where the shop hides the rest.
pub(super) fn variations<'r>(room: &'r Room<'_>, product: &Product) -> Vec<&'r Product> {
    let hides = room.visit.settings().hide_out_of_stock;
    let mut all = room.visit.shop.variations(product.id);
    all.retain(|v| v.price.is_some() && (!hides || v.is_in_stock()) && super::is_published(v));
    all
}

/// Whether a product, or one that belongs to it, is on sale.
pub(super) fn is_on_sale(room: &Room<'_>, product: &Product) -> bool {
    let visit = &room.visit;
    match product.kind {
        ProductType::Variable => variations(room, product).iter().any(|v| visit.is_on_sale(v)),
        ProductType::Grouped => members(room, product).iter().any(|m| is_on_sale(room, m)),
        _ => visit.is_on_sale(product),
    }
}

fn members<'r>(room: &'r Room<'_>, product: &Product) -> Vec<&'r Product> {
    let ids = room.details(product).grouped_ids.iter();
    ids.filter_map(|id| room.visit.shop.product(*id)).collect()
}

/// `prices`; the short form inside `variations[]` has no range.
pub(super) fn prices(room: &Room<'_>, product: &Product, with_range: bool) -> Map {
    let visit = &room.visit;
    let money = Money::of(visit);
    let shown = |raw: f64| money.price(visit.shop_price(product, raw));
    let regular = if product.kind == ProductType::Variable {
        let all = variations(room, product);
        all.iter().filter_map(|v| v.regular_price).min()
    } else {
        product.regular_price
    };
    let sale = product.sale_price.map(to_f64).filter(|sale| *sale != 0.0);
    let mut prices = map! {
        "price": shown(product.price.map_or(0.0, to_f64)),
        // WooCommerce takes the price in force where there is no regular one
        "regular_price": shown(regular.or(product.price).map_or(0.0, to_f64)),
        "sale_price": sale.map_or_else(|| "".into(), shown),
    };
    if with_range {
        prices.push("price_range", price_range(room, &money, product));
    }
    let (from, to) = (sale_date(room, product.sale_from), sale_date(room, product.sale_to));
    prices.push("on_sale", is_on_sale(room, product));
    prices.push(
        "date_on_sale",
        map! {
            "from": from,
            "from_gmt": dates::optional(product.sale_from),
            "to": to,
            "to_gmt": dates::optional(product.sale_to),
        },
    );
    prices.push("currency", currency(visit));
    prices
}

/// A sale's date on the shop's clock.
pub(super) fn sale_date(room: &Room<'_>, at: Option<i64>) -> Value {
    #[allow(clippy::cast_possible_truncation)]
    let offset = (room.visit.shop.snapshot().store.gmt_offset * 3_600.0) as i64;
    dates::optional(at.map(|at| at + offset))
}

fn price_range(room: &Room<'_>, money: &Money<'_>, product: &Product) -> Value {
    let parts = match product.kind {
        ProductType::Variable => variations(room, product),
        ProductType::Grouped => members(room, product),
        _ => Vec::new(),
    };
    let shown = |part: &&Product| Some(room.visit.shop_price(part, to_f64(part.price?)));
    let mut all: Vec<f64> = parts.iter().filter_map(shown).collect();
    crate::woo::sort::stable_sort(&mut all, f64::total_cmp);
    let (Some(least), Some(most)) = (all.first(), all.last()) else { return Value::empty_array() };
    let (from, to) = (money.price(*least), money.price(*most));
    let to = if from == to { "".into() } else { to };
    map! { "from": from, "to": to }.into()
}

/// `stock`
pub(super) fn stock(room: &Room<'_>, product: &Product) -> Map {
    map! {
        "is_in_stock": product.is_in_stock(),
        "stock_quantity": stock_quantity(room, product),
        "stock_status": product.stock_status.name(),
        "backorders": room.visit.shop.stock_owner(product).backorders.name(),
        "backorders_allowed": room.visit.allows_backorders(product),
        "backordered": room.visit.is_on_backorder(product, 0.0),
        "low_stock_amount": low_stock_amount(room, product),
    }
}

pub(super) fn stock_quantity(room: &Room<'_>, product: &Product) -> Value {
    let quantity = room.visit.shop.stock_owner(product).stock_quantity;
    quantity.map_or(Value::Null, Value::Float)
}

pub(super) fn low_stock_amount(room: &Room<'_>, product: &Product) -> Value {
    let owner = room.visit.shop.stock_owner(product);
    room.details(owner).low_stock_amount.map_or_else(|| "".into(), Value::Float)
}

pub(super) fn manages_stock(room: &Room<'_>, product: &Product) -> Value {
    match product.manage_stock {
        _ if !room.visit.settings().manage_stock => false.into(),
        ManageStock::No => false.into(),
        ManageStock::Yes => true.into(),
        ManageStock::Parent => "parent".into(),
    }
}

pub(super) fn weight(room: &Room<'_>, product: &Product) -> Map {
    map! {
        "value": product.weight.as_str(),
        "unit": room.visit.settings().weight_unit.as_str(),
    }
}

pub(super) fn dimensions(room: &Room<'_>, product: &Product) -> Map {
    let size = &product.dimensions;
    map! {
        "length": size.length.as_str(),
        "width": size.width.as_str(),
        "height": size.height.as_str(),
        "unit": room.visit.settings().dimension_unit.as_str(),
    }
}

/// The terms a product has, in its order.
pub(super) fn terms(room: &Room<'_>, known: &[Term], own: &[u32], path: &str) -> Value {
    let found = own.iter().filter_map(|id| known.iter().find(|term| term.id == *id));
    let list = found.map(|term| {
        let mut document = map! {
            "id": i64::from(term.id),
            "name": term.name.as_str(),
            "slug": term.slug.as_str(),
        };
        if room.version == "v2" {
            document.push("rest_url", room.rest_url(&format!("products/{path}/{}", term.id)));
        }
        document.into()
    });
    list.collect::<Vec<Value>>().into()
}

/// `attributes` of a product.
pub(super) fn attributes(room: &Room<'_>, product: &Product) -> Value {
    let hidden = &room.details(product).hidden_attributes;
    let mut map = Map::new();
    for (at, attribute) in product.attributes.iter().enumerate() {
        let options = attribute.options.iter();
        let options: Value = if room.version == "v1" {
            options.map(|o| o.name.as_str().into()).collect::<Vec<Value>>().into()
        } else {
            let options = options.map(|o| (o.value.clone(), o.name.as_str())).collect();
            map_or_empty(room.visit.profile, options)
        };
        let document = map! {
            "id": i64::from(attribute.id),
            "name": attribute.name.as_str(),
            "position": i64::try_from(at).unwrap_or(0),
            "is_attribute_visible": !hidden.contains(&attribute.slug),
            "used_for_variation": attribute.variation,
            "options": options,
        };
        map.insert(attribute.key(), document);
    }
    map_or_empty(room.visit.profile, map)
}

/// `attributes` of a variation: those it has a value of.
pub(super) fn variation_attributes(room: &Room<'_>, product: &Product) -> Value {
    let mut map = Map::new();
    let attributes = &room.visit.shop.parent(product).attributes;
    for (key, value) in product.variation.iter().filter(|(_, value)| !value.is_empty()) {
        let attribute = attributes.iter().find(|a| a.has_key(key));
        let option = attribute.and_then(|a| a.options.iter().find(|o| o.value == *value));
        let name = option.map_or(value.as_str(), |option| option.name.as_str());
        let option: Value = if room.version == "v1" {
            name.into()
        } else {
            [(value.clone(), name)].into_iter().collect::<Map>().into()
        };
        let document = map! {
            "id": i64::from(attribute.map_or(0, |a| a.id)),
            "name": attribute.map_or(key.as_str(), |a| a.name.as_str()),
            "option": option,
        };
        map.insert(key.clone(), document);
    }
    map_or_empty(room.visit.profile, map)
}

/// `default_attributes`
pub(super) fn default_attributes(room: &Room<'_>, product: &Product) -> Value {
    let mut map = Map::new();
    for (slug, option) in &room.details(product).default_attributes {
        let Some(attribute) = product.attributes.iter().find(|a| a.slug == *slug) else { continue };
        let document = map! {
            "id": i64::from(attribute.id),
            "name": attribute.name.as_str(),
            "option": option.as_str(),
        };
        map.insert(attribute.key(), document);
    }
    map_or_empty(room.visit.profile, map)
}

/// What the button says, and what it says to those who hear it.
pub(super) fn button(room: &Room<'_>, product: &Product) -> (String, String) {
    let name = &product.name;
    let details = room.details(product);
    let can_buy = room.visit.is_purchasable(product);
    match product.kind {
        ProductType::Variable => (
            if can_buy { "Select options" } else { "Read more" }.to_owned(),
            format!("Select options for &ldquo;{name}&rdquo;"),
        ),
        ProductType::Grouped => {
            ("View products".to_owned(), format!("View products in the &ldquo;{name}&rdquo; group"))
        }
        ProductType::External if details.button_text.is_empty() => {
            ("Buy product".to_owned(), format!("Buy &ldquo;{name}&rdquo;"))
        }
        ProductType::External => (details.button_text.clone(), details.button_text.clone()),
        _ if can_buy && product.is_in_stock() => {
            ("Add to cart".to_owned(), format!("Add to cart: &ldquo;{name}&rdquo;"))
        }
        _ => ("Read more".to_owned(), format!("Read more about &ldquo;{name}&rdquo;")),
    }
}

/// The address that adds a product to the cart; empty where options have to be chosen first.
pub(super) fn add_to_cart_url(room: &Room<'_>, product: &Product) -> String {
    if matches!(product.kind, ProductType::Variable | ProductType::Grouped | ProductType::External)
    {
        return String::new();
    }
    let mut url = room.rest_url(&format!("cart/add-item?id={}&quantity=1", product.id));
    for (key, value) in product.variation.iter().filter(|(_, value)| !value.is_empty()) {
        url.push_str(&format!("&variation[{key}]={value}"));
    }
    url
}

/// The least and the most that one purchase may hold.
pub(super) fn purchase_quantity(room: &Room<'_>, product: &Product) -> Value {
    if matches!(product.kind, ProductType::Variable | ProductType::External) {
        return Value::empty_array();
    }
    let most = product.max_quantity.or_else(|| room.visit.max_purchase(product));
    map! {
        "min_purchase": product.min_quantity.unwrap_or(1.0),
        "max_purchase": most.unwrap_or(-1.0),
    }
    .into()
}

/// The products that share a category or a tag. The server picks them at random; here they come
/// by id.
pub(super) fn related(room: &Room<'_>, product: &Product) -> Vec<u64> {
    if product.kind == ProductType::Variation {
        return Vec::new();
    }
    let tags = &room.details(product).tag_ids;
    let hides = room.visit.settings().hide_out_of_stock;
    let mut ids: Vec<u64> = room
        .visit
        .shop
        .snapshot()
        .products
        .iter()
        .filter(|other| {
            other.id != product.id
                && other.kind != ProductType::Variation
                && super::is_published(other)
                && matches!(other.catalog_visibility.as_str(), "" | "visible" | "catalog")
                && (!hides || other.is_in_stock())
                && (other.category_ids.iter().any(|id| product.category_ids.contains(id))
                    || room.details(other).tag_ids.iter().any(|id| tags.contains(id)))
        })
        .map(|other| other.id)
        .collect();
    crate::woo::sort::stable_sort(&mut ids, u64::cmp);
    ids.truncate(RELATED);
    ids
}

/// `4.00`, or `0` where nobody has rated.
pub(super) fn average_rating(product: &Product) -> &str {
    if number::float_of(&product.average_rating) > 0.0 { &product.average_rating } else { "0" }
}

/// `Rated 4.00 out of 5`
pub(super) fn rated(product: &Product) -> String {
    match average_rating(product) {
        "0" => String::new(),
        average => format!("Rated {average} out of 5"),
    }
}

/// The text of a product's price, as v1 shows it: without tax.
pub(super) fn price_text(room: &Room<'_>, raw: Option<f64>) -> String {
    text::strip_tags(&room.visit.money().price(raw.unwrap_or(0.0)))
}

/// How many ratings the document tells: 4.3.6 asks for those of a grade that nobody gives.
pub(super) fn rating_count(room: &Room<'_>, details: &Details) -> i64 {
    if room.visit.profile == crate::api::Profile::V43 { 0 } else { i64::from(details.rating_count) }
}
