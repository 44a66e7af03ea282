//! Doubles to digits and back, correctly rounded: what a cart holds by one multiplication or
//! division of whole doubles, the rest by what is built in.

use super::builtin;
use super::find;
use super::rounding::power_of_ten;

/// Which digits are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// As few as read back the same.
    Shortest,
    /// So many from the first that is not zero.
    Significant(usize),
    /// All up to so many after the point, of the first 101.
    Places(usize),
}

/// A number's digits without zeros at the end, and where its point stands: `0.1` is `("1", 0)`.
/// Zero, and what is no number, has no digits.
pub(super) fn digits(value: f64, wanted: Wanted) -> (String, i32) {
    let value = value.abs();
    if value == 0.0 || !value.is_finite() {
        return (String::new(), 0);
    }
    let (mut digits, point) = match short(value) {
        Some((digits, point)) if is_enough(&digits, point, wanted) => (digits, point),
        _ => long(value, wanted),
    };
    digits.truncate(digits.trim_end_matches('0').len());
    (digits, point)
}

/// Whether digits that read back the same are those wanted: no more were asked for than a double
/// has for certain, and no fewer than these.
fn is_enough(digits: &str, point: i32, wanted: Wanted) -> bool {
    wanted.count(point).is_none_or(|wanted| (signed(digits.len())..=CERTAIN).contains(&wanted))
}

impl Wanted {
    /// How many digits are wanted of a number whose point stands there.
    fn count(self, point: i32) -> Option<i32> {
        match self {
            Self::Shortest => None,
            Self::Significant(count) => Some(signed(count)),
            Self::Places(places) => Some(point.saturating_add(signed(places))),
        }
    }
}

/// So many digits every double has.
const CERTAIN: i32 = 15;

fn signed(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// A number of at most [`CERTAIN`] digits, few of them after the point.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn short(value: f64) -> Option<(String, i32)> {
    let mut power = 1.0;
    for places in 0..CERTAIN {
        let whole = (value * power).round();
        if whole >= 1e15 {
            return None;
        }
        // both are exact, so the quotient is what the text would be read as
        if whole / power == value {
            let digits = (whole as u64).to_string();
            let point = signed(digits.len()) - places;
            return Some((digits, point));
        }
        power *= 10.0;
    }
    None
}

/// Any number, by what is built in.
fn long(value: f64, wanted: Wanted) -> (String, i32) {
    let text = match wanted {
        Wanted::Shortest => builtin::shortest(value),
        // a tie is one after so many digits too
        _ => builtin::digits_101(value),
    };
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let mut digits = find::replace(mantissa, ".", "");
    let mut point = exponent.parse::<i32>().unwrap_or(0) + 1;
    let Some(count) = wanted.count(point) else { return (digits, point) };
    let Ok(count) = usize::try_from(count) else { return (String::new(), 0) };
    let Some((kept, rest)) = digits.split_at_checked(count) else { return (digits, point) };
    let is_odd = kept.bytes().last().is_some_and(|digit| digit % 2 == 1);
    let order = rest.trim_end_matches('0').cmp("5");
    let goes_up = order.is_gt() || order.is_eq() && is_odd;
    digits.truncate(count);
    if goes_up {
        digits.truncate(digits.trim_end_matches('9').len());
        match digits.pop() {
            Some(digit) => digits.push(char::from(digit as u8 + 1)),
            None => {
                digits.push('1');
                point += 1;
            }
        }
    }
    (digits, point)
}

/// The double nearest to a number: sign, digits, point, digits, `e`, exponent.
pub(super) fn parse(text: &str) -> f64 {
    amount(text).unwrap_or_else(|| builtin::parse(text))
}

/// An amount of few digits: both it and the power of ten are exact, so their quotient is the
/// nearest.
#[allow(clippy::cast_precision_loss)]
fn amount(text: &str) -> Option<f64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let (mut whole, mut places, mut has_point) = (0_u64, 0, false);
    for byte in digits.bytes() {
        match byte {
            b'0'..=b'9' if whole < 100_000_000_000_000 => {
                whole = whole * 10 + u64::from(byte & 15);
                places += i32::from(has_point);
            }
            b'.' => has_point = true,
            _ => return None,
        }
    }
    let value = (places <= 22).then(|| whole as f64 / power_of_ten(places))?;
    Some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::{Wanted, digits, parse};
    use proptest::prelude::*;

    /// What the library prints, taken apart in the same way.
    fn apart(text: &str) -> (String, i32) {
        let (text, exponent) = text.split_once('e').unwrap_or((text, "0"));
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let all = format!("{whole}{fraction}");
        let kept = all.trim_start_matches('0');
        let zeros = all.len() - kept.len();
        let point = whole.len() as i32 - zeros as i32 + exponent.parse::<i32>().unwrap();
        let kept = kept.trim_end_matches('0');
        (kept.to_owned(), if kept.is_empty() { 0 } else { point })
    }

    fn check(value: f64) {
        let found = |wanted| match digits(value, wanted) {
            (digits, _) if digits.is_empty() => (digits, 0),
            found => found,
        };
        let (digits, point) = found(Wanted::Shortest);
        assert_eq!(parse(&format!("0.{digits}e{point}")).to_bits(), value.to_bits(), "{value:e}");
        assert_eq!(digits.len(), apart(&format!("{value:e}")).0.len(), "{value:e}");
        for places in [0, 2, 3, 6].into_iter().filter(|_| value < 1e90) {
            let text = format!("{value:.places$}");
            assert_eq!(found(Wanted::Places(places)), apart(&text), "{value:e} {places}");
        }
        for count in [1, 6, 14, 15, 17] {
            let text = format!("{value:.*e}", count - 1);
            assert_eq!(found(Wanted::Significant(count)), apart(&text), "{value:e} {count}");
        }
        for text in [format!("{value:e}"), format!("{value}"), format!("{value:.40e}")] {
            assert_eq!(parse(&text).to_bits(), value.to_bits(), "{text}");
        }
    }

    #[test]
    fn boundaries_are_as_the_library_has_them() {
        let mut values = vec![
            0.1 + 0.2,
            5e-324,
            f64::from_bits(0x000f_ffff_ffff_ffff),
            f64::MAX,
            f64::MIN_POSITIVE,
        ];
        values.extend([0.5, 1.5, 2.5, 0.125, 1.005, 999.9995, 9.5, 0.05, 1e15, 1e22, 1e23]);
        values.extend((0..2046_u64).flat_map(|exponent| {
            let power = (exponent + 1) << 52;
            [power - 1, power, power + 1].map(f64::from_bits)
        }));
        values.into_iter().filter(|value| value.is_finite()).for_each(check);
    }

    #[test]
    fn of_two_texts_as_near_the_even_one_is_taken() {
        let of = |value| digits(value, Wanted::Shortest);
        assert_eq!(of(181_302_922_939_550.0 + 0.125), ("18130292293955012".to_owned(), 15));
        assert_eq!(of(181_302_922_939_550.0 + 0.375), ("18130292293955038".to_owned(), 15));
    }

    #[test]
    fn halves_between_two_doubles_go_to_the_even_one() {
        for text in [
            "9007199254740993",
            "9007199254740993.000000000000000000001",
            "2.5e-324",
            "2.4703282292062327208e-324",
            "2.4703282292062328e-324",
            "1.7976931348623158079e308",
            "1.7976931348623159e308",
            "1e400",
            "1e-400",
            "0e999999999999",
            "1e-99999999999",
        ] {
            assert_eq!(parse(text).to_bits(), text.parse::<f64>().unwrap().to_bits(), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn every_double_is_printed_and_read_as_the_library_does(bits in any::<u64>()) {
            let value = f64::from_bits(bits & !(1 << 63));
            if value.is_finite() {
                check(value);
            }
        }

        #[test]
        fn amounts_are_printed_and_read_as_the_library_does(
            whole in 0_u32..2_000_000, places in 0_i32..7, factor in 0_u32..500, ulps in 0_u64..3,
        ) {
            let value = f64::from(whole) / 10_f64.powi(places) * f64::from(factor) / 100.0;
            check(f64::from_bits(value.to_bits() + ulps));
        }

        #[test]
        fn every_text_of_a_number_is_read_as_the_library_does(
            text in "[-+]?[0-9]{1,30}(\\.[0-9]{0,30})?(e[-+]?[0-9]{1,3})?",
        ) {
            prop_assert_eq!(parse(&text).to_bits(), text.parse::<f64>().unwrap().to_bits());
        }
    }
}
