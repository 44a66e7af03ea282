//! What CoCart's own answers tell of the shop, where there is no snapshot or it is older: the
//! product routes' documents (`spec/cocart-v2.md` 7.2) and the currency of any answer.
//!
//! They say what shoppers see: prices after the tax display, no tax class, no shipping class.
//! Amounts with them are exact where tax is off, and estimates otherwise.

use super::{
    ATTRIBUTE_PREFIX, AttributeOption, CurrencyPosition, ManageStock, Product, ProductAttribute,
    ProductType, Settings, Shop,
};
use crate::value::{Map, Slot, Value};
use crate::woo::number;
use crate::woo::price;

impl Settings {
    /// The money format that an answer's `currency` tells. Returns whether that was news.
    pub(super) fn learn_currency(&mut self, currency: &Value) -> bool {
        let text = |name: &str| currency.get(name).and_then(Value::as_str);
        let (Some(code), Some(symbol)) = (text("currency_code"), text("currency_symbol")) else {
            return false;
        };
        let prefix = text("currency_prefix").unwrap_or_default();
        let suffix = text("currency_suffix").unwrap_or_default();
        let position = match (prefix, suffix) {
            ("", suffix) if suffix.starts_with(' ') => CurrencyPosition::RightSpace,
            ("", suffix) if !suffix.is_empty() => CurrencyPosition::Right,
            (prefix, _) if prefix.ends_with(' ') => CurrencyPosition::LeftSpace,
            _ => CurrencyPosition::Left,
        };
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let decimals = currency
            .get("currency_minor_unit")
            .and_then(Value::as_f64)
            .map_or(self.price_decimals, |decimals| decimals.clamp(0.0, 8.0) as u8);
        let mut is_news = (self.currency_pos, self.price_decimals) != (position, decimals);
        (self.currency_pos, self.price_decimals) = (position, decimals);
        for (slot, told) in [
            (&mut self.currency, Some(code)),
            (&mut self.currency_symbol, Some(symbol)),
            (&mut self.decimal_separator, text("currency_decimal_separator")),
            (&mut self.thousand_separator, text("currency_thousand_separator")),
        ] {
            if let Some(told) = told.filter(|told| *told != slot) {
                is_news = true;
                told.clone_into(slot);
            }
        }
        is_news
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
        let product = self.read_product(document)?;
        let id = product.id;
        for variation in document.elements_of("variations") {
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
        self.change_settings(|settings| settings.learn_currency(currency))
    }

    fn read_product(&self, document: &Value) -> Option<Product> {
        let mut product = self.priced(document)?;
        product.parent_id = whole(document, "parent_id").unwrap_or(0);
        let told = Some(document);
        learn(&mut product.kind, told, "type");
        if product.parent_id != 0 {
            product.kind = ProductType::Variation;
        }
        learn_text(&mut product.name, told, "name");
        learn_text(&mut product.slug, told, "slug");
        learn_text(&mut product.permalink, told, "permalink");
        learn_text(&mut product.sku, told, "sku");
        learn_text(&mut product.average_rating, told, "average_rating");
        let conditions = document.get("hidden_conditions").or_else(|| document.get("conditions"));
        learn(&mut product.sold_individually, conditions, "sold_individually");
        learn(&mut product.is_virtual, conditions, "virtual");
        learn_text(&mut product.weight, document.get("weight"), "value");
        let size = document.get("dimensions");
        learn_text(&mut product.dimensions.length, size, "length");
        learn_text(&mut product.dimensions.width, size, "width");
        learn_text(&mut product.dimensions.height, size, "height");
        let image = document.elements_of("images").first().and_then(|image| image.get("src"));
        learn_text(&mut product.image, image, THUMBNAIL);
        product.category_ids =
            ids(document, "categories").filter_map(|id| u32::try_from(id).ok()).collect();
        product.cross_sell_ids = ids(document, "cross_sells").collect();
        product.attributes = attributes(document);
        product.variation = variation_of(document);
        // what only the merchant's own data tells is kept
        if let Some(known) = self.product(product.id) {
            product.tax_status = known.tax_status;
            product.tax_class.clone_from(&known.tax_class);
            product.shipping_class.clone_from(&known.shipping_class);
            // a variation's own document is silent on attributes that may have any value
            if known.variation.len() > product.variation.len() {
                product.variation.clone_from(&known.variation);
            }
        }
        Some(product)
    }

    /// Id, price and stock, which products and the variations inside them tell alike. `None` where
    /// the price cannot be read, as in API v1, which names no currency: another route can be asked.
    fn priced(&self, document: &Value) -> Option<Product> {
        let id = whole(document, "id")?;
        let prices = document.get("prices")?;
        let settings = &self.snapshot().settings;
        let price = |name: &str| price::read(settings, &text(prices, name));
        let now = price("price");
        if now.is_none() && !text(prices, "price").is_empty() {
            return None;
        }
        let purchase = document.get("add_to_cart");
        let purchasable = purchase.and_then(|p| p.get("is_purchasable")?.as_bool()).unwrap_or(true);
        let mut product = Product::new(id);
        product.price = now.filter(|_| purchasable);
        product.regular_price = price("regular_price");
        product.sale_price = price("sale_price");
        product.price_is_estimate = settings.calc_taxes || !self.snapshot().complete;
        let stock = document.get("stock");
        product.stock_quantity = stock.and_then(|stock| stock.get("stock_quantity")?.as_f64());
        if product.stock_quantity.is_some() {
            product.manage_stock = ManageStock::Yes;
        }
        learn(&mut product.stock_status, stock, "stock_status");
        learn(&mut product.backorders, stock, "backorders");
        Some(product)
    }

    fn read_variation(&self, document: &Value, parent: &Product) -> Option<Product> {
        let mut product = self.priced(document)?;
        product.kind = ProductType::Variation;
        product.parent_id = parent.id;
        if let Some(map) = document.get("attributes").and_then(Value::as_object) {
            let stored =
                map.iter().map(|(k, v)| (k.to_owned(), v.as_str().unwrap_or("").to_owned()));
            product.variation = stored.collect();
        }
        product.name.clone_from(&parent.name);
        let mut before = " - ";
        for (key, value) in &product.variation {
            let attribute = parent.attributes.iter().find(|a| a.has_key(key));
            if let Some(chosen) =
                attribute.and_then(|a| a.options.iter().find(|o| o.value == *value))
            {
                product.name.push_str(before);
                product.name.push_str(&chosen.name);
                before = ", ";
            }
        }
        learn_text(&mut product.sku, Some(document), "sku");
        if product.sku.is_empty() {
            product.sku.clone_from(&parent.sku);
        }
        learn_text(&mut product.image, document.get("featured_image"), THUMBNAIL);
        product.slug.clone_from(&parent.slug);
        product.permalink.clone_from(&parent.permalink);
        product.weight.clone_from(&parent.weight);
        product.tax_class.clone_from(&parent.tax_class);
        product.shipping_class.clone_from(&parent.shipping_class);
        product.dimensions.clone_from(&parent.dimensions);
        product.category_ids.clone_from(&parent.category_ids);
        product.sold_individually = parent.sold_individually;
        product.is_virtual = parent.is_virtual;
        product.tax_status = parent.tax_status;
        Some(product)
    }
}

/// The size of the picture that carts show.
const THUMBNAIL: &str = "woocommerce_thumbnail";

/// Takes over what is told in a form that is known; anything else stays as it is.
fn learn(slot: &mut dyn Slot, document: Option<&Value>, name: &str) {
    let told = document.and_then(|document| document.get(name));
    let _ = told.map(|told| slot.fill_slot(told));
}

fn learn_text(slot: &mut String, document: Option<&Value>, name: &str) {
    *slot = document.map(|document| text(document, name)).unwrap_or_default();
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

fn ids(document: &Value, name: &str) -> impl Iterator<Item = u64> {
    document.elements_of(name).into_iter().filter_map(|entry| whole(entry, "id"))
}

fn attributes(document: &Value) -> Vec<ProductAttribute> {
    let Some(map) = document.get("attributes").and_then(Value::as_object) else {
        return Vec::new();
    };
    map.iter()
        .map(|(key, attribute)| ProductAttribute {
            id: u32::try_from(whole(attribute, "id").unwrap_or(0)).unwrap_or(0),
            name: text(attribute, "name"),
            slug: key.strip_prefix(ATTRIBUTE_PREFIX).unwrap_or(key).to_owned(),
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
