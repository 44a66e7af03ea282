//! Postcodes: WooCommerce's format, validity and matching (`spec/woocommerce-cart.md` 5.1).

use super::find;

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
    let mut text = normalize(postcode);
    let is_latvian = country == "LV" && text.bytes().all(|b| b.is_ascii_digit());
    let named = matches!(country, "CZ" | "SK" | "DK" | "LV");
    let bare = text.strip_prefix(country).filter(|bare| named && !bare.is_empty());
    if let Some(bare) = bare.or(is_latvian.then_some(&text)) {
        text = format!("{country}-{bare}");
    }
    let from_end = |n: usize| text.len().saturating_sub(n);
    let (at, mark) = match country {
        "CZ" | "SE" | "SK" => (from_end(2), " "),
        "CA" | "GB" => (from_end(3), " "),
        "IE" => (3, " "),
        "BR" | "PL" => (from_end(3), "-"),
        "JP" => (3, "-"),
        "PT" => (4, "-"),
        "MN" | "PR" | "US" => (5, "-"),
        "NL" => (4, " "),
        _ => (0, ""),
    };
    insert_at(&text, at, mark).trim().to_owned()
}

/// What postcodes are like, by country: `9` a digit, other small letters as [`fits`] has them, `?`
/// marks the one before as optional. Countries that are not here take any.
const PATTERNS: &str = "AT9999|BE9999|CH9999|HU9999|NO9999|ES99999|FI99999|EE99999|FR99999|IT99999|\
    US99999,99999-9999|PR99999,99999-9999|CZ999 ?99,CZ-999 ?99|SE999 ?99,SE-999 ?99|\
    SK999 ?99,SK-999 ?99|DKk999,3m99,DK-k999,DK-3m99|BA79999,89999|BR99999-?999|\
    DE01999,19999|IN199 ?999|JP999-?9999|PT9999-999|PL99-999|SI1999|LIp4n9|CAh9i ?9i9|\
    NL1999 ?jz,1999 ?So|IEf99gggg,D6Wgggg|\
    GBa99ee,a999ee,ab99ee,ab999ee,a9c9ee,ab9d9ee,GIR0AA,BFPO99?9?9?";

/// Letters that never stand at a place: Great Britain's places, Ireland's, Canada's first and its
/// others, the Netherlands' before and after an `S`, any.
const NEVER: &str = "aQVX|bIJZ|cILMNOQRVXYZ|dCDFGIJKLOQSTUZ|eCIKMOV|fBGIJLMOQSUZ|hDFIOQUWZ|iDFIOQU|\
    jS|oADS|z";

/// Whether a postcode fits its country.
pub fn is_valid(postcode: &str, country: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c.is_whitespace() || c == '-';
    if !postcode.chars().all(allowed) {
        return false;
    }
    let mut rows = PATTERNS.split('|').filter_map(|row| row.strip_prefix(country));
    let Some(patterns) = rows.next().filter(|_| !country.is_empty()) else { return true };
    let is_like = |text: &str| patterns.split(',').any(|pattern| is_like(text, pattern));
    match country {
        "CA" | "NL" => is_like(&postcode.to_ascii_uppercase()),
        "GB" => is_like(&find::replace(&postcode.to_ascii_uppercase(), " ", "")),
        // anywhere in it
        "IE" => {
            let plain = normalize(postcode);
            (0..plain.len()).any(|at| plain.get(at..at + 7).is_some_and(is_like))
        }
        _ => is_like(postcode),
    }
}

fn is_like(text: &str, pattern: &str) -> bool {
    let mut rest = text.chars().peekable();
    let mut steps = pattern.chars().peekable();
    while let Some(step) = steps.next() {
        let optional = steps.next_if_eq(&'?').is_some();
        if rest.next_if(|c| fits(*c, step)).is_none() && !optional {
            return false;
        }
    }
    rest.next().is_none()
}

/// Whether a character is what a step of a pattern asks for.
fn fits(c: char, step: char) -> bool {
    match step {
        '9' => c.is_ascii_digit(),
        '1' => matches!(c, '1'..='9'),
        'k' => matches!(c, '1' | '2' | '4'..='9'),
        'm' => matches!(c, '0'..='8'),
        'n' => matches!(c, '8' | '9'),
        'p' => c == '9',
        'g' => fits(c, '9') || fits(c, 'f'),
        _ => {
            let mut never = NEVER.split('|').filter_map(|row| row.strip_prefix(step));
            match never.next() {
                Some(never) => c.is_ascii_uppercase() && !find::has(never, c),
                None => c == step,
            }
        }
    }
}

/// Whether a stored postcode, wildcard or range covers an address's.
pub fn covers(stored: &str, postcode: &str, country: &str) -> bool {
    let stored = stored.trim().to_ascii_uppercase();
    if let Some((from, to)) = find::split_once(&stored, "...") {
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
            // PHP compares what is no number as text: `1012AB` lies in `1000...1999`
            _ => from <= plain.as_str() && plain.as_str() <= to,
        };
    }
    // each character is two digits, A = 01, and shorter ends are padded on the right; what has more
    // digits is the larger number
    let numeric = |text: &str, least: usize| {
        let digits = normalize(text).into_bytes().into_iter();
        let digits = digits.map(|b| match b {
            b'0'..=b'9' => b - b'0',
            b'A'..=b'Z' => b - b'A' + 1,
            _ => 0,
        });
        let mut digits: Vec<u8> = digits.collect();
        digits.resize(digits.len().max(least), 0);
        (digits.len(), digits)
    };
    let at = numeric(&plain, 0);
    numeric(from, at.0) <= at && at <= numeric(to, at.0)
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
        assert!(covers("CB1...CB5", "CB2 3AA", "GB"));
    }

    #[test]
    fn a_range_of_numbers_covers_postcodes_with_letters_as_texts() {
        assert!(covers("1000...1999", "1012 AB", "NL"));
        assert!(covers("1000...1999", "1000AA", "NL"));
        assert!(!covers("1000...1999", "1999 AB", "NL"));
        assert!(!covers("1000...1999", "2000 AB", "NL"));
        assert!(!covers("10000...99999", "", "US"));
        assert!(!covers("10000...99999", "SW1A 1AA", "GB"));
    }

    #[test]
    fn a_postcode_shorter_than_the_ends_of_a_range_lies_before_it() {
        assert!(covers("EC1A 1AA...WC2A 9ZZ", "SW1A 1AA", "GB"));
        assert!(!covers("EC1A 1AA...WC2A 9ZZ", "M1 1AA", "GB"));
    }

    #[test]
    fn a_country_s_own_letters_are_written_before_a_hyphen() {
        assert_eq!(format("CZ-11000", "CZ"), "CZ-110 00");
        assert_eq!(format("110 00", "CZ"), "110 00");
        assert_eq!(format("11455", "SE"), "114 55");
        assert_eq!(format("dk 2100", "DK"), "DK-2100");
        assert_eq!(format("2100", "DK"), "2100");
        assert_eq!(format("1010", "LV"), "LV-1010");
        assert_eq!(format("lv1010", "LV"), "LV-1010");
        assert_eq!(format("Riga", "LV"), "RIGA");
        assert_eq!(format("142001234", "MN"), "14200-1234");
    }

    #[test]
    fn validity_is_by_country() {
        for (country, valid, invalid) in [
            ("US", "90210 94105-1234", "9021 941051234"),
            ("HK", "anything", "no!"),
            ("", "anything 123", "no!"),
            ("CA", "h2x1y4 V5K_0A1", "H2O_1Y4 W2X_1Y4 Z2X_1Y4 H2X-1Y4"),
            ("DE", "01067 10115", "00115"),
            ("LI", "9480 9490 9499", "1490 9500 9479"),
            ("DK", "DK-2100 1390 3899", "DK2100 3900 0999 dk-2100"),
            ("NL", "1012AB 1012_ab", "0012AB 1012SA 1012_sd 1012SS 1012"),
            ("CZ", "11000 110_00 CZ-110_00", "CZ11000 1100 SK-11000"),
            ("SE", "11455 SE-114_55", "1145"),
            ("IE", "D02X285 D6W_XY00 xxA65F4E2xx", "B02X285 D02X28"),
            (
                "GB",
                "SW1A_1AA sw1a1aa M1_1AE W1A_0AX EC1A_1BB B33_8TH GIR_0AA BFPO_1 BFPO1234",
                "12345 QW1_1AA SJ1_1AA M1I_1AA EC1I_1BB M1_1AC SW1A-1AA BFPO AA_1AA GIR_0BB",
            ),
        ] {
            for postcode in valid.split(' ') {
                assert!(is_valid(&postcode.replace('_', " "), country), "{country} {postcode}");
            }
            for postcode in invalid.split(' ') {
                assert!(!is_valid(&postcode.replace('_', " "), country), "{country} {postcode}");
            }
        }
    }
}
