//! Postcodes: WooCommerce's format, validity and matching (`spec/woocommerce-cart.md` 5.1).

/// Upper case without spaces and hyphens.
pub fn normalize(postcode: &str) -> String {
    let kept = postcode.chars().filter(|c| !c.is_whitespace() && *c != '-');
    kept.map(|c| c.to_ascii_uppercase()).collect()
}

fn insert_at(text: &str, at: usize, mark: &str) -> String {
    match text.split_at_checked(at) {
        Some((before, after)) if !before.is_empty() && !after.is_empty() => {
            format!("{before}{mark}{after}")
        }
        _ => text.to_owned(),
    }
}

/// A postcode as its country writes it.
pub fn format(postcode: &str, country: &str) -> String {
    let plain = normalize(postcode);
    let from_end = |n: usize| plain.len().saturating_sub(n);
    let formatted = match country {
        "SE" => insert_at(&plain, from_end(2), " "),
        "CA" | "GB" => insert_at(&plain, from_end(3), " "),
        "IE" => insert_at(&plain, 3, " "),
        "BR" | "PL" => insert_at(&plain, from_end(3), "-"),
        "JP" => insert_at(&plain, 3, "-"),
        "PT" => insert_at(&plain, 4, "-"),
        "PR" | "US" => insert_at(&plain, 5, "-"),
        "NL" => insert_at(&plain, 4, " "),
        "CZ" | "SK" => insert_at(plain.strip_prefix(country).unwrap_or(&plain), 3, " "),
        "LV" => format!("LV-{}", plain.strip_prefix("LV").unwrap_or(&plain)),
        "DK" => plain.strip_prefix("DK").map_or_else(|| plain.clone(), |rest| format!("DK-{rest}")),
        _ => plain,
    };
    formatted.trim().to_owned()
}

/// Whether a postcode fits its country: `9` a digit, `1` one above zero, `A` a letter, `C` one of
/// Canada's, `?` marks the one before as optional; countries without a pattern take any.
pub fn is_valid(postcode: &str, country: &str) -> bool {
    let postcode = postcode.trim();
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-');
    if !postcode.chars().all(allowed) {
        return false;
    }
    let patterns: &[&str] = match country {
        "AT" | "BE" | "CH" | "HU" | "NO" => &["9999"],
        "BA" => &["79999", "89999"],
        "BR" => &["99999-?999"],
        "DE" => &["01999", "19999"],
        "ES" | "FI" | "EE" | "FR" | "IT" => &["99999"],
        "DK" => &["1999", "DK-1999"],
        "GB" => return is_gb(postcode),
        "IE" => &["A99 ?XXXX", "D6W ?XXXX"],
        "IN" => &["199 ?999"],
        "JP" => &["999-?9999"],
        "PT" => &["9999-999"],
        "PR" | "US" => &["99999", "99999-9999"],
        "CA" => &["C9C ?9C9"],
        "PL" => &["99-999"],
        "CZ" | "SE" | "SK" => &["999 ?99"],
        "NL" => &["1999 ?AA"],
        "SI" => &["1999"],
        "LI" if !postcode.starts_with("94") => &[],
        "LI" => &["9999"],
        _ => return true,
    };
    patterns.iter().any(|pattern| matches_pattern(postcode, pattern))
}

fn matches_pattern(text: &str, pattern: &str) -> bool {
    let mut rest = text.chars().peekable();
    let mut steps = pattern.chars().peekable();
    while let Some(step) = steps.next() {
        let optional = steps.next_if_eq(&'?').is_some();
        let fits = rest.peek().is_some_and(|c| match step {
            '9' => c.is_ascii_digit(),
            '1' => matches!(c, '1'..='9'),
            'C' => c.is_ascii_alphabetic() && !"DFIOQU".contains(c.to_ascii_uppercase()),
            'A' => c.is_ascii_alphabetic(),
            'X' => c.is_ascii_alphanumeric(),
            literal => c.eq_ignore_ascii_case(&literal),
        });
        if fits {
            rest.next();
        } else if !optional {
            return false;
        }
    }
    rest.next().is_none()
}

fn is_gb(postcode: &str) -> bool {
    let plain = normalize(postcode);
    let Some((outward, inward)) =
        plain.len().checked_sub(3).and_then(|at| plain.split_at_checked(at))
    else {
        return false;
    };
    let outward_fits =
        ["A9", "A99", "AA9", "AA99", "A9A", "AA9A"].iter().any(|p| matches_pattern(outward, p));
    matches_pattern(inward, "9AA") && outward_fits || plain == "GIR0AA"
}

/// Whether a stored postcode, wildcard or range covers an address's.
pub fn covers(stored: &str, postcode: &str, country: &str) -> bool {
    let stored = stored.trim().to_ascii_uppercase();
    if let Some((from, to)) = stored.split_once("...") {
        return in_range(from.trim(), to.trim(), postcode);
    }
    let formatted = format(postcode, country);
    if stored == normalize(postcode) || stored == formatted {
        return true;
    }
    stored.strip_suffix('*').is_some_and(|prefix| formatted.starts_with(prefix))
}

fn in_range(from: &str, to: &str, postcode: &str) -> bool {
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let plain = normalize(postcode);
    if all_digits(from) && all_digits(to) {
        let number = |text: &str| text.parse::<u64>().ok();
        return match (number(from), number(&plain), number(to)) {
            (Some(from), Some(at), Some(to)) => from <= at && at <= to,
            _ => false,
        };
    }
    // each character as two digits, A = 01; shorter ends are padded on the right
    let numeric = |text: &str| -> String {
        normalize(text)
            .bytes()
            .flat_map(|b| {
                if b.is_ascii_digit() {
                    [b'0', b]
                } else {
                    [b'0' + (b - b'A' + 1) / 10, b'0' + (b - b'A' + 1) % 10]
                }
            })
            .map(char::from)
            .collect()
    };
    if !plain
        .bytes()
        .chain(from.bytes())
        .chain(to.bytes())
        .all(|b| b.is_ascii_alphanumeric() || b == b' ' || b == b'-')
    {
        return false;
    }
    let at = numeric(&plain);
    let pad = |text: String| {
        let missing = at.len().saturating_sub(text.len());
        text + &"0".repeat(missing)
    };
    pad(numeric(from)) <= at && at <= pad(numeric(to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postcodes_are_written_as_their_country_does() {
        assert_eq!(format("sw1a1aa", "GB"), "SW1A 1AA");
        assert_eq!(format("h2x1y4", "CA"), "H2X 1Y4");
        assert_eq!(format("1000001", "JP"), "100-0001");
        assert_eq!(format("941051234", "US"), "94105-1234");
        assert_eq!(format("90001", "US"), "90001");
        assert_eq!(format("105 57", "GR"), "10557");
    }

    #[test]
    fn t35_a_gb_wildcard_without_its_space_never_matches() {
        assert!(!covers("SW1A1*", "SW1A 1AA", "GB"));
        assert!(covers("SW1A 1*", "sw1a1aa", "GB"));
        assert!(covers("SW*", "SW1A 1AA", "GB"));
        assert!(covers("SW1A1AA", "SW1A 1AA", "GB"));
    }

    #[test]
    fn ranges_compare_numbers_or_letters() {
        assert!(covers("90000...90999", "90210", "US"));
        assert!(!covers("90000...90100", "90210", "US"));
        assert!(covers("AA1...AC9", "AB5", "XX"));
    }

    #[test]
    fn validity_is_by_country() {
        assert!(is_valid("90210", "US") && !is_valid("9021", "US"));
        assert!(is_valid("SW1A 1AA", "GB") && !is_valid("12345", "GB"));
        assert!(is_valid("anything", "HK") && !is_valid("no!", "HK"));
        assert!(is_valid("94105-1234", "US") && !is_valid("941051234", "US"));
        assert!(is_valid("h2x1y4", "CA") && !is_valid("H2O 1Y4", "CA"));
        assert!(is_valid("01067", "DE") && is_valid("10115", "DE") && !is_valid("00115", "DE"));
        assert!(is_valid("9490", "LI") && !is_valid("1490", "LI"));
        assert!(is_valid("DK-2100", "DK") && !is_valid("DK2100", "DK"));
    }
}
