//! Random requests: routes that are and routes that are not, with parameters of every kind.

use crate::shopper::{adding, sensible};
use cocart_wasm::api::{Body, Method, Request};
use cocart_wasm::cart::Cart;
use cocart_wasm::value::json::Fault;
use cocart_wasm::value::{Map, Value};
use proptest::prelude::*;

/// A request, with the item keys left open that only the cart knows.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Body,
    /// Which of the cart's lines `{key}` means.
    pub(crate) line: usize,
}

impl Sent {
    /// The request as it is sent to this cart.
    pub(crate) fn request(&self, cart: &Cart) -> Request {
        let keys: Vec<&str> = cart
            .lines
            .iter()
            .map(AsRef::as_ref)
            .chain(&cart.removed)
            .map(|line| line.key.as_str())
            .collect();
        let key = keys.get(self.line % keys.len().max(1)).copied().unwrap_or("0");
        let mut request = Request::new(self.method, self.path.replace("{key}", key));
        request.query = self.query.clone();
        request.headers = self.headers.clone();
        request.body = match &self.body {
            Body::Json(body) => Body::Json(with_key(body, key)),
            body => body.clone(),
        };
        request
    }
}

/// Puts the key where `{key}` stands as a name, three levels deep.
fn with_key(value: &Value, key: &str) -> Value {
    match value {
        Value::Object(map) if map.contains("{key}") || map.contains("quantity") => map
            .iter()
            .map(|(name, value)| (name.replace("{key}", key), with_key(value, key)))
            .collect::<Map>()
            .into(),
        value => value.clone(),
    }
}

/// Lists in lists.
pub(crate) fn nested(levels: usize) -> Value {
    (0..levels).fold(Value::text("x"), |inner, at| match at % 2 {
        0 => Value::from(vec![inner]),
        _ => [("a", inner)].into_iter().collect::<Map>().into(),
    })
}

const TEXTS: [&str; 54] = [
    "",
    "0",
    "1",
    "2",
    "3",
    "4",
    "7",
    "-1",
    " 2 ",
    "2.5",
    "1e400",
    "-1e400",
    "-0",
    "0x10",
    "NaN",
    "inf",
    "-inf",
    "1e308",
    "18446744073709551616",
    "9223372036854775807",
    "99999999999999999999",
    "true",
    "null",
    "[]",
    "{}",
    "abc",
    "SKU",
    "c1",
    "C2",
    "&amp;&#0;&#xD800;",
    "\u{fffd}\u{fffd}",
    "\u{0}",
    "\u{202e}x",
    "\\ud800",
    "<b>x",
    "<",
    "</",
    "\"'",
    "é\u{301}",
    "😀",
    "__proto__",
    "constructor",
    "attribute_pa_color",
    "update-cart",
    "update-customer",
    "oracle-apply-coupon",
    "oracle-set-address",
    "oracle-choose-shipping",
    "flat_rate:1",
    "local_pickup:2",
    "items,totals:total-x,,:",
    "a@b.co",
    "US",
    "1...9",
];

const NAMES: [&str; 36] = [
    "id",
    "quantity",
    "variation",
    "item_data",
    "email",
    "phone",
    "price",
    "return_item",
    "items",
    "return_items",
    "namespace",
    "coupon",
    "address",
    "rate",
    "data",
    "cart_key",
    "fields",
    "thumb",
    "default",
    "return_status",
    "keep_removed_items",
    "removed_items",
    "return",
    "html",
    "country",
    "postcode",
    "s_country",
    "shipping_postcode",
    "name",
    "amount",
    "taxable",
    "tax_class",
    "method_key",
    "__proto__",
    "constructor",
    "{key}",
];

const PATHS: [&str; 39] = [
    "v2/cart",
    "v2/cart/add-item",
    "v2/cart/add-item",
    "v2/cart/add-item",
    "v2/cart/add-items",
    "v2/cart/item/{key}",
    "v2/cart/item/{key}",
    "v2/cart/item/0",
    "v2/cart/item/nothing",
    "v2/cart/items",
    "v2/cart/items/count",
    "v2/cart/calculate",
    "v2/cart/clear",
    "v2/cart/totals",
    "v2/cart/update",
    "v2/cart/update",
    "v2/cart/update",
    "v2/cart/apply-coupon",
    "v2/cart/coupons",
    "v2/cart/coupons/c1",
    "v2/cart/add-fee",
    "v2/cart/remove-fees",
    "v2/cart/set-shipping-method",
    "v2/store",
    "v2/products",
    "v2/products/1",
    "v2/sessions",
    "v2/cart/item/",
    "v1/get-cart",
    "v1/add-item",
    "v1/item",
    "v1/clear",
    "v1/totals",
    "v1/calculate",
    "v1/count-items",
    "v1/products",
    "v3/cart",
    "",
    "v2//cart",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => prop::sample::select(TEXTS.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
        1 => "[0-9.eE+-]{1,8}",
    ]
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        9 => prop::sample::select(NAMES.to_vec()).prop_map(str::to_owned),
        1 => text(),
    ]
}

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        prop_oneof![any::<i64>(), -3i64..9].prop_map(Value::Int),
        prop_oneof![
            any::<f64>().prop_filter("JSON has no others", |f| f.is_finite()),
            Just(-0.0),
            Just(f64::MAX),
            Just(0.5)
        ]
        .prop_map(Value::Float),
        text().prop_map(Value::from),
        text().prop_map(Value::from),
    ]
}

fn map_of(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    prop::collection::vec((name(), value), 0..5)
        .prop_map(|entries| entries.into_iter().collect::<Map>().into())
}

pub(crate) fn document() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![20 => scalar(), 1 => (1usize..=600).prop_map(nested)];
    leaf.prop_recursive(3, 24, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            map_of(inner),
        ]
    })
}

/// A body that has a chance: the right names, mostly with values of the right kind.
fn plausible() -> impl Strategy<Value = Value> {
    let id =
        prop_oneof![4 => (0u64..9).prop_map(|id| Value::from(id.to_string())), 1 => document()];
    let quantity = prop_oneof![
        4 => text().prop_map(Value::from),
        2 => map_of(scalar()),
        1 => text().prop_map(|q| [("{key}", q)].into_iter().collect::<Map>().into()),
        1 => text().prop_map(|q| [("1", q)].into_iter().collect::<Map>().into()),
    ];
    let extra = prop::collection::vec((name(), prop_oneof![2 => scalar(), 1 => document()]), 0..4);
    (prop::option::weighted(0.8, id), prop::option::weighted(0.7, quantity), extra).prop_map(
        |(id, quantity, extra)| {
            let mut map = Map::new();
            for (name, value) in extra {
                map.insert(name, value);
            }
            if let Some(id) = id {
                map.insert("id", id);
            }
            if let Some(quantity) = quantity {
                map.insert("quantity", quantity);
            }
            map.into()
        },
    )
}

fn body() -> impl Strategy<Value = Body> {
    let pair = (name(), "(\\[[a-z0-9]{0,3}\\]?){0,3}", text());
    let form = prop::collection::vec(pair, 0..6).prop_map(|pairs| {
        let pairs = pairs.into_iter().map(|(name, steps, value)| format!("{name}{steps}={value}"));
        Body::Form(pairs.collect::<Vec<_>>().join("&"))
    });
    prop_oneof![
        8 => plausible().prop_map(Body::Json),
        3 => map_of(document()).prop_map(Body::Json),
        1 => document().prop_map(Body::Json),
        2 => form,
        1 => Just(Body::Empty),
        1 => Just(Body::MalformedJson(Fault::Syntax)),
    ]
}

/// A session: a cart is filled, then comes anything.
pub(crate) fn session() -> impl Strategy<Value = Vec<Sent>> {
    let any = prop_oneof![2 => sensible(), 1 => wild()];
    (prop::collection::vec(adding(), 0..5), prop::collection::vec(any, 1..10)).prop_map(
        |(adding, any)| {
            let mut session = adding;
            session.extend(any);
            session
        },
    )
}

fn wild() -> impl Strategy<Value = Sent> {
    let method = prop::sample::select(vec![
        Method::Get,
        Method::Post,
        Method::Post,
        Method::Post,
        Method::Put,
        Method::Delete,
        Method::Patch,
        Method::Head,
        Method::Options,
    ]);
    let path = prop_oneof![
        12 => prop::sample::select(PATHS.to_vec()).prop_map(|path| format!("/cocart/{path}")),
        1 => "/\\PC{0,20}",
    ];
    let special = prop::sample::select(vec!["_envelope", "_method", "_fields", "_jsonp", "fields"]);
    let query_name = prop_oneof![2 => name(), 1 => special.prop_map(str::to_owned)];
    let query = prop_oneof![
        3 => Just(Vec::new()),
        1 => prop::collection::vec((query_name, text()), 0..4),
    ];
    let headers = prop_oneof![
        6 => Just(Vec::new()),
        1 => text().prop_map(|value| vec![("X-HTTP-Method-Override".to_owned(), value)]),
    ];
    (method, path, query, headers, body(), 0usize..4).prop_map(
        |(method, path, query, headers, body, line)| Sent {
            method,
            path,
            query,
            headers,
            body,
            line,
        },
    )
}
