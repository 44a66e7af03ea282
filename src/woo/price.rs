//! Money as shoppers and CoCart's documents see it (`spec/woocommerce-cart.md` 6).

use super::rounding::{inner_precision, power_of_ten};
use super::{Direction, Generation, find, number, text};
use crate::store::{CurrencyPosition, Settings};
use rust_decimal::Decimal;

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

    /// The number alone: `1,234.50`.
    pub fn number(&self, value: f64) -> String {
        let separator = decimal_separator(self.settings);
        number::format_number(
            self.generation.rounding,
            value,
            self.decimals(),
            separator,
            &self.settings.thousand_separator,
        )
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
    pub fn minor_units(&self, value: f64) -> i64 {
        self.scale(number::cut(value, inner_precision(self.decimals().into())))
    }

    /// An amount in minor units read from a text, as CoCart 4.3.6 does.
    pub fn minor_units_of_text(&self, amount: &str) -> i64 {
        let plain = text::decode_entities(&text::strip_tags(amount));
        let cleaned = number::clean_decimal(&plain, &self.settings.decimal_separator);
        self.scale(number::float_of(&cleaned))
    }

    /// An amount in minor units that CoCart 4.3.6 reads back from the *formatted* price, wrong
    /// where a point in the symbol or the separators mislead it (6.4).
    pub fn minor_units_of_price(&self, value: f64) -> i64 {
        if self.generation.cocart_437 {
            return self.minor_units(value);
        }
        self.minor_units_of_text(&self.price(value))
    }

    #[allow(clippy::cast_possible_truncation)]
    fn scale(&self, value: f64) -> i64 {
        let factor = power_of_ten(i32::from(self.decimals()));
        let scaled = self.generation.rounding.php(value * factor, 0, Direction::Up);
        scaled as i64
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

/// An amount that was written in the shop's format, or in minor units; `None` where it is neither,
/// as a range of prices or a text beside one is not.
pub fn read(settings: &Settings, text: &str) -> Option<Decimal> {
    let decimals = settings.price_decimals;
    if let Ok(minor) = text.parse::<i64>() {
        return Decimal::try_new(minor, decimals.into()).ok();
    }
    let plain = text::decode_entities(&text::strip_tags(text));
    let bare = match find::split_once(&plain, &settings.currency_symbol) {
        Some((before, after)) => [before, after].concat(),
        None => plain,
    };
    let bare = bare.trim();
    // separators may be one and the same: the last one counts, where there is one to expect
    let (whole, part) = match find::rsplit_once(bare, decimal_separator(settings)) {
        Some(parts) if decimals > 0 => parts,
        _ => (bare, ""),
    };
    let whole = find::replace(whole, &settings.thousand_separator, "");
    let digits = whole.strip_prefix('-').unwrap_or(&whole);
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    // a number alone that is none of minor units is too large to be any
    let is_amount = !digits.is_empty() && are_digits(digits) && are_digits(part) && whole != text;
    if !is_amount || part.len() > decimals.into() {
        return None;
    }
    Decimal::from_str_exact(&format!("{whole}.{part}0")).ok()
}

fn decimal_separator(settings: &Settings) -> &str {
    match settings.decimal_separator.as_str() {
        "" => ".",
        separator => separator,
    }
}

#[cfg(test)]
mod tests {
    use super::{MoneyFormat, read};
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
        assert_eq!(money.minor_units_of_price(1234.5), 123_450);
        assert_eq!(money.affixes(), (String::new(), " €".to_owned()));
    }

    #[test]
    fn a_point_in_the_symbol_misleads_4_3_6_alone() {
        let kwd = kwd();
        assert_eq!(
            MoneyFormat::new(&kwd, generation("4.3.6")).minor_units_of_price(58.988),
            58_988_000
        );
        assert_eq!(
            MoneyFormat::new(&kwd, generation("4.3.7")).minor_units_of_price(58.988),
            58_988
        );
    }

    #[test]
    fn t30_minor_units_of_zero_and_of_halves() {
        let settings = Settings::default();
        let money = MoneyFormat::new(&settings, generation("4.3.6"));
        assert_eq!(money.minor_units(0.0), 0);
        assert_eq!(money.minor_units(-1.655), -166);
        assert_eq!(money.minor_units(8.325), 833);
    }

    #[test]
    fn what_is_written_is_read_again() {
        let formats = [
            ("£", CurrencyPosition::Left, 2, ".", ","),
            ("€", CurrencyPosition::RightSpace, 2, ",", "."),
        ];
        let odd = [
            ("¥", CurrencyPosition::Left, 0, ".", "."),
            ("د.ك", CurrencyPosition::Right, 3, ".", ""),
            ("Kč", CurrencyPosition::RightSpace, 2, "", "\u{a0}"),
            ("Fr.", CurrencyPosition::LeftSpace, 2, ".", "."),
            ("", CurrencyPosition::LeftSpace, 2, "·", "’"),
        ];
        for (symbol, position, decimals, point, thousands) in formats.into_iter().chain(odd) {
            let settings = Settings {
                currency_symbol: symbol.into(),
                currency_pos: position,
                price_decimals: decimals,
                decimal_separator: point.into(),
                thousand_separator: thousands.into(),
                ..Settings::default()
            };
            let money = MoneyFormat::new(&settings, generation("5.0.0"));
            for amount in [0.0, 5.0, 1234.0, 9_876_543.0] {
                let (formatted, minor) =
                    (money.price(amount), money.minor_units(amount).to_string());
                for text in [&formatted, &minor] {
                    let read = read(&settings, text).map(crate::store::to_f64);
                    assert_eq!(read, Some(amount), "{text}");
                }
            }
        }
    }

    #[test]
    fn what_is_no_amount_is_none() {
        let settings = Settings { currency_symbol: "£".into(), ..Settings::default() };
        let html = "<span class=\"amount\"><bdi><span>&pound;</span>1,018.50</bdi></span>";
        assert_eq!(read(&settings, html).unwrap().to_string(), "1018.500");
        assert_eq!(read(&settings, "£18").unwrap().to_string(), "18.0");
        assert_eq!(read(&settings, "-£5.00").unwrap().to_string(), "-5.000");
        for text in [
            "",
            " ",
            "£",
            "free",
            "£5.00 – £10.00",
            "<del>£20.00</del> <ins>£18.00</ins>",
            "from £5.00",
            "--£5.00",
            "€5.00",
            "£٥.٠٠",
            "£1.005",
            "£.50",
            "£5.00.",
            "1e3",
            "NaN",
            "£99999999999999999999999999999999.00",
            "99999999999999999999",
        ] {
            assert_eq!(read(&settings, text), None, "{text}");
        }
    }
}
