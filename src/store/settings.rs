//! The shop's options (`spec/woocommerce-cart.md` 0.4).

use crate::{record, words};

/// The shop's options that decide what a cart holds (`spec/woocommerce-cart.md` 0.4).
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::struct_excessive_bools)]
pub struct Settings {
    /// ISO 4217.
    pub currency: String,
    /// The currency's symbol, entities decoded.
    pub currency_symbol: String,
    /// Where the symbol stands.
    pub currency_pos: CurrencyPosition,
    /// Number of decimals of every amount.
    pub price_decimals: u8,
    /// The decimal separator.
    pub decimal_separator: String,
    /// The thousand separator.
    pub thousand_separator: String,
    /// Whether tax is computed at all.
    pub calc_taxes: bool,
    /// Whether catalogue prices hold the base tax.
    pub prices_include_tax: bool,
    /// Whether prices that hold the base tax change where another tax is taken (the filter
    /// `woocommerce_adjust_non_base_location_prices`).
    pub adjust_non_base_location_prices: bool,
    /// Whether tax is rounded on the sums and not per line.
    pub tax_round_at_subtotal: bool,
    /// Which address is taxed.
    pub tax_based_on: TaxBasedOn,
    /// Whether the cart shows prices with tax.
    pub tax_display_cart: TaxDisplay,
    /// Whether the shop shows prices with tax.
    pub tax_display_shop: TaxDisplay,
    /// Whether tax rows are listed one by one.
    pub tax_total_display: TaxTotalDisplay,
    /// The tax class of shipping: `inherit`, or a slug (empty = standard).
    pub shipping_tax_class: String,
    /// The shop's own address.
    pub base_address: BaseAddress,
    /// What a new customer's address starts with.
    pub default_customer_address: DefaultCustomerAddress,
    /// Codes of the countries the shop sells to; empty means all.
    pub allowed_countries: Vec<String>,
    /// Codes of the countries it ships to, where these are others than it sells to.
    pub shipping_countries: Vec<String>,
    /// Whether anything is shipped.
    pub shipping_enabled: bool,
    /// Whether shipping costs hide until the address is complete.
    pub shipping_cost_requires_address: bool,
    /// Whether free shipping hides the other rates.
    pub shipping_hide_rates_when_free: bool,
    /// Whether coupons can be used.
    pub enable_coupons: bool,
    /// Whether a coupon sees what the one before it left.
    pub calc_discounts_sequentially: bool,
    /// Whether stock is managed at all.
    pub manage_stock: bool,
    /// How the shop shows stock: empty (always), `low_amount`, `no_amount`.
    pub stock_format: String,
    /// Whether what is sold out is hidden.
    pub hide_out_of_stock: bool,
    /// The unit of weights.
    pub weight_unit: String,
    /// The unit of lengths.
    pub dimension_unit: String,
    /// Whether addresses have a company.
    pub checkout_company: bool,
    /// Whether addresses have a second line.
    pub checkout_address_2: bool,
    /// Whether addresses have a phone.
    pub checkout_phone: bool,
    /// The picture shown where a product has none.
    pub placeholder_image: String,
    /// The address of the cart page; empty where there is none.
    pub cart_url: String,
    /// Whether `add-item` may carry its own price ("Name Your Price"; on before CoCart 4.9).
    pub allow_price_override: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            currency: "USD".into(),
            currency_symbol: "$".into(),
            currency_pos: CurrencyPosition::Left,
            price_decimals: 2,
            decimal_separator: ".".into(),
            thousand_separator: ",".into(),
            calc_taxes: false,
            prices_include_tax: false,
            adjust_non_base_location_prices: true,
            tax_round_at_subtotal: false,
            tax_based_on: TaxBasedOn::Shipping,
            tax_display_cart: TaxDisplay::Excl,
            tax_display_shop: TaxDisplay::Excl,
            tax_total_display: TaxTotalDisplay::Itemized,
            shipping_tax_class: "inherit".into(),
            base_address: BaseAddress::default(),
            default_customer_address: DefaultCustomerAddress::Base,
            allowed_countries: Vec::new(),
            shipping_countries: Vec::new(),
            shipping_enabled: true,
            shipping_cost_requires_address: false,
            shipping_hide_rates_when_free: false,
            enable_coupons: true,
            calc_discounts_sequentially: false,
            manage_stock: true,
            stock_format: String::new(),
            hide_out_of_stock: false,
            weight_unit: "kg".into(),
            dimension_unit: "cm".into(),
            checkout_company: true,
            checkout_address_2: true,
            checkout_phone: true,
            placeholder_image: String::new(),
            cart_url: String::new(),
            allow_price_override: false,
        }
    }
}

impl Settings {
    /// Whether the shop sells to a country.
    pub(crate) fn sells_to(&self, country: &str) -> bool {
        is_listed(&self.allowed_countries, country)
    }

    /// Whether a country is one that the shop ships to. Where nothing is shipped and none is
    /// listed, there is none.
    pub(crate) fn ships_to(&self, country: &str) -> bool {
        if self.shipping_countries.is_empty() {
            return self.shipping_enabled && self.sells_to(country);
        }
        is_listed(&self.shipping_countries, country)
    }
}

/// Whether a list has a country in it; an empty one has all.
fn is_listed(list: &[String], country: &str) -> bool {
    list.is_empty() || list.iter().any(|listed| listed == country)
}

/// Where the currency's symbol stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum CurrencyPosition {
    #[default]
    Left,
    Right,
    LeftSpace,
    RightSpace,
}

/// Which address is taxed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum TaxBasedOn {
    #[default]
    Shipping,
    Billing,
    Base,
}

/// Whether prices are shown with tax.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum TaxDisplay {
    Incl,
    #[default]
    Excl,
}

/// How tax is summed up for the shopper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum TaxTotalDisplay {
    #[default]
    Itemized,
    Single,
}

/// What a new customer's address starts with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DefaultCustomerAddress {
    /// Nothing.
    None,
    /// The shop's country and state.
    #[default]
    Base,
    /// What the server's geolocation says: unknown here, so the shop's country and state.
    Geolocation,
}

/// The shop's own address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct BaseAddress {
    pub country: String,
    pub state: String,
    pub postcode: String,
    pub city: String,
    pub address_1: String,
    pub address_2: String,
}

record!(Settings {
    currency,
    currency_symbol,
    currency_pos,
    price_decimals,
    decimal_separator,
    thousand_separator,
    calc_taxes,
    prices_include_tax,
    adjust_non_base_location_prices,
    tax_round_at_subtotal,
    tax_based_on,
    tax_display_cart,
    tax_display_shop,
    tax_total_display,
    shipping_tax_class,
    base_address,
    default_customer_address,
    allowed_countries,
    shipping_countries,
    shipping_enabled,
    shipping_cost_requires_address,
    shipping_hide_rates_when_free,
    enable_coupons,
    calc_discounts_sequentially,
    manage_stock,
    stock_format,
    hide_out_of_stock,
    weight_unit,
    dimension_unit,
    checkout_company,
    checkout_address_2,
    checkout_phone,
    placeholder_image,
    cart_url,
    allow_price_override
});
record!(BaseAddress { country, state, postcode, city, address_1, address_2 });
words!(CurrencyPosition { Left = "left", Right = "right", LeftSpace = "left_space", RightSpace = "right_space" });
words!(TaxBasedOn { Shipping = "shipping", Billing = "billing", Base = "base" });
words!(TaxDisplay { Incl = "incl", Excl = "excl" });
words!(TaxTotalDisplay { Itemized = "itemized", Single = "single" });
words!(DefaultCustomerAddress { None = "none", Base = "base", Geolocation = "geolocation" });
