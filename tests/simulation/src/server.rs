//! A CoCart server as far as sync can tell: `spec/cocart-v2.md` 3 and 9 with their oddities, one
//! session per guest key, one per customer, no idempotency anywhere.

use cocart_wasm::api::{Body, Method, Request};
use cocart_wasm::map;
use cocart_wasm::sync::Outcome;
use cocart_wasm::value::{Map, Value};
use std::collections::BTreeMap;

/// The customer everybody signs in as.
pub const CUSTOMER: &str = "7";

/// Whose cart a request is served that says neither who nor which.
pub const STRANGER: &str = "t_000000000000000000000000000000";

/// A product the server's plugin gives another key than anybody could compute.
pub const ODD_KEY: i64 = 5;

/// How the shop is set up.
#[derive(Clone, Debug)]
pub struct Shop {
    /// Product id → what plugins make its key of; nothing for those whose key anybody can compute.
    pub salts: BTreeMap<i64, i64>,
    /// Product id → how many there are.
    pub stock: BTreeMap<i64, f64>,
    /// What plugins add to each line.
    pub prose: String,
    /// Whether items are a map by key instead of a list.
    pub keyed: bool,
    /// Whether the paid add-on is there, with its routes for coupons.
    pub plus: bool,
}

impl Default for Shop {
    fn default() -> Self {
        Self {
            salts: [(ODD_KEY, 0xabc)].into(),
            stock: BTreeMap::new(),
            prose: String::new(),
            keyed: false,
            plus: false,
        }
    }
}

/// One session.
#[derive(Clone, Debug, Default)]
pub struct Cart {
    /// Item key, product, quantity.
    pub lines: Vec<(String, i64, f64)>,
    /// The same, restorable.
    pub removed: Vec<(String, i64, f64)>,
    /// Codes applied.
    pub coupons: Vec<String>,
    /// Customer fields.
    pub customer: BTreeMap<String, String>,
}

/// All sessions.
#[derive(Debug, Default)]
pub struct Server {
    /// The shop.
    pub shop: Shop,
    /// By cart key or user id.
    pub carts: BTreeMap<String, Cart>,
    /// Writes carried out, for the curious.
    pub writes: u64,
}

impl Cart {
    /// Quantity by product.
    pub fn by_product(&self) -> BTreeMap<i64, f64> {
        let mut all = BTreeMap::new();
        for (_, id, quantity) in &self.lines {
            *all.entry(*id).or_insert(0.0) += quantity;
        }
        all
    }

    fn at(&self, key: &str) -> Option<usize> {
        self.lines.iter().position(|line| line.0 == key)
    }
}

/// The key the client's engine computes.
pub fn local_key(id: i64) -> String {
    format!("{id:032x}")
}

impl Shop {
    /// The key that the shop gives a product's line.
    pub fn key(&self, id: i64) -> String {
        local_key((self.salts.get(&id).copied().unwrap_or(0) << 16) + id)
    }
}

impl Server {
    /// A plugin is updated: from now on these products' lines have another key, in all carts.
    /// Removed lines, which are kept apart, have it too or not.
    pub fn rekey(&mut self, products: &[i64], salt: i64, removed: bool) {
        self.shop.salts.extend(products.iter().map(|id| (*id, salt)));
        for cart in self.carts.values_mut() {
            let gone = cart.removed.iter_mut().filter(|_| removed);
            for line in cart.lines.iter_mut().chain(gone) {
                line.0 = self.shop.key(line.1);
            }
        }
    }

    /// Carries a request out. `now` is only for the expiration header.
    pub fn handle(&mut self, request: &Request, authorized: bool, now_ms: i64) -> Outcome {
        let guest = request.query_value("cart_key").map(str::to_owned);
        let key = match (authorized, guest) {
            (true, Some(guest)) => {
                self.merge(&guest);
                CUSTOMER.to_owned()
            }
            (true, None) => CUSTOMER.to_owned(),
            (false, Some(guest)) => guest,
            (false, None) => STRANGER.to_owned(),
        };
        let path = request.path.strip_prefix("/cocart/v2/cart").unwrap_or("?");
        let result = match (request.method, path) {
            (Method::Get, "") => Ok(()),
            (Method::Post, "/add-item") => self.add(&key, body(request)),
            (Method::Post, "/clear") => self.clear(&key),
            (Method::Post, "/update") => self.update(&key, body(request)),
            (Method::Post, "/apply-coupon") if self.shop.plus => {
                let cart = self.carts.entry(key.clone()).or_default();
                cart.coupons.push(text(body(request), "coupon").to_owned());
                Ok(())
            }
            (Method::Delete, path) if self.shop.plus && path.starts_with("/coupons/") => {
                let cart = self.carts.entry(key.clone()).or_default();
                cart.coupons.retain(|code| !path.ends_with(code.as_str()));
                Ok(())
            }
            (method, path) => match path.strip_prefix("/item/") {
                Some(item) => self.item(&key, method, item, body(request)),
                None => Err((404, "rest_no_route")),
            },
        };
        if request.method != Method::Get {
            self.writes += 1;
        }
        match result {
            Ok(()) => {
                let expires = (now_ms / 1000 + 604_800).to_string();
                let headers = vec![("CoCart-API-Cart-Expiration".to_owned(), expires)];
                Outcome::Answer { status: 200, headers, body: self.document(&key) }
            }
            Err((status, code)) => error(status, code),
        }
    }

    fn merge(&mut self, guest: &str) {
        let Some(cart) = self.carts.remove(guest) else { return };
        let account = self.carts.entry(CUSTOMER.into()).or_default();
        for line in cart.lines {
            match account.at(&line.0) {
                Some(at) => account.lines[at].2 = line.2,
                None => account.lines.push(line),
            }
        }
    }

    fn add(&mut self, key: &str, body: &Map) -> Result<(), (u16, &'static str)> {
        let id: i64 = text(body, "id").parse().map_err(|_| (404, "cocart_unknown_product_id"))?;
        let quantity: f64 =
            text(body, "quantity").parse().map_err(|_| (400, "rest_invalid_param"))?;
        if quantity < 1.0 {
            return Err((405, "cocart_quantity_invalid_amount"));
        }
        let stock = self.shop.stock.get(&id).copied().unwrap_or(f64::INFINITY);
        let item = self.shop.key(id);
        let cart = self.carts.entry(key.into()).or_default();
        let has = cart.at(&item).map_or(0.0, |at| cart.lines[at].2);
        if stock <= 0.0 {
            return Err((404, "cocart_product_out_of_stock"));
        }
        if quantity > stock {
            return Err((405, "cocart_quantity_invalid_amount"));
        }
        if has + quantity > stock {
            return Err((404, "cocart_not_enough_stock_remaining"));
        }
        match cart.at(&item) {
            Some(at) => cart.lines[at].2 += quantity,
            None => cart.lines.push((item, id, quantity)),
        }
        Ok(())
    }

    fn item(
        &mut self,
        key: &str,
        method: Method,
        item: &str,
        body: &Map,
    ) -> Result<(), (u16, &'static str)> {
        let cart = self.carts.entry(key.into()).or_default();
        let at = cart.at(item);
        match method {
            Method::Post => {
                let at = at.ok_or((404, "cocart_item_not_in_cart"))?;
                let quantity: f64 =
                    text(body, "quantity").parse().map_err(|_| (400, "rest_invalid_param"))?;
                if quantity < 1.0 {
                    // before 4.6.1
                    return Err((405, "cocart_quantity_invalid_amount"));
                }
                if quantity
                    > self.shop.stock.get(&cart.lines[at].1).copied().unwrap_or(f64::INFINITY)
                {
                    return Err((405, "cocart_quantity_invalid_amount"));
                }
                cart.lines[at].2 = quantity;
            }
            Method::Delete => {
                if cart.lines.is_empty() && cart.removed.is_empty() {
                    return Err((404, "cocart_no_items"));
                }
                let at = at.ok_or((404, "cocart_item_not_in_cart"))?;
                let line = cart.lines.remove(at);
                cart.removed.retain(|gone| gone.0 != line.0);
                cart.removed.push(line);
            }
            Method::Put => {
                let Some(gone) = cart.removed.iter().position(|gone| gone.0 == item) else {
                    return Err(match (cart.removed.is_empty(), at) {
                        (true, Some(_)) => (405, "cocart_item_restored_to_cart"),
                        (true, None) => (404, "cocart_item_restored_to_cart"),
                        (false, _) => (403, "cocart_can_not_restore_item"),
                    });
                };
                let mut line = cart.removed.remove(gone);
                // a plugin sees to all lines that come into the cart
                line.0 = self.shop.key(line.1);
                match cart.at(&line.0) {
                    Some(at) => cart.lines[at].2 = line.2,
                    None => cart.lines.push(line),
                }
            }
            _ => return Err((404, "rest_no_route")),
        }
        Ok(())
    }

    fn clear(&mut self, key: &str) -> Result<(), (u16, &'static str)> {
        let cart = self.carts.entry(key.into()).or_default();
        cart.lines.clear();
        cart.removed.clear();
        Ok(())
    }

    fn update(&mut self, key: &str, body: &Map) -> Result<(), (u16, &'static str)> {
        if text(body, "namespace") == "points" {
            // a plugin that counts: sent twice would be counted twice
            let cart = self.carts.entry(key.into()).or_default();
            cart.customer.entry("points".into()).or_default().push('*');
            return Ok(());
        }
        if text(body, "namespace") != "update-customer" {
            return Err((404, "cocart_update_cart_no_namespace_error"));
        }
        let cart = self.carts.entry(key.into()).or_default();
        if cart.lines.is_empty() && cart.removed.is_empty() {
            return Err((404, "cocart_cart_empty"));
        }
        for (name, value) in body.iter().filter(|(name, _)| *name != "namespace") {
            cart.customer.insert(name.to_owned(), value.as_str().unwrap_or("").to_owned());
        }
        Ok(())
    }

    fn document(&self, key: &str) -> Value {
        let empty = Cart::default();
        let cart = self.carts.get(key).unwrap_or(&empty);
        let line = |(item, id, quantity): &(String, i64, f64)| -> (String, Value) {
            let value = map! {
                "item_key": item.as_str(),
                "id": *id,
                "name": format!("Product {id}"),
                "price": "1000",
                "quantity": map! { "value": *quantity, "min_purchase": 1i64, "max_purchase": -1i64 },
                "meta": map! { "variation": Value::empty_array() },
                "cart_item_data": Value::empty_array(),
            };
            let mut value = value;
            if !self.shop.prose.is_empty() {
                value.push("extensions", self.shop.prose.as_str());
            }
            (item.clone(), value.into())
        };
        let items: Value = if self.shop.keyed && !cart.lines.is_empty() {
            cart.lines.iter().map(line).collect::<Map>().into()
        } else {
            cart.lines.iter().map(|own| line(own).1).collect::<Vec<_>>().into()
        };
        let removed = cart.removed.iter().map(|own| {
            let mut value = line(own).1.as_object().cloned().unwrap_or_default();
            value.insert("quantity", own.2);
            (own.0.clone(), Value::from(value))
        });
        let removed: Value = if cart.lines.is_empty() && !cart.removed.is_empty() {
            removed.collect::<Map>().into()
        } else {
            removed.map(|own| own.1).collect::<Vec<_>>().into()
        };
        let coupon = |code: &String| Value::from(map! { "coupon": code.as_str() });
        let coupons: Value = cart.coupons.iter().map(coupon).collect::<Vec<_>>().into();
        map! {
            "cart_hash": "0",
            "cart_key": key,
            "items": items,
            "item_count": cart.lines.iter().map(|line| line.2).sum::<f64>(),
            "coupons": coupons,
            "fees": Value::empty_array(),
            "removed_items": removed,
        }
        .into()
    }
}

/// CoCart's error envelope.
pub fn error(status: u16, code: &str) -> Outcome {
    let data = map! { "status": i64::from(status) };
    let body = map! { "code": code, "message": "…", "data": data };
    Outcome::Answer { status, headers: Vec::new(), body: body.into() }
}

fn body(request: &Request) -> &Map {
    static NONE: Map = Map::new();
    match &request.body {
        Body::Json(Value::Object(map)) => map,
        _ => &NONE,
    }
}

fn text<'a>(body: &'a Map, name: &str) -> &'a str {
    body.get(name).and_then(Value::as_str).unwrap_or("")
}
