//! What the engine knows of the shop.

mod catalogue;
mod coupon;
mod fee;
#[cfg(feature = "import")]
pub mod import;
mod learn;
mod product;
mod reading;
mod settings;
mod shipping;
mod shop;
mod snapshot;
mod sound;
mod tax;

pub use catalogue::{Attribute, Catalogue, Details, Image, Moment, Review, Term};
pub use coupon::{Coupon, DiscountType};
pub use fee::Fee;
pub(crate) use product::ATTRIBUTE_PREFIX;
pub use product::{
    AttributeOption, Backorders, Dimensions, ManageStock, Product, ProductAttribute, ProductStatus,
    ProductType, StockStatus, TaxStatus,
};
pub use reading::Reading;
pub use settings::{
    BaseAddress, CurrencyPosition, DefaultCustomerAddress, Settings, TaxBasedOn, TaxDisplay,
    TaxTotalDisplay,
};
pub use shipping::{
    FreeShippingRequires, ShippingMethod, ShippingMethodKind, ShippingZone, ZoneLocation,
    ZoneLocationType,
};
pub use shop::{Location, MatchedRate, Shop, coupon_hash, to_f64};
pub use snapshot::{Category, FORMAT, ShippingClass, Snapshot, StoreInfo, Versions};
pub use tax::{TaxClass, TaxRate};
