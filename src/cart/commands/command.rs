//! The one vocabulary of change: routes make commands, the journal keeps them, the outbox sends
//! them, the simulator draws them at random.

use crate::store::Fee;
use crate::value::{Fields, Map, Record, Unfit, Value};
use crate::{by_value, map, record};

/// A change to the cart. Quantities are PHP floats, finite by construction.
#[derive(Clone, Debug, Default, PartialEq)]
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
    #[default]
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

record!(AddItem { id, quantity, variation, item_data, email, phone, price });

/// A command is kept as one map with its `type`.
impl Record for Command {
    fn fill(&mut self, value: &Value) -> Result<(), Unfit> {
        let fields = &mut Fields::of(value)?;
        *self = match text(fields, "type")?.as_str() {
            "add-item" => Self::AddItem(Record::read(value)?),
            "add-items" => Self::AddItems(Record::read(value)?),
            "update-item" => {
                let (item_key, mut quantity) = (text(fields, "item_key")?, 0.0);
                fields.read("quantity", &mut quantity)?;
                Self::UpdateItem { item_key, quantity }
            }
            "remove-item" => Self::RemoveItem { item_key: text(fields, "item_key")? },
            "restore-item" => Self::RestoreItem { item_key: text(fields, "item_key")? },
            "clear" => {
                let mut keep_removed_items = false;
                fields.read("keep_removed_items", &mut keep_removed_items)?;
                Self::Clear { keep_removed_items }
            }
            "calculate" => Self::Calculate,
            "read-cart" => Self::ReadCart,
            "update-items" => Self::UpdateItems { quantity: part(fields, "quantity")? },
            "update-customer" => Self::UpdateCustomer { fields: part(fields, "fields")? },
            "set-address" => Self::SetAddress { address: part(fields, "address")? },
            "apply-coupon" => Self::ApplyCoupon { coupon: text(fields, "coupon")? },
            "remove-coupon" => Self::RemoveCoupon { coupon: text(fields, "coupon")? },
            "choose-shipping-rate" => Self::ChooseShippingRate { rate: text(fields, "rate")? },
            "add-fee" => Self::AddFee(Record::read(value)?),
            "remove-fees" => Self::RemoveFees,
            "update" => {
                let (body, mut effects) = (part(fields, "fields")?, Vec::new());
                fields.read("effects", &mut effects)?;
                Self::Update { fields: body, effects }
            }
            _ => return Err(Unfit::expected("a command")),
        };
        Ok(())
    }

    fn write(&self) -> Value {
        match self {
            Self::AddItem(item) => kept("add-item", item.write()),
            Self::AddItems(items) => kept("add-items", items.write()),
            Self::UpdateItem { item_key, quantity } => kept(
                "update-item",
                map! { "item_key": item_key.as_str(), "quantity": *quantity }.into(),
            ),
            Self::RemoveItem { item_key } => kept_with("remove-item", "item_key", item_key),
            Self::RestoreItem { item_key } => kept_with("restore-item", "item_key", item_key),
            Self::Clear { keep_removed_items } => {
                kept_with("clear", "keep_removed_items", keep_removed_items)
            }
            Self::Calculate => kept("calculate", Value::Null),
            Self::ReadCart => kept("read-cart", Value::Null),
            Self::UpdateItems { quantity } => kept_with("update-items", "quantity", quantity),
            Self::UpdateCustomer { fields } => kept_with("update-customer", "fields", fields),
            Self::SetAddress { address } => kept_with("set-address", "address", address),
            Self::ApplyCoupon { coupon } => kept_with("apply-coupon", "coupon", coupon),
            Self::RemoveCoupon { coupon } => kept_with("remove-coupon", "coupon", coupon),
            Self::ChooseShippingRate { rate } => kept_with("choose-shipping-rate", "rate", rate),
            Self::AddFee(fee) => kept("add-fee", fee.write()),
            Self::RemoveFees => kept("remove-fees", Value::Null),
            Self::Update { fields, effects } => {
                kept("update", map! { "fields": fields.clone(), "effects": effects.write() }.into())
            }
        }
    }
}
by_value!(Command);

/// A record with its `type` before its fields.
fn kept(kind: &'static str, record: Value) -> Value {
    let mut map = map! { "type": kind };
    map.extend(record.as_object());
    map.into()
}

fn kept_with(kind: &'static str, name: &'static str, field: &dyn Record) -> Value {
    let mut map = map! { "type": kind };
    map.push(name, field.write());
    map.into()
}

fn text(fields: &mut Fields<'_>, name: &str) -> Result<String, Unfit> {
    let mut text = String::new();
    fields.read(name, &mut text).map(|()| text)
}

fn part(fields: &mut Fields<'_>, name: &str) -> Result<Map, Unfit> {
    let mut map = Map::new();
    fields.read(name, &mut map).map(|()| map)
}

impl Default for AddItems {
    fn default() -> Self {
        Self::List { items: Vec::new() }
    }
}

/// The list form is told by its `items`.
impl Record for AddItems {
    fn fill(&mut self, value: &Value) -> Result<(), Unfit> {
        let fields = &mut Fields::of(value)?;
        if value.get("items").is_some() {
            let mut items = Vec::new();
            fields.read("items", &mut items)?;
            *self = Self::List { items };
            return Ok(());
        }
        let (id, quantity) = (text(fields, "id")?, part(fields, "quantity")?);
        let (mut email, mut phone) = (None, None);
        fields.read("email", &mut email)?;
        fields.read("phone", &mut phone)?;
        *self = Self::Group { id, quantity, email, phone };
        Ok(())
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
