//! Categories, tags, attributes and their terms (`spec/cocart-v2.md` 7.3).

use super::args::{ids, whole};
use super::document::{link, self_link};
use super::paging::{Neighbours, Page};
use super::{Context, images};
use crate::api::Response;
use crate::api::params::text_of;
use crate::map;
use crate::store::{Attribute, Product, Term};
use crate::value::{Map, Value};
use crate::woo::{find, sort, text};

/// What terms belong to.
#[derive(Clone, Copy)]
pub(super) enum Taxonomy<'a> {
    Categories,
    Tags,
    Attribute(&'a Attribute),
}

impl Taxonomy<'_> {
    fn path(self) -> String {
        match self {
            Self::Categories => "products/categories".to_owned(),
            Self::Tags => "products/tags".to_owned(),
            Self::Attribute(attribute) => format!("products/attributes/{}/terms", attribute.id),
        }
    }
}

/// The list of a taxonomy's terms.
pub(super) fn list(context: &Context<'_>, taxonomy: Taxonomy<'_>) -> Response {
    let posted = &context.asked.params.merged;
    let mut found: Vec<&Term> = all(context, taxonomy)
        .iter()
        .filter(|term| lets_through(context, taxonomy, posted, term))
        .collect();
    sort(posted, &mut found);
    let total = found.len();
    let page = Page::asked(posted).by_start();
    let shown = page.cut(found).into_iter().map(|term| document(context, taxonomy, term).into());
    let mut response = Response::ok(shown.collect::<Vec<Value>>());
    Neighbours::of(context, &taxonomy.path(), &page, total).put(&mut response, &page, total);
    response
}

fn all<'t>(context: &'t Context<'_>, taxonomy: Taxonomy<'t>) -> &'t [Term] {
    match taxonomy {
        Taxonomy::Categories => &context.catalogue.categories,
        Taxonomy::Tags => &context.catalogue.tags,
        Taxonomy::Attribute(attribute) => &attribute.terms,
    }
}

/// One term.
pub(super) fn one(context: &Context<'_>, taxonomy: Taxonomy<'_>, id: &str) -> Response {
    let found = all(context, taxonomy).iter().find(|term| term.id.to_string() == id);
    match found {
        Some(term) => Response::ok(document(context, taxonomy, term)),
        None => Response::error(404, "cocart_term_invalid", "Term does not exist."),
    }
}

fn lets_through(context: &Context<'_>, taxonomy: Taxonomy<'_>, posted: &Map, term: &Term) -> bool {
    let listed = |name: &str| posted.get(name).map(ids).filter(|ids| !ids.is_empty());
    let id = u64::from(term.id);
    let words = |name: &str| posted.get(name).and_then(text_of).filter(|text| !text.is_empty());
    // who asks for a product's terms asks for nothing else
    if let Some(product) = posted.get("product").and_then(whole).filter(|id| *id != 0) {
        let product = u64::try_from(product).ok().and_then(|id| context.visit.shop.product(id));
        return product.is_some_and(|product| has(context, taxonomy, product, term));
    }
    let parent = posted.get("parent").and_then(whole).map(i64::abs);
    // nothing is left out of what is listed
    let is_listed = match listed("include") {
        Some(ids) => ids.contains(&id),
        None => listed("exclude").is_none_or(|ids| !ids.contains(&id)),
    };
    is_listed
        && words("slug").is_none_or(|slug| term.slug == text::slug(&slug))
        && words("search").is_none_or(|search| {
            let search = text::folded(&search);
            find::contains(&text::folded(&term.name), &search)
                || find::contains(&term.slug, &search)
        })
        && (!context.asked.params.flag("hide_empty") || term.count > 0)
        && (!matches!(taxonomy, Taxonomy::Categories)
            || parent.is_none_or(|parent| i64::from(term.parent) == parent))
}

fn has(context: &Context<'_>, taxonomy: Taxonomy<'_>, product: &Product, term: &Term) -> bool {
    match taxonomy {
        Taxonomy::Categories => product.category_ids.contains(&term.id),
        Taxonomy::Tags => context.details(product).tag_ids.contains(&term.id),
        Taxonomy::Attribute(attribute) => product
            .attributes
            .iter()
            .filter(|own| own.slug == attribute.slug)
            .any(|own| own.options.iter().any(|option| option.value == term.slug)),
    }
}

fn sort(posted: &Map, terms: &mut Vec<&Term>) {
    let words = |name: &str| posted.get(name).and_then(text_of).unwrap_or_default();
    let included = posted.get("include").map(ids).unwrap_or_default();
    sort::stable_sort(terms, |a, b| match words("orderby").as_str() {
        "id" => a.id.cmp(&b.id),
        "slug" => a.slug.cmp(&b.slug),
        "description" => text::folded(&a.description).cmp(&text::folded(&b.description)),
        "count" => a.count.cmp(&b.count),
        "term_group" => std::cmp::Ordering::Equal,
        "include" => {
            let at = |term: &Term| included.iter().position(|id| *id == u64::from(term.id));
            at(a).cmp(&at(b))
        }
        _ => text::folded(&a.name).cmp(&text::folded(&b.name)),
    });
    if words("order") == "desc" {
        *terms = std::mem::take(terms).into_iter().rev().collect();
    }
}

fn document(context: &Context<'_>, taxonomy: Taxonomy<'_>, term: &Term) -> Map {
    let mut out = map! {
        "id": i64::from(term.id),
        "name": term.name.as_str(),
        "slug": term.slug.as_str(),
    };
    let is_category = matches!(taxonomy, Taxonomy::Categories);
    if is_category {
        out.push("parent", i64::from(term.parent));
    }
    out.push("description", term.description.as_str());
    if is_category {
        out.push("display", term.display.as_str());
        out.push(
            "image",
            term.image.as_ref().map_or(Value::Null, |image| {
                let mut document = images::document(context, image);
                document.insert("src", image.src.as_str());
                document.into()
            }),
        );
    }
    if !matches!(taxonomy, Taxonomy::Tags) {
        out.push("menu_order", term.menu_order);
    }
    out.push("count", i64::from(term.count));
    let list = context.rest_url(&taxonomy.path());
    let mut links = map! {
        "self": vec![self_link(context, None, format!("{list}/{}", term.id))],
        "collection": vec![link(None, list.clone())],
    };
    if term.parent != 0 {
        links.push("up", vec![link(None, format!("{list}/{}", term.parent))]);
    }
    out.push("_links", links);
    out
}

/// The list of global attributes.
pub(super) fn attributes(context: &Context<'_>) -> Response {
    let all = &context.catalogue.attributes;
    let list = all.iter().map(|attribute| attribute_document(context, attribute).into());
    let mut response = Response::ok(list.collect::<Vec<Value>>());
    // attributes come on one page
    response.add_header("X-WP-Total", all.len().to_string());
    response.add_header("X-WP-TotalPages", "1");
    response
}

/// One global attribute.
pub(super) fn attribute(context: &Context<'_>, attribute: &Attribute) -> Response {
    Response::ok(attribute_document(context, attribute))
}

fn attribute_document(context: &Context<'_>, attribute: &Attribute) -> Map {
    let list = context.rest_url("products/attributes");
    map! {
        "id": i64::from(attribute.id),
        "name": attribute.name.as_str(),
        "slug": attribute.slug.as_str(),
        "type": attribute.kind.as_str(),
        "order_by": attribute.order_by.as_str(),
        "has_archives": attribute.has_archives,
        "_links": map! {
            "self": vec![self_link(context, None, format!("{list}/{}", attribute.id))],
            "collection": vec![link(None, list)],
        },
    }
}
