//! The catalogue's routes of API v1 and v2 (`spec/cocart-v2.md` 7, `spec/cocart-v1.md` 1).

mod args;
mod dates;
mod document;
mod images;
mod order;
mod paging;
mod parts;
mod query;
mod terms;
mod v1;

use super::{Asked, Method, Response, Routed};
use crate::cart::{Cart, Visit};
use crate::map;
use crate::store::{Catalogue, Details, Product, ProductStatus, ProductType};
use crate::value::{Map, Value};
use paging::{Neighbours, Page};
use query::Source;
use terms::Taxonomy;

/// What an answer is made with.
struct Room<'a> {
    asked: &'a Asked<'a>,
    /// A visitor's view of the shop: these routes do not load the cart.
    visit: Visit<'a>,
    catalogue: &'a Catalogue,
    /// What is known of a product that the catalogue says nothing of.
    nothing: Details,
    version: &'a str,
    /// The parameters of the route.
    declared: &'static [(&'static str, args::Rule, bool)],
}

impl Room<'_> {
    fn details(&self, product: &Product) -> &Details {
        self.catalogue.details(product.id).unwrap_or(&self.nothing)
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
    let is_number = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let is_key =
        |part: &str| part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    let declared = match path {
        [] | [_, "variations"] => args::PRODUCTS,
        ["categories" | "tags"] | ["attributes", _, "terms"] => args::TERMS,
        ["reviews"] if asked.method == Method::Post => &[],
        ["reviews", ..] => args::REVIEWS,
        _ => args::ONE,
    };
    // what a browser asks before; WordPress's description of these routes is the shop's
    let is_preflight = asked.method == Method::Options
        && asked.request.header("Access-Control-Request-Headers").is_some();
    let reads = matches!(asked.method, Method::Get | Method::Head) || is_preflight;
    let is_route = match path {
        [] | ["categories" | "tags" | "attributes"] => reads,
        ["reviews"] => reads || asked.method == Method::Post,
        ["categories" | "tags" | "attributes" | "reviews", id] => reads && is_number(id),
        ["attributes", id, "terms"] | [id, "variations"] => reads && is_number(id),
        ["attributes", id, "terms", term] | [id, "variations", term] => {
            reads && is_number(id) && is_number(term)
        }
        [id] => reads && (is_number(id) || version == "v2" && is_key(id)),
        _ => false,
    };
    if !is_route {
        return None;
    }
    if is_preflight {
        let preflight = Response { body: None, ..Response::ok(Value::Null) };
        return Some(Routed::new(preflight, "GET"));
    }
    let Some(catalogue) = &asked.shop.snapshot().catalogue else {
        return Some(known_by_the_shop());
    };
    if let Err(response) = args::check(&asked.params.merged, declared) {
        return Some(Routed::new(response, "GET"));
    }
    let mut visitor = match &cart.account {
        Some(account) => Cart::of_account(account.clone()),
        None => Cart::new(cart.key.clone()),
    };
    let visit = Visit::open(asked.shop, asked.profile, &mut visitor, asked.now);
    let nothing = Details::default();
    let room = Room { asked, visit, catalogue, nothing, version, declared };
    let allowed = |response: Response| Routed::new(response, "GET");
    Some(match path {
        [] => allowed(list(&room, Source::Products, "products")),
        ["categories"] => allowed(terms::list(&room, Taxonomy::Categories)),
        ["tags"] => allowed(terms::list(&room, Taxonomy::Tags)),
        ["attributes"] => allowed(terms::attributes(&room)),
        ["categories", id] => found(terms::one(&room, Taxonomy::Categories, id)),
        ["tags", id] => found(terms::one(&room, Taxonomy::Tags, id)),
        ["attributes", id, rest @ ..] => attribute(&room, id, rest),
        ["reviews", rest @ ..] => reviews(&room, rest),
        [id, "variations"] => {
            let parent = Source::Variations(id.parse().unwrap_or(0));
            allowed(list(&room, parent, &format!("products/{id}/variations")))
        }
        [parent, "variations", id] if version == "v2" => found(variation(&room, parent, id)),
        [parent, "variations", id] => allowed(variation(&room, parent, id)),
        [id, ..] => allowed(single(&room, id)),
    })
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
fn product_document(room: &Room<'_>, product: &Product, source: Source) -> Map {
    let is_sibling = matches!(source, Source::Variations(_));
    let mut document = match (room.version, is_sibling) {
        ("v1", true) => v1::variation(room, product),
        ("v1", false) => v1::product(room, product),
        _ => document::product(room, product),
    };
    let links = if is_sibling {
        document::variation_links(room, product)
    } else {
        document::product_links(room, product)
    };
    document.push("_links", links);
    document
}

fn list(room: &Room<'_>, source: Source, path: &str) -> Response {
    let all = query::find(room, source);
    let page = Page::asked(&room.asked.params.merged);
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
        shown.map(|product| product_document(room, product, source).into()).collect();
    let neighbours = Neighbours::of(room, path, &page, total);
    let mut response = if room.version == "v1" || source != Source::Products {
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

fn single(room: &Room<'_>, id: &str) -> Response {
    let shop = room.visit.shop;
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
        Some(product) => Response::ok(product_document(room, product, Source::Products)),
        None => invalid_id("cocart_product_invalid_id"),
    }
}

/// v1 does not ask whose variation it is.
fn variation(room: &Room<'_>, parent: &str, id: &str) -> Response {
    let found = id.parse().ok().and_then(|id| room.visit.shop.product(id)).filter(|product| {
        product.kind == ProductType::Variation
            && (room.version == "v1" || product.parent_id.to_string() == parent)
            && is_published(product)
    });
    match found {
        Some(product) => {
            Response::ok(product_document(room, product, Source::Variations(product.parent_id)))
        }
        None => invalid_id("cocart_product_variation_invalid_id"),
    }
}

fn invalid_id(code: &str) -> Response {
    Response::error(404, code, "Invalid ID.")
}

fn attribute(room: &Room<'_>, id: &str, rest: &[&str]) -> Routed {
    let all = &room.catalogue.attributes;
    let known = all.iter().find(|attribute| attribute.id.to_string() == id);
    found(match (known, rest) {
        (Some(attribute), []) => terms::attribute(room, attribute),
        (Some(attribute), ["terms"]) => terms::list(room, Taxonomy::Attribute(attribute)),
        (Some(attribute), ["terms", term]) => {
            terms::one(room, Taxonomy::Attribute(attribute), term)
        }
        (None, []) => Response::error(404, "cocart_attribute_invalid", "Attribute does not exist."),
        _ => Response::error(404, "cocart_taxonomy_invalid", "Taxonomy does not exist."),
    })
}

/// Reviews belong to the shop: shoppers only learn how many there are, and may write none.
fn reviews(room: &Room<'_>, rest: &[&str]) -> Routed {
    if room.asked.method == Method::Post
        && let Err(response) = room.asked.params.check(args::NEW_REVIEW)
    {
        return Routed::new(response, "GET");
    }
    let account = room.visit.cart.account.as_ref();
    if account.is_some_and(|account| account.can_edit_products) {
        return known_by_the_shop();
    }
    if room.asked.method == Method::Post {
        let text = "Sorry, you are not allowed to create a review for this product.";
        return Routed::new(Response::error(403, "cocart_cannot_create", text), "GET");
    }
    if !rest.is_empty() {
        let text = "Sorry, this product review does not exist.";
        return found(Response::error(404, "cocart_cannot_view_review", text));
    }
    let posted = &room.asked.params.merged;
    let of = posted.get("product").map(args::ids).unwrap_or_default();
    let counted = room.catalogue.details.iter().filter(|d| of.is_empty() || of.contains(&d.id));
    let total: u32 = counted.map(|details| details.rating_count).sum();
    let total = usize::try_from(total).unwrap_or(0);
    let page = Page::asked(posted);
    let mut response = Response::ok(Value::empty_array());
    Neighbours::of(room, "products/reviews", &page, total).put(&mut response, &page, total);
    Routed::new(response, "GET")
}
