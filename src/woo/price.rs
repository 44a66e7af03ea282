//! Money as shoppers and CoCart's documents see it (`spec/woocommerce-cart.md` 6).

use super::{Direction, Generation, number, text};
use crate::store::{CurrencyPosition, Settings};

/// The shop's money format.
#[derive(Clone, Debug)]
pub struct MoneyFormat<'a> {
    settings: &'a Settings,
    generation: Generation,
}

impl<'a> MoneyFormat<'a> {
    /// The format of a shop.
    pub fn new(settings: &'a Settings, generation: Generation) -> Self {
        Self { settings, generation }
    }

    fn decimals(&self) -> u8 {
        self.settings.price_decimals
    }

    /// Decimals WooCommerce keeps inside: two more than shown, at least six.
    fn precision(&self) -> usize {
        (usize::from(self.decimals()) + 2).max(6)
    }

    /// The number alone: `1,234.50`.
    pub fn number(&self, value: f64) -> String {
        let separator = self.decimal_separator();
        number::format_number(
            self.generation.rounding,
            value,
            self.decimals(),
            separator,
            &self.settings.thousand_separator,
        )
    }

    fn decimal_separator(&self) -> &str {
        match self.settings.decimal_separator.as_str() {
            "" => ".",
            separator => separator,
        }
    }

    /// The price as text, tags stripped and entities decoded: `-$5.00`, `5,00 €` (with U+00A0
    /// where the position has a space).
    pub fn price(&self, value: f64) -> String {
        self.assemble(value, &self.settings.currency_symbol, "\u{a0}")
    }

    fn assemble(&self, value: f64, symbol: &str, space: &str) -> String {
        let amount = self.number(value.abs());
        let minus = if value < 0.0 { "-" } else { "" };
        match self.settings.currency_pos {
            CurrencyPosition::Left => format!("{minus}{symbol}{amount}"),
            CurrencyPosition::Right => format!("{minus}{amount}{symbol}"),
            CurrencyPosition::LeftSpace => format!("{minus}{symbol}{space}{amount}"),
            CurrencyPosition::RightSpace => format!("{minus}{amount}{space}{symbol}"),
        }
    }

    /// The price as it stands inside a coupon notice, entities decoded, `<bdi>` dropped.
    pub fn price_in_notice(&self, value: f64) -> String {
        let symbol = format!(
            "<span class=\"woocommerce-Price-currencySymbol\">{}</span>",
            self.settings.currency_symbol
        );
        let body = self.assemble(value, &symbol, "\u{a0}");
        format!("<span class=\"woocommerce-Price-amount amount\">{body}</span>")
    }

    /// An amount in minor units, as CoCart 4.3.6 prints a number: cut to the inner precision,
    /// then scaled and rounded once.
    pub fn minor_units(&self, value: f64) -> String {
        // most figures of most carts, and printing a double is the cost
        if value == 0.0 {
            return "0".into();
        }
        let cut = number::float_of(&number::fixed(value, self.precision()));
        self.scale(cut)
    }

    /// An amount in minor units read from a text, as CoCart 4.3.6 does.
    pub fn minor_units_of_text(&self, amount: &str) -> String {
        let plain = text::decode_entities(&text::strip_tags(amount));
        let cleaned = number::clean_decimal(&plain, &self.settings.decimal_separator);
        self.scale(number::float_of(&cleaned))
    }

    /// An amount in minor units that CoCart 4.3.6 reads back from the *formatted* price, wrong
    /// where a point in the symbol or the separators mislead it (6.4).
    pub fn minor_units_of_price(&self, value: f64) -> String {
        if self.generation.cocart_437 {
            return self.minor_units(value);
        }
        self.minor_units_of_text(&self.price(value))
    }

    #[allow(clippy::cast_possible_truncation)]
    fn scale(&self, value: f64) -> String {
        let factor = super::rounding::power_of_ten(i32::from(self.decimals()));
        let scaled = self.generation.rounding.php(value * factor, 0, Direction::Up);
        (scaled as i64).to_string()
    }

    /// An amount in major units with the shop's decimals and a point: `18.00`.
    pub fn decimal(&self, value: f64) -> String {
        number::format_number(self.generation.rounding, value, self.decimals(), ".", "")
    }

    /// What stands before and after the number: CoCart's `currency_prefix` and
    /// `currency_suffix`, with a plain space.
    pub fn affixes(&self) -> (String, String) {
        let symbol = &self.settings.currency_symbol;
        match self.settings.currency_pos {
            CurrencyPosition::Left => (symbol.clone(), String::new()),
            CurrencyPosition::LeftSpace => (format!("{symbol} "), String::new()),
            CurrencyPosition::Right => (String::new(), symbol.clone()),
            CurrencyPosition::RightSpace => (String::new(), format!(" {symbol}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::MoneyFormat;
    use crate::store::{CurrencyPosition, Settings, Versions};
    use crate::woo::Generation;

    fn generation(cocart: &str) -> Generation {
        Generation::of(&Versions {
            cocart: cocart.into(),
            php: "8.2".into(),
            ..Versions::default()
        })
    }

    fn kwd() -> Settings {
        Settings {
            currency_symbol: "د.ك".into(),
            currency_pos: CurrencyPosition::Right,
            price_decimals: 3,
            ..Settings::default()
        }
    }

    #[test]
    fn prices_follow_the_shop_s_format() {
        let euro = Settings {
            currency_symbol: "€".into(),
            currency_pos: CurrencyPosition::RightSpace,
            decimal_separator: ",".into(),
            thousand_separator: ".".into(),
            ..Settings::default()
        };
        let money = MoneyFormat::new(&euro, generation("4.3.6"));
        assert_eq!(money.price(-1234.5), "-1.234,50\u{a0}€");
        assert_eq!(money.minor_units_of_price(1234.5), "123450");
        assert_eq!(money.affixes(), (String::new(), " €".to_owned()));
    }

    #[test]
    fn a_point_in_the_symbol_misleads_4_3_6_alone() {
        let kwd = kwd();
        assert_eq!(
            MoneyFormat::new(&kwd, generation("4.3.6")).minor_units_of_price(58.988),
            "58988000"
        );
        assert_eq!(
            MoneyFormat::new(&kwd, generation("4.3.7")).minor_units_of_price(58.988),
            "58988"
        );
    }

    #[test]
    fn t30_zero_is_a_text_in_minor_units() {
        let settings = Settings::default();
        let money = MoneyFormat::new(&settings, generation("4.3.6"));
        assert_eq!(money.minor_units(0.0), "0");
        assert_eq!(money.minor_units(-1.655), "-166");
        assert_eq!(money.minor_units(8.325), "833");
    }
}
