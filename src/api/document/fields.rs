//! The `fields` parameter: which parts of the cart are asked for (`spec/cocart-v2.md` 2.7).

use crate::cart::extras::CART;
use crate::value::{Map, Value};
use crate::woo::text;

/// A parsed `fields` parameter: parents with the children asked for, in the order asked.
#[derive(Clone, Debug)]
pub(in crate::api) struct Fields(Vec<(String, Vec<String>)>);

impl Fields {
    /// Parses `customer:billing_address,totals:subtotal-total`; unknown names are dropped. Only
    /// these two have children, and only `totals` more than one of them at a time.
    pub(in crate::api) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text::is_empty(text) {
            return None;
        }
        let entries = text.split(',').map(|entry| {
            let mut parts = entry.split(':');
            let parent = parts.next().unwrap_or_default();
            let children = parts.next().filter(|children| !text::is_empty(children));
            let children: Vec<String> = match (parent, children) {
                ("totals", Some(children)) => children.split('-').map(str::to_owned).collect(),
                ("customer", Some(child)) => vec![child.to_owned()],
                _ => Vec::new(),
            };
            (parent.to_owned(), children)
        });
        Some(Self(entries.filter(|(parent, _)| CART.contains(&parent.as_str())).collect()))
    }

    pub(super) fn wants(&self, parent: &str) -> bool {
        self.0.iter().any(|(own, _)| own == parent)
    }

    /// The parts in the order they were asked for, cut down to the children asked for.
    pub(super) fn in_asked_order(&self, document: &Map) -> Map {
        let mut shown = Map::new();
        for (parent, children) in &self.0 {
            let Some(whole) = document.get(parent) else { continue };
            if children.is_empty() {
                shown.insert(parent.clone(), whole.clone());
                continue;
            }
            let mut part = shown.get(parent).and_then(Value::as_object).cloned();
            for child in children {
                if let Some(value) = whole.get(child) {
                    part.get_or_insert_default().insert(child.clone(), value.clone());
                }
            }
            if let Some(part) = part {
                shown.insert(parent.clone(), part);
            }
        }
        shown
    }
}
