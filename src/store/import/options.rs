//! The shop's options.

use super::Sources;
use super::pictures::Pictures;
use super::read::{as_text, field, text};
use crate::store::{
    BaseAddress, CurrencyPosition, DefaultCustomerAddress, Settings, TaxBasedOn, TaxDisplay,
    TaxTotalDisplay,
};
use crate::value::Value;
use crate::woo::{countries, text as words};

pub(super) fn settings(sources: &Sources, pictures: &Pictures) -> Settings {
    let option = |name: &str| {
        let value = sources.options.get(&format!("woocommerce_{name}"));
        value.map(as_text).unwrap_or_default()
    };
    let is = |name: &str, value: &str| option(name) == value;
    let listed = |name: &str| -> Vec<String> {
        let value = sources.options.get(&format!("woocommerce_{name}"));
        value.map(|v| super::read::list(v).iter().map(as_text).collect()).unwrap_or_default()
    };
    let display = |name: &str| if is(name, "incl") { TaxDisplay::Incl } else { TaxDisplay::Excl };
    let currency = option("currency");
    let symbol =
        field(&sources.currencies, &currency).map(|c| text(c, "symbol")).unwrap_or_default();
    // WooCommerce tells symbols as entities
    let symbol = words::decode_entities(&symbol);
    let shown = |field: &str| {
        let value = sources.checkout_fields.get(&format!("woocommerce_checkout_{field}_field"));
        value.and_then(Value::as_str) != Some("hidden")
    };
    let country = option("default_country");
    let (country, state) = country.split_once(':').unwrap_or((&country, ""));
    let home = text(&sources.store, "home_url");
    let allowed_countries = match option("allowed_countries").as_str() {
        "specific" => listed("specific_allowed_countries"),
        "all_except" => {
            let without = listed("all_except_countries");
            let codes = countries::codes().filter(|code| !without.iter().any(|w| w == code));
            codes.map(str::to_owned).collect()
        }
        _ => Vec::new(),
    };
    let shipping_countries = match option("ship_to_countries").as_str() {
        "" => Vec::new(),
        "all" if allowed_countries.is_empty() => Vec::new(),
        "all" => countries::codes().map(str::to_owned).collect(),
        _ => listed("specific_ship_to_countries"),
    };
    Settings {
        currency_symbol: symbol,
        currency,
        currency_pos: match option("currency_pos").as_str() {
            "right" => CurrencyPosition::Right,
            "left_space" => CurrencyPosition::LeftSpace,
            "right_space" => CurrencyPosition::RightSpace,
            _ => CurrencyPosition::Left,
        },
        price_decimals: option("price_num_decimals").parse().unwrap_or(2),
        decimal_separator: option("price_decimal_sep"),
        thousand_separator: option("price_thousand_sep"),
        calc_taxes: is("calc_taxes", "yes"),
        prices_include_tax: is("prices_include_tax", "yes"),
        // a filter of the shop's code, which no answer tells
        adjust_non_base_location_prices: true,
        tax_round_at_subtotal: is("tax_round_at_subtotal", "yes"),
        tax_based_on: match option("tax_based_on").as_str() {
            "billing" => TaxBasedOn::Billing,
            "base" => TaxBasedOn::Base,
            _ => TaxBasedOn::Shipping,
        },
        tax_display_cart: display("tax_display_cart"),
        tax_display_shop: display("tax_display_shop"),
        tax_total_display: if is("tax_total_display", "single") {
            TaxTotalDisplay::Single
        } else {
            TaxTotalDisplay::Itemized
        },
        shipping_tax_class: match option("shipping_tax_class").as_str() {
            "standard" => String::new(),
            class => class.to_owned(),
        },
        base_address: BaseAddress {
            country: country.to_owned(),
            state: state.to_owned(),
            postcode: option("store_postcode"),
            city: option("store_city"),
            address_1: option("store_address"),
            address_2: option("store_address_2"),
        },
        default_customer_address: match option("default_customer_address").as_str() {
            "" => DefaultCustomerAddress::None,
            "base" => DefaultCustomerAddress::Base,
            _ => DefaultCustomerAddress::Geolocation,
        },
        allowed_countries,
        shipping_countries,
        shipping_enabled: !is("ship_to_countries", "disabled"),
        shipping_cost_requires_address: is("shipping_cost_requires_address", "yes"),
        shipping_hide_rates_when_free: is("shipping_hide_rates_when_free", "yes"),
        enable_coupons: is("enable_coupons", "yes"),
        calc_discounts_sequentially: is("calc_discounts_sequentially", "yes"),
        manage_stock: is("manage_stock", "yes"),
        stock_format: option("stock_format"),
        hide_out_of_stock: is("hide_out_of_stock_items", "yes"),
        weight_unit: option("weight_unit"),
        dimension_unit: option("dimension_unit"),
        checkout_company: shown("company"),
        checkout_address_2: shown("address_2"),
        checkout_phone: shown("phone"),
        placeholder_image: pictures.placeholder(),
        cart_url: format!("{home}/cart/"),
        allow_price_override: false,
    }
}
