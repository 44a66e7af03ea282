//! The one vocabulary of change: routes make commands, the journal keeps them, the outbox sends
//! them, the simulator draws them at random.

use crate::value::{Fields, Map, Record, Unfit, Value};
use crate::{by_value, map, record};

/// A change to the cart. Quantities are PHP floats, finite by construction.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// `POST cart/add-item`
    AddItem(AddItem),
    /// `POST cart/add-items`
    AddItems(AddItems),
    /// `POST cart/item/{key}`: an absolute quantity.
    UpdateItem {
        /// Which line.
        item_key: String,
        /// The new quantity.
        quantity: f64,
    },
    /// `DELETE cart/item/{key}`
    RemoveItem {
        /// Which line.
        item_key: String,
    },
    /// `PUT cart/item/{key}`
    RestoreItem {
        /// Which removed line.
        item_key: String,
    },
    /// `POST cart/clear`
    Clear {
        /// Whether removed lines stay restorable.
        keep_removed_items: bool,
    },
    /// `POST cart/calculate`
    Calculate,
    /// `GET cart`: shows notices once, drops what is no longer sold.
    ReadCart,
    /// `POST cart/update` with namespace `update-cart`: absolute quantities as posted, by item key.
    UpdateItems {
        /// Item key → quantity as posted.
        quantity: Map,
    },
    /// `POST cart/update` with namespace `update-customer`: the posted fields.
    UpdateCustomer {
        /// Field name → posted value.
        fields: Map,
    },
    /// A full address set by WooCommerce's own setters, billing and shipping alike.
    SetAddress {
        /// Address field (`country`, `postcode`, …) → value.
        address: Map,
    },
    /// CoCart Plus `POST cart/apply-coupon`
    ApplyCoupon {
        /// The code as typed.
        coupon: String,
    },
    /// CoCart Plus `DELETE cart/coupons/{code}`
    RemoveCoupon {
        /// The code as typed.
        coupon: String,
    },
    /// CoCart Plus `POST cart/set-shipping-method`
    ChooseShippingRate {
        /// The rate's key, `flat_rate:1`.
        rate: String,
    },
    /// CoCart Plus `POST cart/add-fee`
    AddFee(Fee),
    /// CoCart Plus `POST cart/remove-fees`
    RemoveFees,
    /// `POST cart/update` with a plugin's namespace.
    Update {
        /// The body, its `namespace` included, as the server is told it.
        fields: Map,
        /// What the app believes the plugin does with it: carried out here, never sent.
        effects: Vec<Command>,
    },
}

/// What `cart/add-item` was asked to add.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AddItem {
    /// Product id, variation id or SKU, as posted.
    pub id: String,
    /// How many.
    pub quantity: f64,
    /// Attribute key → value.
    pub variation: Map,
    /// Free data; part of the line's identity.
    pub item_data: Map,
    /// The customer's billing e-mail.
    pub email: Option<String>,
    /// The customer's billing phone.
    pub phone: Option<String>,
    /// A custom unit price in major units, as posted.
    pub price: Option<String>,
}

/// What `cart/add-items` was asked to add.
#[derive(Clone, Debug, PartialEq)]
pub enum AddItems {
    /// The form up to 4.9: a container product and quantities by product id.
    Group {
        /// The container's id or SKU, as posted.
        id: String,
        /// Product id → quantity as posted.
        quantity: Map,
        /// The customer's billing e-mail.
        email: Option<String>,
        /// The customer's billing phone.
        phone: Option<String>,
    },
    /// The form of 5.0: a list of items.
    List {
        /// The items.
        items: Vec<AddItem>,
    },
}

/// A fee as `WC_Cart::add_fee()` takes it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fee {
    /// Its name; its id is made from it.
    pub name: String,
    /// Its amount in major units, without tax; may be negative.
    pub amount: f64,
    /// Whether tax is added.
    pub taxable: bool,
    /// The tax class's slug; empty for the standard class.
    pub tax_class: String,
}

record!(AddItem { id, quantity, variation, item_data, email, phone, price });
record!(Fee { name, amount, taxable, tax_class });

/// A command is kept as one map with its `type`.
impl Record for Command {
    fn read(value: &Value) -> Result<Self, Unfit> {
        let mut fields = Fields::of(value)?;
        let mut kind = String::new();
        fields.read("type", &mut kind)?;
        let mut text = |name: &str| {
            let mut text = String::new();
            fields.read(name, &mut text).map(|()| text)
        };
        Ok(match kind.as_str() {
            "add-item" => Self::AddItem(AddItem::read(value)?),
            "add-items" => Self::AddItems(AddItems::read(value)?),
            "update-item" => {
                let (item_key, mut quantity) = (text("item_key")?, 0.0);
                fields.read("quantity", &mut quantity)?;
                Self::UpdateItem { item_key, quantity }
            }
            "remove-item" => Self::RemoveItem { item_key: text("item_key")? },
            "restore-item" => Self::RestoreItem { item_key: text("item_key")? },
            "clear" => {
                let mut keep_removed_items = false;
                fields.read("keep_removed_items", &mut keep_removed_items)?;
                Self::Clear { keep_removed_items }
            }
            "calculate" => Self::Calculate,
            "read-cart" => Self::ReadCart,
            "update-items" => Self::UpdateItems { quantity: part(&mut fields, "quantity")? },
            "update-customer" => Self::UpdateCustomer { fields: part(&mut fields, "fields")? },
            "set-address" => Self::SetAddress { address: part(&mut fields, "address")? },
            "apply-coupon" => Self::ApplyCoupon { coupon: text("coupon")? },
            "remove-coupon" => Self::RemoveCoupon { coupon: text("coupon")? },
            "choose-shipping-rate" => Self::ChooseShippingRate { rate: text("rate")? },
            "add-fee" => Self::AddFee(Fee::read(value)?),
            "remove-fees" => Self::RemoveFees,
            "update" => {
                let (body, mut effects) = (part(&mut fields, "fields")?, Vec::new());
                fields.read("effects", &mut effects)?;
                Self::Update { fields: body, effects }
            }
            _ => return Err(Unfit::expected("a command")),
        })
    }

    fn write(&self) -> Value {
        let with = |kind: &'static str, record: Value| -> Value {
            let mut map = map! { "type": kind };
            for (key, value) in record.as_object().into_iter().flat_map(Map::iter) {
                map.push(key.to_owned(), value.clone());
            }
            map.into()
        };
        match self {
            Self::AddItem(item) => with("add-item", item.write()),
            Self::AddItems(items) => with("add-items", items.write()),
            Self::UpdateItem { item_key, quantity } => {
                map! { "type": "update-item", "item_key": item_key.as_str(), "quantity": *quantity }
                    .into()
            }
            Self::RemoveItem { item_key } => {
                map! { "type": "remove-item", "item_key": item_key.as_str() }.into()
            }
            Self::RestoreItem { item_key } => {
                map! { "type": "restore-item", "item_key": item_key.as_str() }.into()
            }
            Self::Clear { keep_removed_items } => {
                map! { "type": "clear", "keep_removed_items": *keep_removed_items }.into()
            }
            Self::Calculate => map! { "type": "calculate" }.into(),
            Self::ReadCart => map! { "type": "read-cart" }.into(),
            Self::UpdateItems { quantity } => {
                map! { "type": "update-items", "quantity": quantity.clone() }.into()
            }
            Self::UpdateCustomer { fields } => {
                map! { "type": "update-customer", "fields": fields.clone() }.into()
            }
            Self::SetAddress { address } => {
                map! { "type": "set-address", "address": address.clone() }.into()
            }
            Self::ApplyCoupon { coupon } => {
                map! { "type": "apply-coupon", "coupon": coupon.as_str() }.into()
            }
            Self::RemoveCoupon { coupon } => {
                map! { "type": "remove-coupon", "coupon": coupon.as_str() }.into()
            }
            Self::ChooseShippingRate { rate } => {
                map! { "type": "choose-shipping-rate", "rate": rate.as_str() }.into()
            }
            Self::AddFee(fee) => with("add-fee", fee.write()),
            Self::RemoveFees => map! { "type": "remove-fees" }.into(),
            Self::Update { fields, effects } => {
                map! { "type": "update", "fields": fields.clone(), "effects": effects.write() }
                    .into()
            }
        }
    }
}
by_value!(Command);

fn part(fields: &mut Fields<'_>, name: &str) -> Result<Map, Unfit> {
    let mut map = Map::new();
    fields.read(name, &mut map).map(|()| map)
}

/// The list form is told by its `items`.
impl Record for AddItems {
    fn read(value: &Value) -> Result<Self, Unfit> {
        let mut fields = Fields::of(value)?;
        if value.get("items").is_some() {
            let mut items = Vec::new();
            fields.read("items", &mut items)?;
            return Ok(Self::List { items });
        }
        let (mut id, mut email, mut phone) = (String::new(), None, None);
        fields.read("id", &mut id)?;
        let quantity = part(&mut fields, "quantity")?;
        fields.read("email", &mut email)?;
        fields.read("phone", &mut phone)?;
        Ok(Self::Group { id, quantity, email, phone })
    }

    fn write(&self) -> Value {
        match self {
            Self::Group { id, quantity, email, phone } => {
                let mut map = map! { "id": id.as_str(), "quantity": quantity.clone() };
                for (name, text) in [("email", email), ("phone", phone)] {
                    if let Some(text) = text {
                        map.push(name, text.as_str());
                    }
                }
                map.into()
            }
            Self::List { items } => map! { "items": items.write() }.into(),
        }
    }
}
by_value!(AddItems);
