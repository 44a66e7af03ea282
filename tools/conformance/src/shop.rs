//! The shop of a folder: its snapshot, its accounts, and changes made between two requests.

use crate::recording::{Admin, ReadError, Recording, read_json};
use cocart_wasm::cart::{Account, Customer};
use cocart_wasm::store::import::{self, Release, ReleasedCoupon, Sources};
use cocart_wasm::store::{Product, ProductStatus, Shop, Snapshot, StockStatus};
use cocart_wasm::value::{Map, Value};
use std::path::Path;

/// The exact amounts of coupons that WooCommerce's REST API cuts to two decimals: what a
/// merchant puts beside the code on the allow-list.
const EXACT_AMOUNTS: [(&str, &str); 1] = [("percent33", "33.333")];

/// The `cart/update` callbacks of the recorded shop's helper plugin, which stands for CoCart Plus,
/// and the commands they come to.
const CALLBACKS: [(&str, &str); 4] = [
    ("oracle-apply-coupon", "apply-coupon"),
    ("oracle-remove-coupon", "remove-coupon"),
    ("oracle-choose-shipping", "choose-shipping-rate"),
    ("oracle-set-address", "set-address"),
];

/// What a folder says of its shop.
#[derive(Debug)]
pub struct Source {
    settings: Value,
    catalog: Value,
}

impl Source {
    /// Reads `settings.json` and `catalog.json`.
    pub fn read(dir: &Path) -> Result<Self, ReadError> {
        Ok(Self {
            settings: read_json(&dir.join("settings.json"))?,
            catalog: read_json(&dir.join("catalog.json"))?,
        })
    }

    /// A folder's shop with these parts of its settings in place of its own, and this catalogue.
    pub fn with(&self, parts: impl IntoIterator<Item = (String, Value)>, catalog: Value) -> Self {
        let mut settings = match &self.settings {
            Value::Object(map) => map.as_ref().clone(),
            _ => Map::new(),
        };
        for (name, value) in parts {
            settings.insert(name, value);
        }
        Self { settings: settings.into(), catalog }
    }

    fn setting(&self, name: &str) -> Value {
        self.settings.get(name).cloned().unwrap_or_default()
    }

    /// A part of the catalogue: the document of the answer kept under `name`.
    fn body(&self, pointer: &str) -> Value {
        self.catalog.pointer(&format!("{pointer}/body")).cloned().unwrap_or_default()
    }

    /// The folder's versions; which CoCart answered is what the answers themselves say.
    fn versions(&self, recording: &Recording) -> Value {
        let mut versions = match self.setting("versions") {
            Value::Object(map) => map.as_ref().clone(),
            _ => Map::new(),
        };
        if let Some(cocart) = recording.cocart_version() {
            versions.insert("cocart", cocart);
        }
        versions.into()
    }

    /// The shop as it was reset for a recording.
    pub fn shop(&self, recording: &Recording) -> Shop {
        Shop::new(self.snapshot(recording))
    }

    /// The snapshot of that shop, by the importer of the snapshot command.
    pub fn snapshot(&self, recording: &Recording) -> Snapshot {
        let mut options = match self.setting("baseline_options") {
            Value::Object(map) => map.as_ref().clone(),
            _ => Map::new(),
        };
        for (name, value) in &recording.settings {
            options.insert(name.clone(), convert(value));
        }
        let coupons = self.setting("coupons");
        let codes =
            coupons.as_array().unwrap_or_default().iter().filter_map(|c| c.get("code")?.as_str());
        let release = Release {
            coupons: codes
                .map(|code| ReleasedCoupon {
                    code: code.to_owned(),
                    amount: EXACT_AMOUNTS
                        .iter()
                        .find(|(c, _)| *c == code)
                        .map(|(_, a)| (*a).to_owned()),
                })
                .collect(),
            coupon_salt: "conformance".to_owned(),
            unpublished: true,
            catalogue: true,
            complete: true,
            min_quantity_key: "_oracle_min_qty".to_owned(),
            max_quantity_key: "_oracle_max_qty".to_owned(),
            ..Release::default()
        };
        let products = self.catalog.get("products").and_then(Value::as_object);
        let sources = Sources {
            versions: self.versions(recording),
            fees: options.get("oracle_fees").cloned().unwrap_or_default(),
            callbacks: CALLBACKS
                .iter()
                .map(|(namespace, command)| (*namespace, *command))
                .collect(),
            options,
            tax_classes: self.setting("tax_classes"),
            tax_rates: self.setting("tax_rates"),
            shipping_zones: self.setting("shipping_zones"),
            shipping_classes: self.setting("shipping_classes"),
            coupons,
            products: self.setting("wc_products"),
            variations: match self.setting("wc_variations") {
                Value::Object(map) => map.as_ref().clone(),
                _ => Map::new(),
            },
            categories: self.body("/categories"),
            attribute_terms: [("1", self.body("/attribute_terms"))].into_iter().collect(),
            tags: self.body("/tags"),
            attributes: self.body("/attributes"),
            reviews: Value::Null,
            cocart_products: products
                .map(|map| map.values().filter_map(|answer| answer.get("body").cloned()).collect())
                .unwrap_or_default(),
            store: self.setting("store_v2").get("body").cloned().unwrap_or_default(),
            currencies: self.setting("price_formats"),
            checkout_fields: match self.setting("checkout_fields") {
                Value::Object(map) => map.as_ref().clone(),
                _ => Map::new(),
            },
            ..Sources::default()
        };
        import::snapshot(&sources, &release)
    }

    /// The account of a user name, if the folder knows it.
    pub fn account(&self, user: &str) -> Option<Account> {
        let customers = self.setting("customers");
        let found = customers.as_array()?.iter().find(|c| {
            ["username", "email"].iter().any(|n| c.get(n).and_then(Value::as_str) == Some(user))
        })?;
        let text =
            |name: &str| found.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let mut customer = Customer::default();
        for (target, name) in
            [(&mut customer.billing, "billing"), (&mut customer.shipping, "shipping")]
        {
            for (field, value) in
                found.get(name).and_then(Value::as_object).into_iter().flat_map(Map::iter)
            {
                if let (Some(slot), Some(value)) = (target.get_mut(field), value.as_str()) {
                    value.clone_into(slot);
                }
            }
        }
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Some(Account {
            id: found.get("id").and_then(Value::as_f64)? as u64,
            email: text("email"),
            customer,
            can_edit_products: matches!(text("role").as_str(), "administrator" | "shop_manager"),
        })
    }
}

/// Makes a change in the shop.
pub fn change(shop: &mut Shop, admin: &Admin) {
    let Some(mut product) = shop.product(admin.id).cloned() else { return };
    for (field, value) in &admin.set {
        let text = value.as_str().unwrap_or_default();
        match field.as_str() {
            "status" => product.status = status(text),
            "regular_price" => product.regular_price = text.parse().ok(),
            "sale_price" => product.sale_price = text.parse().ok(),
            "stock_status" => product.stock_status = stock_status(text),
            "stock_quantity" => {
                let quantity = value.as_f64().unwrap_or(0.0);
                product.stock_quantity = Some(quantity);
                product.stock_status =
                    if quantity > 0.0 { StockStatus::Instock } else { StockStatus::Outofstock };
            }
            _ => {}
        }
    }
    product.price = price(&product);
    shop.put_product(product);
}

fn price(product: &Product) -> Option<rust_decimal::Decimal> {
    let sale = product.sale_price.filter(|sale| product.regular_price.is_some_and(|r| *sale < r));
    sale.filter(|_| product.sale_from.is_none() && product.sale_to.is_none())
        .or(product.regular_price)
}

fn status(text: &str) -> ProductStatus {
    match text {
        "private" => ProductStatus::Private,
        "draft" => ProductStatus::Draft,
        "trash" => ProductStatus::Trash,
        _ => ProductStatus::Publish,
    }
}

fn stock_status(text: &str) -> StockStatus {
    match text {
        "outofstock" => StockStatus::Outofstock,
        "onbackorder" => StockStatus::Onbackorder,
        _ => StockStatus::Instock,
    }
}

/// A document of `serde_json` as the engine's.
pub fn convert(value: &serde_json::Value) -> Value {
    serde_json::from_value(value.clone()).unwrap_or_default()
}
