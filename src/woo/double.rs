//! Doubles to digits and back, correctly rounded.
//!
//! The library's own conversions are made for speed: 25 KB of code and 10 KB of tables that no
//! compression gets smaller. What a cart holds is found by one multiplication or division of
//! whole doubles; the rest takes a big integer.

use super::big::Big;
use super::rounding::power_of_ten;

/// Which digits are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// As few as read back the same.
    Shortest,
    /// So many from the first that is not zero.
    Significant(usize),
    /// All up to so many after the point.
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
    let wanted = match wanted {
        Wanted::Shortest => return true,
        Wanted::Significant(count) => signed(count),
        Wanted::Places(places) => point.saturating_add(signed(places)),
    };
    (signed(digits.len())..=CERTAIN).contains(&wanted)
}

/// So many digits every double has.
const CERTAIN: i32 = 15;

/// A length to reckon with.
pub(super) fn signed(count: usize) -> i32 {
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

/// Any number, as Steele and White do it: `value = rest / unit * 10^point`.
fn long(value: f64, wanted: Wanted) -> (String, i32) {
    let (mantissa, exponent) = parts(value);
    let shortest = wanted == Wanted::Shortest;
    let is_even = mantissa.is_multiple_of(2);
    let up = u32::try_from(exponent).unwrap_or(0);
    // half the way to the neighbours; the lower one is nearer below a power of two
    let nearer = u32::from(mantissa == 1 << 52 && exponent > LEAST);
    let mut rest = Big::of(mantissa).shifted(up + 1 + nearer);
    let mut unit = Big::of(1).shifted(exponent.min(0).unsigned_abs() + 1 + nearer);
    let mut below = Big::of(1).shifted(up);
    let mut above = below.clone().shifted(nearer);

    // whether what is read back the same comes up to the unit
    let reaches = |rest: &Big, above: &Big, unit: &Big| {
        let mut sum = rest.clone();
        if shortest {
            sum.add(above);
        }
        let order = sum.order(unit);
        order.is_gt() || order.is_eq() && (is_even || !shortest)
    };
    let mut point = 0;
    while reaches(&rest, &above, &unit) {
        unit.times(10, 0);
        point += 1;
    }
    let mut digits: Vec<u8> = Vec::new();
    let goes_up = loop {
        let left = match wanted {
            Wanted::Shortest => 1,
            Wanted::Significant(count) => signed(count) - signed(digits.len()),
            Wanted::Places(places) => point + signed(places) - signed(digits.len()),
        };
        if left <= 0 {
            let order = rest.shifted(1).order(&unit);
            let is_odd = digits.last().is_some_and(|digit| digit % 2 == 1);
            break left == 0 && (order.is_gt() || order.is_eq() && is_odd);
        }
        for big in [&mut rest, &mut below, &mut above] {
            big.times(10, 0);
        }
        if digits.is_empty() && !reaches(&rest, &above, &unit) {
            point -= 1;
            continue;
        }
        let mut digit = b'0';
        while rest.order(&unit).is_ge() {
            rest.take(&unit);
            digit += 1;
        }
        digits.push(digit);
        if shortest {
            let order = rest.order(&below);
            let may_stop = order.is_lt() || order.is_eq() && is_even;
            let may_rise = reaches(&rest, &above, &unit);
            if may_stop || may_rise {
                break may_rise && (!may_stop || rest.shifted(1).order(&unit).is_ge());
            }
        }
    };
    if goes_up {
        while digits.last() == Some(&b'9') {
            digits.pop();
        }
        match digits.last_mut() {
            Some(digit) => *digit += 1,
            None => {
                digits.push(b'1');
                point += 1;
            }
        }
    }
    (String::from_utf8(digits).unwrap_or_default(), point)
}

/// The least exponent of two.
const LEAST: i32 = -1074;

/// `mantissa * 2^exponent`.
fn parts(value: f64) -> (u64, i32) {
    let bits = value.to_bits();
    let (fraction, exponent) = (bits & ((1 << 52) - 1), (bits >> 52) & 0x7ff);
    match i32::try_from(exponent).unwrap_or(0) {
        0 => (fraction, LEAST),
        exponent => (fraction | 1 << 52, exponent + LEAST - 1),
    }
}

/// The double nearest to a number: sign, digits, point, digits, `e`, exponent.
pub(super) fn parse(text: &str) -> f64 {
    let (negative, text) = match text.strip_prefix('-') {
        Some(text) => (true, text),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (text, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let far = if exponent.starts_with('-') { -99_999 } else { 99_999 };
    let exponent = exponent.parse().unwrap_or(far).clamp(-99_999, 99_999);
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let value = nearest(whole, fraction, exponent);
    if negative { -value } else { value }
}

#[allow(clippy::cast_precision_loss)]
fn nearest(whole: &str, fraction: &str, exponent: i32) -> f64 {
    /// Digits after these tell no more than whether there are any.
    const MOST: usize = 800;
    let exponent = exponent.saturating_sub(signed(fraction.len()));
    let digits = || whole.bytes().chain(fraction.bytes()).skip_while(|digit| *digit == b'0');
    let count = digits().count();
    if count <= 19 {
        let mantissa = digits().fold(0_u64, |number, digit| number * 10 + u64::from(digit & 15));
        if count <= 15 && (-22..=22).contains(&exponent) {
            let power = power_of_ten(exponent.abs());
            return if exponent < 0 { mantissa as f64 / power } else { mantissa as f64 * power };
        }
        if (-19..0).contains(&exponent) && mantissa > 0 {
            return divided(mantissa, 10_u64.pow(exponent.unsigned_abs()));
        }
    }
    let digits: Vec<u8> = digits().collect();
    let point = exponent.saturating_add(signed(digits.len()));
    if digits.is_empty() || point < -330 {
        return 0.0;
    }
    if point > 310 {
        return f64::INFINITY;
    }
    let (known, tail) = digits.split_at_checked(MOST).unwrap_or((&digits, &[]));
    let mut above = Big::of(0);
    for digit in known {
        above.times(10, u32::from(digit & 15));
    }
    above.times(10, u32::from(tail.iter().any(|digit| *digit != b'0')));
    let mut below = Big::of(1);
    let power = point - signed(known.len()) - 1;
    let scaled = if power < 0 { &mut below } else { &mut above };
    (0..power.unsigned_abs()).for_each(|_| scaled.times(10, 0));
    quotient(above, below)
}

/// The double nearest to a fraction of whole numbers, neither of them zero.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]
fn divided(above: u64, below: u64) -> f64 {
    // so that 63 or 64 bits come out, ten more than a double has
    let shift = 63 + above.leading_zeros() - below.leading_zeros();
    let (above, below) = (u128::from(above) << shift, u128::from(below));
    // what is left decides between two halves only
    let bits = (above / below) as u64 | u64::from(above % below > 0);
    scale(bits as f64, -signed_bits(shift))
}

/// The double nearest to a fraction.
#[allow(clippy::cast_precision_loss)]
fn quotient(mut above: Big, mut below: Big) -> f64 {
    let lead = above.bits() - below.bits();
    let shift = lead.unsigned_abs();
    if lead > 0 {
        below = below.shifted(shift);
    } else {
        above = above.shifted(shift);
    }
    let mut bits = 0_u64;
    for _ in 0..56 {
        bits <<= 1;
        if above.order(&below).is_ge() {
            above.take(&below);
            bits |= 1;
        }
        above = above.shifted(1);
    }
    // what is left decides between two halves only
    bits |= u64::from(above.bits() > 0);
    let exponent = lead - 55;
    let length = 64 - signed_bits(bits.leading_zeros());
    let drop = (length - 53).max(LEAST - exponent);
    let Ok(drop @ 0..=60) = u32::try_from(drop) else { return 0.0 };
    let (kept, half, rest) = (bits >> drop, 1_u64 << drop >> 1, bits & ((1 << drop) - 1));
    let rounded = kept + u64::from(rest > half || rest == half && kept % 2 == 1);
    scale(rounded as f64, exponent + signed_bits(drop))
}

fn signed_bits(bits: u32) -> i32 {
    i32::try_from(bits).unwrap_or(0)
}

/// `value * 2^exponent`, exact where the result is a double.
fn scale(value: f64, exponent: i32) -> f64 {
    let step = if exponent < 0 { 0.5 } else { 2.0 };
    (0..exponent.unsigned_abs()).fold(value, |value, _| value * step)
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
        assert_eq!(found(Wanted::Shortest), apart(&format!("{value:e}")), "{value:e}");
        for places in [0, 2, 3, 6] {
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
