//! What CoCart's own answers tell of the shop, where there is no snapshot or it is older: the
//! product routes' documents (`spec/cocart-v2.md` 7.2) and the currency of any answer.
//!
//! They say what shoppers see: prices after the tax display, no tax class, no shipping class.
//! Amounts with them are exact where tax is off, and estimates otherwise.

use super::{
    AttributeOption, Backorders, CurrencyPosition, Dimensions, ManageStock, Product,
    ProductAttribute, ProductType, Settings, Shop, StockStatus,
};
use crate::value::{Map, Value};
use crate::woo::number;
use crate::woo::price;

impl Settings {
    /// The money format that an answer's `currency` tells.
    pub(crate) fn learn_currency(&mut self, currency: &Value) {
        let text = |name: &str| currency.get(name).and_then(Value::as_str).map(str::to_owned);
        let (Some(code), Some(symbol)) = (text("currency_code"), text("currency_symbol")) else {
            return;
        };
        let prefix = text("currency_prefix").unwrap_or_default();
        let suffix = text("currency_suffix").unwrap_or_default();
        self.currency_pos = match (prefix.as_str(), suffix.as_str()) {
            ("", suffix) if suffix.starts_with(' ') => CurrencyPosition::RightSpace,
            ("", suffix) if !suffix.is_empty() => CurrencyPosition::Right,
            (prefix, _) if prefix.ends_with(' ') => CurrencyPosition::LeftSpace,
            _ => CurrencyPosition::Left,
        };
        (self.currency, self.currency_symbol) = (code, symbol);
        if let Some(decimals) = currency.get("currency_minor_unit").and_then(Value::as_f64) {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let decimals = decimals.clamp(0.0, 8.0) as u8;
            self.price_decimals = decimals;
        }
        if let Some(separator) = text("currency_decimal_separator") {
            self.decimal_separator = separator;
        }
        if let Some(separator) = text("currency_thousand_separator") {
            self.thousand_separator = separator;
        }
    }
}

impl Shop {
    /// Learns a product, its variations included, from CoCart's document of it. Returns its id;
    /// `None` where the document is of another kind.
    pub fn learn_product(&mut self, document: &Value) -> Option<u64> {
        let currency = document.pointer("/prices/currency").or_else(|| document.get("currency"));
        if let Some(currency) = currency {
            self.learn_currency(currency);
        }
        let mut product = self.read_product(document)?;
        product.attributes = attributes(document);
        let id = product.id;
        for variation in list(document, "variations") {
            if let Some(variation) = self.read_variation(variation, &product) {
                self.put_product(variation);
            }
        }
        self.put_product(product);
        Some(id)
    }

    /// Learns the shop's money format from the `currency` of an answer. Returns whether that was
    /// news.
    pub fn learn_currency(&mut self, currency: &Value) -> bool {
        let before = &self.snapshot().settings;
        let mut settings = before.clone();
        settings.learn_currency(currency);
        let is_news = settings != *before;
        if is_news {
            self.set_settings(settings);
        }
        is_news
    }

    fn read_product(&self, document: &Value) -> Option<Product> {
        let id = whole(document, "id")?;
        // what can fail comes before there is anything to drop
        let priced = self.priced(document)?;
        let text = |name: &str| text(document, name);
        let conditions = document.get("hidden_conditions").or_else(|| document.get("conditions"));
        let condition =
            |name: &str| conditions.and_then(|c| c.get(name)?.as_bool()).unwrap_or(false);
        let parent_id = whole(document, "parent_id").unwrap_or(0);
        let kind = match document.get("type").and_then(Value::as_str) {
            _ if parent_id != 0 => ProductType::Variation,
            Some("variable") => ProductType::Variable,
            Some("grouped") => ProductType::Grouped,
            Some("external") => ProductType::External,
            Some("simple") | None => ProductType::Simple,
            Some(other) => ProductType::Other(other.to_owned()),
        };
        let size = document.get("dimensions").cloned().unwrap_or_default();
        let known = self.product(id);
        Some(Product {
            id,
            kind,
            parent_id,
            name: text("name"),
            slug: text("slug"),
            permalink: text("permalink"),
            sku: text("sku"),
            sold_individually: condition("sold_individually"),
            is_virtual: condition("virtual"),
            weight: document.get("weight").map(|w| self::text(w, "value")).unwrap_or_default(),
            dimensions: Dimensions {
                length: self::text(&size, "length"),
                width: self::text(&size, "width"),
                height: self::text(&size, "height"),
            },
            category_ids: list(document, "categories")
                .iter()
                .filter_map(|category| u32::try_from(whole(category, "id")?).ok())
                .collect(),
            image: list(document, "images")
                .first()
                .map(|image| thumbnail(image))
                .unwrap_or_default(),
            cross_sell_ids: list(document, "cross_sells")
                .iter()
                .filter_map(|p| whole(p, "id"))
                .collect(),
            average_rating: text("average_rating"),
            // what only the merchant's own data tells is kept
            tax_status: known.map_or(Product::default().tax_status, |p| p.tax_status),
            tax_class: known.map(|p| p.tax_class.clone()).unwrap_or_default(),
            shipping_class: known.map(|p| p.shipping_class.clone()).unwrap_or_default(),
            // a variation's own document is silent on attributes that may have any value
            variation: match (known, variation_of(document)) {
                (Some(known), own) if known.variation.len() > own.len() => known.variation.clone(),
                (_, own) => own,
            },
            ..priced
        })
    }

    /// Price and stock, which products and the variations inside them tell alike. `None` where the
    /// price cannot be read, as in API v1, which names no currency: another route can be asked.
    fn priced(&self, document: &Value) -> Option<Product> {
        let prices = document.get("prices")?;
        let settings = &self.snapshot().settings;
        let price = |name: &str| price::read(settings, &text(prices, name));
        if price("price").is_none() && !text(prices, "price").is_empty() {
            return None;
        }
        let purchase = document.get("add_to_cart");
        let purchasable = purchase.and_then(|p| p.get("is_purchasable")?.as_bool()).unwrap_or(true);
        let stock = document.get("stock").cloned().unwrap_or_default();
        let quantity = stock.get("stock_quantity").and_then(Value::as_f64);
        Some(Product {
            price: price("price").filter(|_| purchasable),
            regular_price: price("regular_price"),
            sale_price: price("sale_price"),
            manage_stock: if quantity.is_some() { ManageStock::Yes } else { ManageStock::No },
            stock_quantity: quantity,
            stock_status: match text(&stock, "stock_status").as_str() {
                "outofstock" => StockStatus::Outofstock,
                "onbackorder" => StockStatus::Onbackorder,
                _ => StockStatus::Instock,
            },
            backorders: match text(&stock, "backorders").as_str() {
                "yes" => Backorders::Yes,
                "notify" => Backorders::Notify,
                _ => Backorders::No,
            },
            price_is_estimate: self.snapshot().settings.calc_taxes || !self.snapshot().complete,
            ..Product::default()
        })
    }

    fn read_variation(&self, document: &Value, parent: &Product) -> Option<Product> {
        let id = whole(document, "id")?;
        let priced = self.priced(document)?;
        let stored: Vec<(String, String)> = document
            .get("attributes")
            .and_then(Value::as_object)
            .map(|map| {
                map.iter()
                    .map(|(k, v)| (k.to_owned(), v.as_str().unwrap_or("").to_owned()))
                    .collect()
            })
            .unwrap_or_default();
        let names: Vec<&str> = stored
            .iter()
            .filter_map(|(key, value)| {
                let attribute =
                    parent.attributes.iter().find(|a| format!("attribute_{}", a.slug) == *key)?;
                attribute.options.iter().find(|o| o.value == *value).map(|o| o.name.as_str())
            })
            .collect();
        let name = if names.is_empty() {
            parent.name.clone()
        } else {
            format!("{} - {}", parent.name, names.join(", "))
        };
        let image =
            document.get("featured_image").map(|sizes| text(sizes, "woocommerce_thumbnail"));
        let sku = text(document, "sku");
        Some(Product {
            id,
            kind: ProductType::Variation,
            parent_id: parent.id,
            name,
            slug: parent.slug.clone(),
            permalink: parent.permalink.clone(),
            sku: if sku.is_empty() { parent.sku.clone() } else { sku },
            sold_individually: parent.sold_individually,
            is_virtual: parent.is_virtual,
            weight: parent.weight.clone(),
            dimensions: parent.dimensions.clone(),
            category_ids: parent.category_ids.clone(),
            image: image.unwrap_or_default(),
            tax_status: parent.tax_status,
            tax_class: parent.tax_class.clone(),
            shipping_class: parent.shipping_class.clone(),
            variation: stored,
            ..priced
        })
    }
}

fn text(value: &Value, name: &str) -> String {
    match value.get(name) {
        Some(Value::Text(text)) => text.to_string(),
        Some(Value::Int(i)) => i.to_string(),
        Some(Value::Float(f)) => number::json(*f),
        _ => String::new(),
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn whole(value: &Value, name: &str) -> Option<u64> {
    let number = value.get(name)?.as_f64()?;
    (number > 0.0 && number < 9e15).then_some(number as u64)
}

fn list<'a>(value: &'a Value, name: &str) -> Vec<&'a Value> {
    match value.get(name) {
        Some(Value::Array(list)) => list.iter().collect(),
        Some(Value::Object(map)) => map.values().collect(),
        _ => Vec::new(),
    }
}

fn thumbnail(image: &Value) -> String {
    image.get("src").map(|sizes| text(sizes, "woocommerce_thumbnail")).unwrap_or_default()
}

fn attributes(document: &Value) -> Vec<ProductAttribute> {
    let Some(map) = document.get("attributes").and_then(Value::as_object) else {
        return Vec::new();
    };
    map.iter()
        .map(|(key, attribute)| ProductAttribute {
            id: u32::try_from(whole(attribute, "id").unwrap_or(0)).unwrap_or(0),
            name: text(attribute, "name"),
            slug: key.strip_prefix("attribute_").unwrap_or(key).to_owned(),
            variation: attribute
                .get("used_for_variation")
                .and_then(Value::as_bool)
                .unwrap_or(false),
            options: options(attribute.get("options").and_then(Value::as_object)),
        })
        .collect()
}

fn options(map: Option<&Map>) -> Vec<AttributeOption> {
    let entries = map.into_iter().flat_map(Map::iter);
    let option = |(value, name): (&str, &Value)| AttributeOption {
        value: value.to_owned(),
        name: name.as_str().unwrap_or(value).to_owned(),
    };
    entries.map(option).collect()
}

/// A variation's own document names its values as `{slug: name}`.
fn variation_of(document: &Value) -> Vec<(String, String)> {
    let Some(map) = document.get("attributes").and_then(Value::as_object) else {
        return Vec::new();
    };
    let stored = map.iter().filter_map(|(key, attribute)| {
        let option = attribute.get("option")?.as_object()?.keys().next()?.to_owned();
        Some((key.to_owned(), option))
    });
    stored.collect()
}

#[cfg(test)]
mod tests {
    use crate::store::{ManageStock, ProductType, Shop, Snapshot};

    #[test]
    fn a_product_is_learned_with_its_variations() {
        let mut shop = Shop::new(Snapshot::default());
        let document = serde_json::from_str(
            r#"{"id": 7, "parent_id": 0, "type": "variable", "name": "Cap", "slug": "cap", "sku": "CAP",
                "prices": {"price": "1250", "regular_price": "1500", "sale_price": "1250"},
                "stock": {"stock_quantity": null, "stock_status": "instock", "backorders": "no"},
                "attributes": {"attribute_pa_color": {"id": 1, "name": "Color", "used_for_variation": true,
                    "options": {"blue": "Blue", "red": "Red"}}},
                "variations": [{"id": 8, "sku": "", "attributes": {"attribute_pa_color": "blue"},
                    "prices": {"price": "1250"}, "stock": {"stock_quantity": 5, "stock_status": "instock"},
                    "add_to_cart": {"is_purchasable": true}}]}"#,
        );
        assert_eq!(shop.learn_product(&document.unwrap()), Some(7));
        let cap = shop.product(7).unwrap();
        assert_eq!(cap.price.unwrap().to_string(), "12.50");
        let blue = shop.product(8).unwrap();
        assert_eq!(
            (blue.kind.clone(), blue.name.as_str(), blue.sku.as_str()),
            (ProductType::Variation, "Cap - Blue", "CAP")
        );
        assert_eq!((blue.manage_stock, blue.stock_quantity), (ManageStock::Yes, Some(5.0)));
        assert!(blue.price_is_estimate);
        assert_eq!(shop.learn_product(&serde_json::from_str(r#"{"code": "x"}"#).unwrap()), None);
    }

    #[test]
    fn prices_as_the_shop_writes_them_are_learned() {
        let mut shop = Shop::new(Snapshot::default());
        let mut learn = |document: &str| {
            let id = shop.learn_product(&serde_json::from_str(document).unwrap())?;
            shop.product(id)?.price.map(|price| price.to_string())
        };
        let yen = r#""currency": {"currency_code": "JPY", "currency_symbol": "¥", "currency_minor_unit": 0,
            "currency_decimal_separator": ".", "currency_thousand_separator": ","}"#;
        let of = |price: &str| {
            learn(&format!(
                r#"{{"id": 7, "type": "simple", "prices": {{"price": "{price}", {yen}}}}}"#
            ))
        };
        let prices = ["¥1,800", "1800", "¥", "¥1,800 – ¥2,000", "<b>¥</b>1800", "£1,800"];
        let learned = prices.map(of);
        let yen = Some("1800".to_owned());
        assert_eq!(
            learned.map(|price| price.map(|price| price.replace(".0", ""))),
            [yen.clone(), yen.clone(), None, None, yen, None]
        );
    }

    #[test]
    fn a_document_of_api_v1_is_left_to_v2() {
        let mut shop = Shop::new(Snapshot::default());
        let tee =
            r#"{"id": 9, "name": "Tee", "type": "simple", "price": "$25.00", "purchasable": true}"#;
        assert_eq!(shop.learn_product(&serde_json::from_str(tee).unwrap()), None);
        assert!(shop.product(9).is_none());
    }

    #[test]
    fn the_currency_is_learned_once() {
        let mut shop = Shop::new(Snapshot::default());
        let currency = serde_json::from_str(
            r#"{"currency_code": "EUR", "currency_symbol": "€", "currency_minor_unit": 2,
                "currency_decimal_separator": ",", "currency_thousand_separator": ".",
                "currency_prefix": "", "currency_suffix": " €"}"#,
        )
        .unwrap();
        assert!(shop.learn_currency(&currency));
        assert!(!shop.learn_currency(&currency));
        assert_eq!(shop.snapshot().settings.currency, "EUR");
    }
}
