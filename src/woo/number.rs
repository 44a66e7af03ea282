//! Numbers as PHP writes and reads them (`spec/woocommerce-cart.md` 0.3).

use super::double::{self, Wanted};
use super::find;
use super::rounding::power_of_ten;
use super::{Direction, Rounding};
use std::ops::RangeInclusive;

/// PHP's `gcvt`: plain where the point stands at one of these places, exponential elsewhere.
fn general(value: f64, wanted: Wanted, places: RangeInclusive<i32>, exponent_mark: char) -> String {
    if value == 0.0 {
        return if value.is_sign_negative() { "-0" } else { "0" }.to_owned();
    }
    let (digits, point) = double::digits(value, wanted);
    let mut out = String::with_capacity(24);
    if value < 0.0 {
        out.push('-');
    }
    let (first, rest) = digits.split_at_checked(1).unwrap_or((&digits, ""));
    if !places.contains(&point) {
        out.push_str(first);
        out.push('.');
        out.push_str(if rest.is_empty() { "0" } else { rest });
        out.push(exponent_mark);
        out.push(if point > 0 { '+' } else { '-' });
        out.push_str(&(point - 1).abs().to_string());
    } else if point <= 0 {
        out.push_str("0.");
        (point..0).for_each(|_| out.push('0'));
        out.push_str(&digits);
    } else {
        let whole = usize::try_from(point).unwrap_or(0);
        if let Some((before, after)) = digits.split_at_checked(whole) {
            out.push_str(before);
            if !after.is_empty() {
                out.push('.');
                out.push_str(after);
            }
        } else {
            out.push_str(&digits);
            (digits.len()..whole).for_each(|_| out.push('0'));
        }
    }
    out
}

/// A float in PHP's JSON: the shortest digits that read back the same, no `.0`.
pub fn json(value: f64) -> String {
    general(value, Wanted::Shortest, -3..=17, 'e')
}

/// The shortest digits that read back the same, never an exponent.
pub fn plain(value: f64) -> String {
    general(value, Wanted::Shortest, i32::MIN..=i32::MAX, 'e')
}

/// A float cast to text: 14 significant digits.
pub fn text14(value: f64) -> String {
    general(value, Wanted::Significant(14), -3..=14, 'E')
}

/// C's `%.{places}f` of the exact binary value, correctly rounded.
pub fn fixed(value: f64, places: i32) -> String {
    let places = usize::try_from(places).unwrap_or(0);
    let (digits, point) = double::digits(value, Wanted::Places(places));
    let mut out = String::with_capacity(24);
    if value.is_sign_negative() {
        out.push('-');
    }
    let whole = usize::try_from(point).unwrap_or(0);
    let zeros = usize::try_from(-point).unwrap_or(0).min(places);
    let (before, after) = digits.split_at_checked(whole).unwrap_or((&digits, ""));
    out.push_str(before);
    (before.len()..whole.max(1)).for_each(|_| out.push('0'));
    if places > 0 {
        out.push('.');
        (0..zeros).for_each(|_| out.push('0'));
        out.push_str(after);
        (zeros + after.len()..places).for_each(|_| out.push('0'));
    }
    out
}

/// The double that [`fixed`] reads back as.
pub fn cut(value: f64, places: i32) -> f64 {
    let power = power_of_ten(places);
    let whole = (value * power).round();
    // what has no more decimals is its own text, as long as both are exact
    if whole.abs() < 1e15 && whole / power == value {
        return value;
    }
    float_of(&fixed(value, places))
}

/// PHP's `number_format`.
pub fn format_number(
    rounding: Rounding,
    value: f64,
    places: u8,
    point: &str,
    thousands: &str,
) -> String {
    let rounded = rounding.php(value, i32::from(places), Direction::Up);
    let text = fixed(rounded.abs(), i32::from(places));
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::with_capacity(text.len() + 8);
    if rounded < 0.0 && text.bytes().any(|b| matches!(b, b'1'..=b'9')) {
        out.push('-');
    }
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push_str(thousands);
        }
        out.push(digit);
    }
    if places > 0 {
        out.push_str(point);
        out.push_str(fraction);
    }
    out
}

const fn is_php_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c')
}

/// The length of the number a text starts with: sign, digits, point, exponent.
fn numeric_prefix(text: &str) -> usize {
    let bytes = text.as_bytes();
    let at = |i: usize| bytes.get(i).copied().unwrap_or(0);
    let skip_digits = |mut i: usize| {
        while at(i).is_ascii_digit() {
            i += 1;
        }
        i
    };
    let start = usize::from(matches!(at(0), b'+' | b'-'));
    let whole_end = skip_digits(start);
    let mut digits = whole_end - start;
    let mut end = whole_end;
    if at(end) == b'.' {
        let fraction_end = skip_digits(end + 1);
        digits += fraction_end - end - 1;
        end = fraction_end;
    }
    if digits == 0 {
        return 0;
    }
    if matches!(at(end), b'e' | b'E') {
        let sign = usize::from(matches!(at(end + 1), b'+' | b'-'));
        let exponent_end = skip_digits(end + 1 + sign);
        if exponent_end > end + 1 + sign {
            end = exponent_end;
        }
    }
    end
}

/// PHP's `is_numeric` for texts: white space may stand at both ends.
pub fn is_numeric(text: &str) -> bool {
    let trimmed = text.trim_matches(is_php_space);
    !trimmed.is_empty() && numeric_prefix(trimmed) == trimmed.len()
}

/// PHP's `floatval`: the number a text starts with, or 0.
pub fn float_of(text: &str) -> f64 {
    let trimmed = text.trim_start_matches(is_php_space);
    let prefix = trimmed.get(..numeric_prefix(trimmed)).unwrap_or("");
    double::parse(prefix)
}

/// The number a text is, without white space and with nothing else in it.
pub fn exact(text: &str) -> Option<f64> {
    let is_number = !text.is_empty() && numeric_prefix(text) == text.len();
    is_number.then(|| double::parse(text))
}

/// The number, if a cart can be calculated with it: not beyond PHP's integers.
pub fn within_reason(value: f64) -> Option<f64> {
    const MOST: f64 = 9.2e18;
    (value.abs() <= MOST).then_some(value)
}

/// PHP's `intval` of a text.
#[allow(clippy::cast_possible_truncation)]
pub fn int_of(text: &str) -> i64 {
    float_of(text) as i64
}

/// WooCommerce's cleaning of an amount given as text (`spec/woocommerce-cart.md` 6.3): the
/// shop's separator becomes a point, what is no digit, point or minus is dropped, and so are all
/// points but the last.
pub fn clean_decimal(text: &str, decimal_separator: &str) -> String {
    let text = find::replace(text, decimal_separator, ".");
    let kept: String =
        text.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | '-')).collect();
    match find::rsplit_once(&kept, ".") {
        Some((before, after)) => {
            let before = find::replace(before, ".", "");
            if after.is_empty() { before } else { format!("{before}.{after}") }
        }
        None => kept,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: Rounding = Rounding { php_84: false, two_passes: false };

    #[test]
    fn floats_in_json_are_shortest_and_lose_their_zero() {
        for (value, text) in [
            (4.0, "4"),
            (3.5980000000000003, "3.5980000000000003"),
            (0.0001, "0.0001"),
            (0.000012, "1.2e-5"),
            (1e16, "10000000000000000"),
            (1e17, "1.0e+17"),
            (-0.0, "-0"),
            (-0.005, "-0.005"),
        ] {
            assert_eq!(json(value), text);
        }
    }

    #[test]
    fn floats_cast_to_text_have_14_digits() {
        for (value, text) in [
            (24.974999999999998, "24.975"),
            (0.00001, "1.0E-5"),
            (1e14, "1.0E+14"),
            (1e20, "1.0E+20"),
            (0.1 + 0.2, "0.3"),
            (13.334000000000001, "13.334"),
        ] {
            assert_eq!(text14(value), text);
        }
    }

    #[test]
    fn number_format_groups_and_drops_the_minus_of_zero() {
        assert_eq!(format_number(OLD, 1234.5, 2, ",", "."), "1.234,50");
        assert_eq!(format_number(OLD, -0.001, 2, ".", ","), "0.00");
        assert_eq!(format_number(OLD, 1.005, 2, ".", ","), "1.01");
        assert_eq!(fixed(1.005, 2), "1.00");
        assert_eq!(format_number(OLD, -1234567.0, 0, ".", ","), "-1,234,567");
    }

    proptest::proptest! {
        #[test]
        fn a_cut_number_is_what_its_text_reads_as(
            number in proptest::prop_oneof![-1e12..1e12, proptest::num::f64::NORMAL],
            whole in -1_000_000_000_i64..1_000_000_000,
            places in 0..8,
        ) {
            #[allow(clippy::cast_precision_loss)]
            let short = whole as f64 / power_of_ten(places);
            for number in [number, short, number.round()] {
                let read = float_of(&fixed(number, places));
                proptest::prop_assert_eq!(cut(number, places).to_bits(), read.to_bits());
            }
        }
    }

    #[test]
    fn numeric_texts_are_php_s() {
        for text in ["1e2", "1.5", " 2 ", ".5", "-3", "+4", "1."] {
            assert!(is_numeric(text), "{text}");
        }
        for text in ["", " ", "0x10", "1,5", "NaN", "abc", "1e", "."] {
            assert!(!is_numeric(text), "{text}");
        }
        assert_eq!(float_of("12.5abc"), 12.5);
        assert_eq!(int_of("-5"), -5);
    }

    #[test]
    fn amounts_given_as_text_keep_their_last_point() {
        assert_eq!(clean_decimal("1.234,56", ","), "1234.56");
        assert_eq!(clean_decimal("1e3", "."), "13");
        assert_eq!(clean_decimal("58.988د.ك", "."), "58988");
    }
}
