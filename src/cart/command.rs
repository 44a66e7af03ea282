//! The one vocabulary of change: routes make commands, the journal keeps them, the outbox sends
//! them, the simulator draws them at random.

use crate::value::Map;
use serde::{Deserialize, Serialize};

/// A change to the cart. Quantities are PHP floats, finite by construction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case", rename_all_fields = "kebab-case")]
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
}

/// What `cart/add-item` was asked to add.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct AddItem {
    /// Product id, variation id or SKU, as posted.
    pub id: String,
    /// How many.
    pub quantity: f64,
    /// Attribute key → value.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub variation: Map,
    /// Free data; part of the line's identity.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub item_data: Map,
    /// The customer's billing e-mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The customer's billing phone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// A custom unit price in major units, as posted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<String>,
}

/// What `cart/add-items` was asked to add.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum AddItems {
    /// The form up to 4.9: a container product and quantities by product id.
    #[serde(rename_all = "kebab-case")]
    Group {
        /// The container's id or SKU, as posted.
        id: String,
        /// Product id → quantity as posted.
        quantity: Map,
        /// The customer's billing e-mail.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        email: Option<String>,
        /// The customer's billing phone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        phone: Option<String>,
    },
    /// The form of 5.0: a list of items.
    List {
        /// The items.
        items: Vec<AddItem>,
    },
}

/// A fee as `WC_Cart::add_fee()` takes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Fee {
    /// Its name; its id is made from it.
    pub name: String,
    /// Its amount in major units, without tax; may be negative.
    pub amount: f64,
    /// Whether tax is added.
    #[serde(default)]
    pub taxable: bool,
    /// The tax class's slug; empty for the standard class.
    #[serde(default)]
    pub tax_class: String,
}
