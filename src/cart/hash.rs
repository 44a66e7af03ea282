//! `cart_hash`: the md5 of the session's cart as PHP's JSON, and the total
//! (`spec/woocommerce-cart.md` 7.1).

use super::lines::Version;
use super::totals::by_rate;
use super::{Cart, Line};
use crate::map;
use crate::value::Map;
use crate::woo::{identity, php_json};
use std::sync::Arc;

/// What a cart's hash is made from, kept until somebody asks for it: nobody may, and it costs more
/// than all the rest of an answer.
#[derive(Clone, Debug)]
pub struct CartHash {
    lines: Arc<Version>,
    total: Arc<str>,
}

/// Two are the same where nothing changed between them.
impl PartialEq for CartHash {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.lines, &other.lines) && self.total == other.total
    }
}

impl Cart {
    /// The hash of the cart as it stands; `None` for an empty one.
    pub fn hash(&mut self) -> Option<CartHash> {
        if self.lines.is_empty() {
            return None;
        }
        let total = self.totals.as_ref().map_or("0", |totals| totals.total.as_str()).into();
        Some(CartHash { lines: self.lines.version(), total })
    }
}

impl CartHash {
    /// The hash in hexadecimal digits. `cart` is the one it was taken of, whatever became of it.
    pub fn text(&self, cart: &Cart) -> String {
        let lines = self.lines.lines(&cart.lines);
        let mut json = String::with_capacity(lines.len() * 480);
        for (at, line) in lines.iter().enumerate() {
            json.push(if at == 0 { '{' } else { ',' });
            json.push_str(line.memo.stored(|| entry(line)));
        }
        json.push('}');
        json.push_str(&self.total);
        identity::md5_hex(&json)
    }
}

/// `"key":{…}`
fn entry(line: &Line) -> String {
    let mut json = String::with_capacity(480);
    php_json::write_text(&mut json, &line.key);
    json.push(':');
    php_json::write_map(&mut json, &line.stored(false));
    json
}

impl Line {
    /// The line as the session stores it; its own names win over item data of the same name. A
    /// line that this very request added has its product, PHP's empty object, before its hash.
    pub(crate) fn stored(&self, is_new: bool) -> Map {
        let mut map = self.item_data.clone();
        let variation: Map = self.variation.iter().map(|(k, v)| (k.clone(), v.as_str())).collect();
        let id = |id: u64| i64::try_from(id).unwrap_or(0);
        map.insert("key", self.key.as_str());
        map.insert("product_id", id(self.product_id));
        map.insert("variation_id", id(self.variation_id));
        map.insert("variation", variation.or_empty_array());
        map.insert("quantity", self.quantity);
        if is_new {
            map.insert("data", Map::new());
        }
        map.insert("data_hash", self.data_hash.as_str());
        if let Some(totals) = &self.totals {
            let (subtotal, total) = (by_rate(&totals.subtotal_taxes), by_rate(&totals.total_taxes));
            map.insert("line_tax_data", map! { "subtotal": subtotal, "total": total });
            map.insert("line_subtotal", totals.subtotal);
            map.insert("line_subtotal_tax", totals.subtotal_tax);
            map.insert("line_total", totals.total);
            map.insert("line_tax", totals.tax);
        }
        map
    }
}
