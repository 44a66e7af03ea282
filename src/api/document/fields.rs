//! The `fields` parameter: which parts of the cart are asked for (`spec/cocart-v2.md` 2.7).

use crate::cart::extras::CART;
use crate::value::{Map, Value};

/// A parsed `fields` parameter: parents with the children asked for, in the order asked.
#[derive(Clone, Debug)]
pub(in crate::api) struct Fields(Vec<(String, Vec<String>)>);

impl Fields {
    /// Parses `customer:billing_address,totals:subtotal-total`; unknown names are dropped.
    pub(in crate::api) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let entries = text.split(',').map(|entry| match entry.split_once(':') {
            Some((parent, children)) => {
                (parent.to_owned(), children.split('-').map(str::to_owned).collect())
            }
            None => (entry.to_owned(), Vec::new()),
        });
        Some(Self(entries.filter(|(parent, _)| CART.contains(&parent.as_str())).collect()))
    }

    pub(super) fn wants(&self, parent: &str) -> bool {
        self.0.iter().any(|(own, _)| own == parent)
    }

    /// Puts the parts in the order they were asked for.
    pub(super) fn in_asked_order(&self, document: &Map) -> Map {
        let parts = self
            .0
            .iter()
            .filter_map(|(parent, _)| Some((parent.clone(), document.get(parent)?.clone())));
        parts.collect()
    }

    /// Cuts a finished part down to the children asked for.
    pub(super) fn cut(&self, parent: &str, value: Value) -> Value {
        let children = self.0.iter().find(|(own, _)| own == parent).map(|(_, c)| c.as_slice());
        match (children, value.as_object()) {
            (Some(children), Some(map))
                if !children.is_empty() && matches!(parent, "customer" | "totals") =>
            {
                let kept: Map = children
                    .iter()
                    .filter_map(|child| Some((child.clone(), map.get(child)?.clone())))
                    .collect();
                kept.into()
            }
            _ => value,
        }
    }
}
