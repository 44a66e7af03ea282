//! The catalogue's routes of API v1 and v2 (`spec/cocart-v2.md` 7, `spec/cocart-v1.md` 1).

mod args;
mod attributes;
mod dates;
mod document;
mod images;
mod order;
mod paging;
mod parts;
mod prices;
mod query;
mod route;
mod stock;
mod terms;
mod v1;

use super::{Asked, Method, Response, Routed};
use crate::cart::{Cart, Visit};
use crate::map;
use crate::store::{Attribute, Catalogue, Details, Product, ProductStatus, ProductType};
use crate::value::{Map, Value};
use args::Declaration;
use paging::{Neighbours, Page};
use query::Source;
use route::Route;
use terms::Taxonomy;

/// What a route's answer is made from.
struct Context<'a> {
    asked: &'a Asked<'a>,
    /// A visitor's view of the shop: these routes do not load the cart.
    visit: Visit<'a>,
    catalogue: &'a Catalogue,
    /// What is known of a product that the catalogue says nothing of.
    no_details: Details,
    version: &'a str,
    /// The parameters of the route.
    declared: Declaration,
}

impl Context<'_> {
    fn details(&self, product: &Product) -> &Details {
        self.catalogue.details(product.id).unwrap_or(&self.no_details)
    }

    /// A route's address.
    fn rest_url(&self, path: &str) -> String {
        // carts are filled by v2 alone
        let version = if path.starts_with("cart/") { "v2" } else { self.version };
        format!("{}/wp-json/cocart/{version}/{path}", self.visit.shop.snapshot().store.home_url)
    }

    fn product_url(&self, id: u64) -> String {
        self.rest_url(&format!("products/{id}"))
    }
}

/// Answers a route below `products`; `path` is what follows that word.
pub(super) fn answer(
    asked: &Asked<'_>,
    cart: &mut Cart,
    version: &str,
    path: &[&str],
) -> Option<Routed> {
    let route = Route::find(path, version)?;
    // WordPress's description of these routes is the shop's
    if asked.method == Method::Options && asked.request.is_preflight() {
        return Some(Routed::new(Response::empty(), "GET"));
    }
    let reads = matches!(asked.method, Method::Get | Method::Head);
    if !reads && !route.takes(asked.method) {
        return None;
    }
    let Some(catalogue) = &asked.shop.snapshot().catalogue else {
        return Some(known_by_the_shop());
    };
    let declared = if reads { route.args() } else { Declaration::NONE };
    if let Err(response) = args::check(&asked.params.merged, declared) {
        return Some(Routed::new(response, "GET"));
    }
    let mut visitor = match &cart.account {
        Some(account) => Cart::of_account(account.clone()),
        None => Cart::new(cart.key.clone()),
    };
    let visit = Visit::open(asked.shop, asked.profile, &mut visitor, asked.now);
    let no_details = Details::default();
    let context = Context { asked, visit, catalogue, no_details, version, declared };
    Some(answer_route(&context, route))
}

fn answer_route(context: &Context<'_>, route: Route<'_>) -> Routed {
    let allowed = |response: Response| Routed::new(response, "GET");
    match route {
        Route::Products => allowed(list(context, Source::Products, "products")),
        Route::Product(id) => {
            // WordPress looks into the path last
            let posted = context.asked.params.text("id");
            allowed(single(context, posted.as_deref().unwrap_or(id)))
        }
        Route::Variations { product } => {
            let source = Source::Variations(product.parse().unwrap_or(0));
            allowed(list(context, source, &format!("products/{product}/variations")))
        }
        Route::Variation { product, id } if context.version == "v1" => {
            allowed(variation(context, product, id))
        }
        Route::Variation { product, id } => found(variation(context, product, id)),
        Route::Categories => allowed(terms::list(context, Taxonomy::Categories)),
        Route::Category(id) => found(terms::one(context, Taxonomy::Categories, id)),
        Route::Tags => allowed(terms::list(context, Taxonomy::Tags)),
        Route::Tag(id) => found(terms::one(context, Taxonomy::Tags, id)),
        Route::Attributes => allowed(terms::attributes(context)),
        Route::Attribute(id) => found(match attribute(context, id) {
            Some(attribute) => terms::attribute(context, attribute),
            None => Response::error(404, "cocart_attribute_invalid", "Attribute does not exist."),
        }),
        Route::AttributeTerms { attribute: of } => found(match attribute(context, of) {
            Some(attribute) => terms::list(context, Taxonomy::Attribute(attribute)),
            None => no_taxonomy(),
        }),
        Route::AttributeTerm { attribute: of, id } => found(match attribute(context, of) {
            Some(attribute) => terms::one(context, Taxonomy::Attribute(attribute), id),
            None => no_taxonomy(),
        }),
        Route::Reviews => reviews(context, true),
        Route::Review => reviews(context, false),
    }
}

/// Without the catalogue's part of the snapshot nothing can be said: the caller has to ask the
/// shop.
fn known_by_the_shop() -> Routed {
    let text = "The catalogue is not known here. Ask the shop for it and try again.";
    Routed::new(Response::error(503, "cocart_wasm_product_unknown", text), "")
}

/// An answer whose methods are only told where it was found.
fn found(response: Response) -> Routed {
    let allow = if response.status == 200 { "GET" } else { "" };
    Routed::new(response, allow)
}

fn is_published(product: &Product) -> bool {
    product.status == ProductStatus::Publish
}

/// The document of a product in the list it is asked from.
fn product_document(context: &Context<'_>, product: &Product, source: Source) -> Map {
    let is_sibling = matches!(source, Source::Variations(_));
    let mut document = match (context.version, is_sibling) {
        ("v1", true) => v1::variation(context, product),
        ("v1", false) => v1::product(context, product),
        _ => document::product(context, product),
    };
    let links = if is_sibling {
        document::variation_links(context, product)
    } else {
        document::product_links(context, product)
    };
    document.push("_links", links);
    document
}

fn list(context: &Context<'_>, source: Source, path: &str) -> Response {
    let all = query::find(context, source);
    let page = Page::asked(&context.asked.params.merged);
    let total = page.known(all.len());
    if total > 0 && page.number > page.count(total) {
        return Response::error(
            400,
            "cocart_products_invalid_page_number",
            "The page number requested is larger than the number of products available.",
        );
    }
    let shown = page.cut(all).into_iter();
    let documents: Vec<Value> =
        shown.map(|product| product_document(context, product, source).into()).collect();
    let neighbours = Neighbours::of(context, path, &page, total);
    let mut response = if context.version == "v1" || source != Source::Products {
        Response::ok(documents)
    } else {
        let number = |n: usize| i64::try_from(n).unwrap_or(0);
        let mut document = map! {
            "products": documents,
            "page": number(page.number),
            "total_pages": number(page.count(total)),
            "total_products": number(total),
        };
        if let Some(links) = neighbours.document() {
            document.push("_links", links);
        }
        Response::ok(document)
    };
    neighbours.put(&mut response, &page, total);
    response
}

fn single(context: &Context<'_>, id: &str) -> Response {
    let shop = context.visit.shop;
    let is_number = id.chars().all(|c| c.is_ascii_digit());
    let product = if is_number {
        id.parse().ok().and_then(|id| shop.product(id))
    } else {
        match shop.product_by_sku(id) {
            Some(product) => Some(product),
            None => {
                return Response::error(
                    404,
                    "cocart_unknown_product_id",
                    "Product does not exist! Check that you have submitted a product ID or SKU ID correctly for a product that exists.",
                );
            }
        }
    };
    match product.filter(|product| is_published(product)) {
        Some(product) => Response::ok(product_document(context, product, Source::Products)),
        None => invalid_id("cocart_product_invalid_id"),
    }
}

/// v1 asks neither whose variation it is nor whether it is one.
fn variation(context: &Context<'_>, parent: &str, id: &str) -> Response {
    let is_asked_for = |product: &&Product| {
        let is_its = || product.parent_id.to_string() == parent;
        is_published(product)
            && (context.version == "v1" || product.kind == ProductType::Variation && is_its())
    };
    let found = id.parse().ok().and_then(|id| context.visit.shop.product(id)).filter(is_asked_for);
    match found {
        Some(product) => {
            Response::ok(product_document(context, product, Source::Variations(product.parent_id)))
        }
        None => invalid_id("cocart_product_variation_invalid_id"),
    }
}

fn invalid_id(code: &str) -> Response {
    Response::error(404, code, "Invalid ID.")
}

fn attribute<'c>(context: &Context<'c>, id: &str) -> Option<&'c Attribute> {
    context.catalogue.attributes.iter().find(|attribute| attribute.id.to_string() == id)
}

fn no_taxonomy() -> Response {
    Response::error(404, "cocart_taxonomy_invalid", "Taxonomy does not exist.")
}

/// Reviews belong to the shop: shoppers only learn how many there are, and may write none.
fn reviews(context: &Context<'_>, all: bool) -> Routed {
    if context.asked.method == Method::Post
        && let Err(response) = context.asked.params.check(args::NEW_REVIEW)
    {
        return Routed::new(response, "GET");
    }
    let account = context.visit.cart.account.as_ref();
    if account.is_some_and(|account| account.can_edit_products) {
        return known_by_the_shop();
    }
    if context.asked.method == Method::Post {
        let text = "Sorry, you are not allowed to create a review for this product.";
        return Routed::new(Response::error(403, "cocart_cannot_create", text), "GET");
    }
    if !all {
        let text = "Sorry, this product review does not exist.";
        return found(Response::error(404, "cocart_cannot_view_review", text));
    }
    let posted = &context.asked.params.merged;
    let of = posted.get("product").map(args::ids).unwrap_or_default();
    let counted = context.catalogue.details.iter().filter(|d| of.is_empty() || of.contains(&d.id));
    let total: u32 = counted.map(|details| details.rating_count).sum();
    let total = usize::try_from(total).unwrap_or(0);
    let page = Page::asked(posted);
    let mut response = Response::ok(Value::empty_array());
    Neighbours::of(context, "products/reviews", &page, total).put(&mut response, &page, total);
    Routed::new(response, "GET")
}
