//! By Rust's library, where nobody counts bytes.

/// `1.5e0`, with as few digits as read back the same.
pub(crate) fn shortest(value: f64) -> String {
    let text = format!("{value:e}");
    let count = text.bytes().take_while(|byte| *byte != b'e').filter(u8::is_ascii_digit).count();
    // of two that are as near PHP and JavaScript take the even one, the library the upper
    let even = format!("{value:.*e}", count.saturating_sub(1));
    if even.parse() == Ok(value) { even } else { text }
}

/// `1.500…e0`, with 101 digits.
pub(crate) fn digits_101(value: f64) -> String {
    format!("{value:.100e}")
}

/// The double nearest to a number.
pub(crate) fn parse(text: &str) -> f64 {
    text.parse().unwrap_or(0.0)
}

/// A power of any exponent.
pub(crate) fn power(base: f64, exponent: f64) -> f64 {
    base.powf(exponent)
}

pub(crate) fn lower(text: &str) -> String {
    text.to_lowercase()
}

pub(crate) fn upper(text: &str) -> String {
    text.to_uppercase()
}

/// The names and values of a form.
pub(crate) fn form(text: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}
