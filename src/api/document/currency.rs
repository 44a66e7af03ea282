//! `currency`: how the shop writes money.

use crate::api::Profile;
use crate::cart::Visit;
use crate::map;
use crate::value::Map;

pub(in crate::api) fn currency(visit: &Visit<'_>) -> Map {
    let settings = visit.settings();
    let (prefix, suffix) = visit.money().affixes();
    let position = match (visit.profile, settings.currency_pos) {
        (Profile::V43, _) if !prefix.is_empty() => "currency_prefix",
        (Profile::V43, _) if !suffix.is_empty() => "currency_suffix",
        (Profile::V43, _) => "",
        (_, position) => position.name(),
    };
    map! {
        "currency_code": settings.currency.as_str(),
        "currency_symbol": settings.currency_symbol.as_str(),
        "currency_symbol_pos": position,
        "currency_minor_unit": i64::from(settings.price_decimals),
        "currency_decimal_separator": settings.decimal_separator.as_str(),
        "currency_thousand_separator": settings.thousand_separator.as_str(),
        "currency_prefix": prefix,
        "currency_suffix": suffix,
    }
}
