//! Pages of a list: which part is shown, and the links to the neighbours.

use super::Context;
use super::args::{cleaned, whole};
use crate::api::params::text_of;
use crate::api::{Response, params};
use crate::map;
use crate::value::{Map, Value};
use crate::woo::{builtin, find, php_query};
use std::num::NonZeroUsize;

/// What is shown of a list.
pub(super) struct Page {
    pub(super) number: usize,
    size: NonZeroUsize,
    offset: Option<usize>,
}

impl Page {
    /// The page asked for, ten a page by default.
    pub(super) fn asked(posted: &Map) -> Self {
        let number = |name: &str| usize::try_from(whole(posted.get(name)?)?.unsigned_abs()).ok();
        Self {
            number: number("page").unwrap_or(1).max(1),
            size: NonZeroUsize::new(number("per_page").unwrap_or(10)).unwrap_or(NonZeroUsize::MIN),
            offset: number("offset"),
        }
    }

    /// The first element shown.
    fn start(&self) -> usize {
        self.offset.unwrap_or_else(|| (self.number - 1).saturating_mul(self.size.get()))
    }

    /// How many there are, as far as the database tells: nobody counts from behind the end on.
    pub(super) fn known(&self, total: usize) -> usize {
        if self.offset.is_some_and(|offset| offset >= total) { 0 } else { total }
    }

    /// The part that is shown.
    pub(super) fn cut<T>(&self, list: Vec<T>) -> Vec<T> {
        list.into_iter().skip(self.start()).take(self.size.get()).collect()
    }

    /// How many pages there are.
    pub(super) fn count(&self, total: usize) -> usize {
        total.div_ceil(self.size.get())
    }

    /// The page that terms count from, where an offset moves them.
    pub(super) fn by_start(self) -> Self {
        let number = match self.offset.filter(|offset| *offset > 0) {
            Some(offset) => offset.div_ceil(self.size.get()) + 1,
            None => self.number,
        };
        Self { number, ..self }
    }
}

/// The neighbours of a page.
pub(super) struct Neighbours {
    prev: Option<String>,
    next: Option<String>,
}

impl Neighbours {
    /// The neighbours of the page that `context` was asked for, whose list is at `path`.
    pub(super) fn of(context: &Context<'_>, path: &str, page: &Page, total: usize) -> Self {
        let pages = page.count(total);
        let link = |number: usize| address(context, path, number);
        Self {
            prev: (page.number > 1).then(|| link((page.number - 1).min(pages))),
            next: (pages > page.number).then(|| link(page.number + 1)),
        }
    }

    /// The `_links` of a document; `None` where there are none.
    pub(super) fn document(&self) -> Option<Map> {
        let mut links = Map::new();
        for (name, address) in [("prev", &self.prev), ("next", &self.next)] {
            if let Some(address) = address {
                let link = map! { "href": address.as_str() };
                links.push(name, Value::from(vec![link.into()]));
            }
        }
        (!links.is_empty()).then_some(links)
    }

    /// Puts the headers of a list on its answer.
    pub(super) fn put(&self, response: &mut Response, page: &Page, total: usize) {
        response.add_header("X-WP-Total", total.to_string());
        response.add_header("X-WP-TotalPages", page.count(total).to_string());
        let links: Vec<String> = [("prev", &self.prev), ("next", &self.next)]
            .into_iter()
            .filter_map(|(name, address)| {
                address.as_ref().map(|address| format!("<{address}>; rel=\"{name}\""))
            })
            .collect();
        if !links.is_empty() {
            response.add_header("Link", find::join(&links, ", "));
        }
    }
}

/// The address of another page: the query as it was asked, as WordPress writes it.
fn address(context: &Context<'_>, path: &str, number: usize) -> String {
    let query =
        params::nested(context.asked.request.query.iter().map(|(k, v)| (k.as_str(), v.as_str())));
    let mut raw: Vec<String> = Vec::new();
    for (name, value) in query.iter() {
        if let Some(value) = cleaned(name, value, context.declared) {
            flatten(name, &value, &mut raw);
        }
    }
    // WordPress joins the values as they are and reads the outcome again
    let mut pairs = builtin::form(&find::join(&raw, "&"));
    match pairs.iter_mut().find(|(name, _)| name == "page") {
        Some((_, value)) => *value = number.to_string(),
        None => pairs.push(("page".to_owned(), number.to_string())),
    }
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(name, value)| {
            let name = find::replace(&find::replace(name, "[", "%5B"), "]", "%5D");
            format!("{name}={}", php_query::encode(value))
        })
        .collect();
    format!("{}?{}", context.rest_url(path), find::join(&pairs, "&"))
}

fn flatten(name: &str, value: &Value, out: &mut Vec<String>) {
    match value {
        Value::Array(list) => {
            for (at, element) in list.iter().enumerate() {
                flatten(&format!("{name}[{at}]"), element, out);
            }
        }
        Value::Object(map) => {
            for (key, element) in map.iter() {
                flatten(&format!("{name}[{key}]"), element, out);
            }
        }
        other => {
            if let Some(text) = text_of(other) {
                out.push(format!("{name}={text}"));
            }
        }
    }
}
