//! `add-item`: CoCart's checks in v1's order, then WooCommerce's own (`spec/cocart-v1.md` 4).

use super::error::{Code, error};
use super::{document, returned_cart};
use crate::api::params::Params;
use crate::api::{Answer, Response};
use crate::cart::commands::add_to_cart::Refusal;
use crate::cart::commands::variation::{posted_attributes, settled};
use crate::cart::stock::Hindrance;
use crate::cart::{AddItem, CartError, Code as CartCode, Command, NoticeKind, Visit};
use crate::store::{Product, ProductStatus, ProductType};
use crate::value::Map;
use crate::woo::number;

/// What passed CoCart's checks.
struct Addition<'a> {
    named: &'a Product,
    product: &'a Product,
    judged: &'a Product,
    variation: Vec<(String, String)>,
    quantity: f64,
    item_data: Map,
}

/// What was meant: the product that is sold, and the one that CoCart judges.
struct Meant<'a> {
    sold: &'a Product,
    judged: &'a Product,
    posted: Vec<(String, String)>,
}

/// `POST add-item`
pub(super) fn answer(visit: &mut Visit<'_>, params: &Params) -> Answer {
    let add = match checked(visit, params) {
        Ok(add) => add,
        Err(response) => return response.into(),
    };
    let before: Vec<String> = visit.cart.lines.iter().map(|line| line.key.clone()).collect();
    let refused = || cannot_add(add.judged);
    if add.quantity <= 0.0 {
        return refused().into();
    }
    let has_variations = matches!(add.named.kind, ProductType::Variable | ProductType::Variation);
    let added = if has_variations && add.product.kind != ProductType::Variation {
        Err(Refusal::no_variation_of(add.named))
    } else {
        visit.add_by_woocommerce(add.product, &add.variation, add.quantity, &add.item_data)
    };
    let key = match added {
        Ok(key) => key,
        Err(refusal) => {
            let notice = refusal.notice(&visit.settings().cart_url);
            visit.cart.add_notice(NoticeKind::Error, notice);
            return refused().into();
        }
    };
    // once by WooCommerce's hook, once by CoCart
    visit.calculate();
    visit.calculate();
    let new = (!before.contains(&key)).then_some(key.as_str());
    let response = if params.flag("return_cart") {
        Response::ok(returned_cart(visit, params, new))
    } else {
        match visit.cart.line(&key) {
            Some(line) => Response::ok(document::item(visit, line, new.is_some(), false)),
            None => refused(),
        }
    };
    let command = Command::AddItem(AddItem {
        id: add.product.id.to_string(),
        quantity: add.quantity,
        variation: add.variation.into_iter().collect(),
        item_data: add.item_data,
        ..AddItem::default()
    });
    Answer { added: vec![key], ..Answer::to_change(response, [command]) }
}

fn cannot_add(product: &Product) -> Response {
    error(Code::CannotAddToCart, format!("You cannot add \"{}\" to your cart.", product.name))
}

fn checked<'a>(visit: &Visit<'a>, params: &Params) -> Result<Addition<'a>, Response> {
    let quantity = match params.merged.get("quantity") {
        Some(_) => params.number("quantity").filter(|quantity| quantity.is_finite()),
        None => Some(1.0),
    };
    let quantity =
        quantity.ok_or_else(|| error(Code::QuantityNotNumeric, "Quantity must be numeric!"))?;
    let item_data = params.map("cart_item_data").unwrap_or_default();
    let named = find(visit, &params.text("product_id").unwrap_or_default())?;
    check_type(named)?;
    let Meant { sold, judged, posted } = meant(visit, named, params)?;
    if !visit.passes_rules(sold, &posted) {
        let message = "Product did not pass validation!";
        return Err(error(Code::ProductFailedValidation, message));
    }
    let quantity = if judged.sold_individually { 1.0 } else { quantity };
    let variation = if sold.kind == ProductType::Variation {
        visit.settle_attributes(sold, &posted).map_err(|_| cannot_add(judged))?
    } else {
        Vec::new()
    };
    if !visit.mirrors_oddities() && visit.would_be_second(sold, &variation, &item_data) {
        let message = format!("You cannot add another \"{}\" to your cart.", sold.name);
        return Err(error(Code::ProductSoldIndividually, message));
    }
    check_stock(visit, judged, quantity)?;
    Ok(Addition { named, product: sold, judged, variation, quantity, item_data })
}

/// The product of an id or a SKU, trashed ones included.
fn find<'a>(visit: &Visit<'a>, named: &str) -> Result<&'a Product, Response> {
    let named = named.trim();
    let by_sku = if number::is_numeric(named) { None } else { visit.shop.product_by_sku(named) };
    if let Some(product) = by_sku {
        return Ok(product);
    }
    let id = number::int_of(named);
    if id == 0 && (named.is_empty() || named == "0" || visit.shop.snapshot().complete) {
        return Err(error(Code::ProductIdRequired, "Product ID number is required!"));
    }
    product(visit, u64::try_from(id).unwrap_or(0))
}

fn product<'a>(visit: &Visit<'a>, id: u64) -> Result<&'a Product, Response> {
    let shop = visit.shop;
    shop.product(id).ok_or_else(|| {
        if shop.snapshot().complete {
            error(Code::ProductDoesNotExist, "This product does not exist!")
        } else {
            let message = "This product is not known here yet. Ask the shop for it and try again.";
            CartError::new(CartCode::ProductUnknown, message).into()
        }
    })
}

fn check_type(product: &Product) -> Result<(), Response> {
    if !matches!(product.kind, ProductType::External | ProductType::Grouped) {
        return Ok(());
    }
    let message = format!(
        "You cannot add \"{}\" to your cart as it is an \"{}\" product.",
        product.name,
        product.kind.name()
    );
    Err(error(Code::CannotAddProductType, message))
}

/// Which product or variation is meant, by `variation_id`, by its own id or by its attributes.
fn meant<'a>(
    visit: &Visit<'a>,
    named: &'a Product,
    params: &Params,
) -> Result<Meant<'a>, Response> {
    let has_variations = matches!(named.kind, ProductType::Variable | ProductType::Variation);
    let variation_id = params.id("variation_id").filter(|id| *id != 0 && has_variations);
    let judged = match variation_id {
        Some(id) => product(visit, id)?,
        None => named,
    };
    if judged.status == ProductStatus::Trash {
        let message = format!("Product \"{}\" no longer exists!", judged.name);
        return Err(error(Code::ProductDoesNotExist, message));
    }
    if !has_variations {
        return Ok(Meant { sold: judged, judged, posted: Vec::new() });
    }
    let posted = posted_attributes(&params.map("variation").unwrap_or_default());
    let (parent, sold) = match judged.kind {
        ProductType::Variable if variation_id.is_none() => {
            let id = visit.matching_variation(judged, &posted);
            (judged, id.and_then(|id| visit.shop.product(id)))
        }
        ProductType::Variation => (parent(visit, judged)?, Some(judged)),
        // no variation: WooCommerce will refuse it
        _ => (judged, Some(judged)),
    };
    // without a variation each attribute is judged as an "any"
    settled(parent, sold.map_or(&[], |variation| &variation.variation), &posted)?;
    let sold = sold.ok_or_else(|| error(Code::NoVariationFound, "No matching variation found."))?;
    // the recorded server judges the parent, and leaves the variation to WooCommerce
    let judged = if visit.mirrors_oddities() { judged } else { sold };
    Ok(Meant { sold, judged, posted })
}

fn parent<'a>(visit: &Visit<'a>, variation: &Product) -> Result<&'a Product, Response> {
    let parent = visit.shop.product(variation.parent_id);
    parent.filter(|parent| parent.status != ProductStatus::Trash).ok_or_else(|| {
        error(Code::InvalidParentProduct, "This product cannot be added to the cart.")
    })
}

fn check_stock(visit: &Visit<'_>, product: &Product, quantity: f64) -> Result<(), Response> {
    let Some(hindrance) = visit.hindrance(product, quantity) else { return Ok(()) };
    let name = &product.name;
    let (code, message) = match hindrance {
        Hindrance::NotForSale => {
            (Code::CannotBePurchased, "Sorry, this product cannot be purchased.".to_owned())
        }
        Hindrance::SoldOut => (
            Code::ProductOutOfStock,
            format!("You cannot add \"{name}\" to the cart because the product is out of stock."),
        ),
        Hindrance::TooFew => (
            Code::NotEnoughInStock,
            format!(
                "You cannot add a quantity of {} for \"{name}\" to the cart because there is not enough stock. - only {} remaining!",
                number::text14(quantity),
                visit.shown_stock(product)
            ),
        ),
        Hindrance::TooFewWithCart(in_cart) => {
            let message = visit.too_many(product, in_cart);
            (Code::NotEnoughStockRemaining, visit.error_text(&message))
        }
    };
    Err(error(code, message))
}
