//! Upper and lower case of the scripts that shops write codes and cities in: Latin (Vietnamese
//! included), Greek, Cyrillic, Armenian. The library's tables for every script weigh 24 KB.

/// Where the small letter stands `step` behind the capital, for a run of capitals.
const RUNS: [(u32, u32, u32); 9] = [
    (0xc0, 0xd6, 32),
    (0xd8, 0xde, 32),
    (0x388, 0x38a, 37),
    (0x391, 0x3a1, 32),
    (0x3a3, 0x3ab, 32),
    (0x400, 0x40f, 80),
    (0x410, 0x42f, 32),
    (0x531, 0x556, 48),
    (0x386, 0x386, 38),
];

/// Where capitals and small letters alternate, beginning with a capital.
const PAIRS: [(u32, u32); 9] = [
    (0x100, 0x12f),
    (0x132, 0x137),
    (0x139, 0x148),
    (0x14a, 0x177),
    (0x179, 0x17e),
    (0x460, 0x481),
    (0x48a, 0x4bf),
    (0x1e00, 0x1e95),
    (0x1ea0, 0x1eff),
];

/// Single pairs outside every pattern.
const SINGLES: [(char, char); 4] = [('Ÿ', 'ÿ'), ('Ό', 'ό'), ('Ύ', 'ύ'), ('Ώ', 'ώ')];

fn lower_of(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let code = u32::from(c);
    let run = RUNS.iter().find(|(from, to, _)| (*from..=*to).contains(&code));
    let pair = PAIRS.iter().find(|(from, to)| (*from..=*to).contains(&code));
    let lower = match (run, pair) {
        (Some((_, _, step)), _) => code + step,
        (None, Some((from, _))) => code + u32::from((code - from).is_multiple_of(2)),
        (None, None) => {
            SINGLES.iter().find(|(upper, _)| *upper == c).map_or(code, |(_, l)| u32::from(*l))
        }
    };
    char::from_u32(lower).unwrap_or(c)
}

fn upper_of(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_uppercase();
    }
    let code = u32::from(c);
    let run = RUNS.iter().find(|(from, to, step)| (from + step..=to + step).contains(&code));
    let pair = PAIRS.iter().find(|(from, to)| (*from..=*to).contains(&code));
    let upper = match (run, pair) {
        // the one letter between ö and ø is a sign
        (Some((_, _, step)), _) if c != '÷' => code - step,
        (_, Some((from, _))) => code - u32::from(!(code - from).is_multiple_of(2)),
        _ => SINGLES.iter().find(|(_, lower)| *lower == c).map_or(code, |(u, _)| u32::from(*u)),
    };
    char::from_u32(upper).unwrap_or(c)
}

/// A text in small letters.
pub fn lower(text: &str) -> String {
    text.chars().map(lower_of).collect()
}

/// A text in capitals; `ß` becomes `SS`.
pub fn upper(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'ß' => out.push_str("SS"),
            'ς' => out.push('Σ'),
            _ => out.push(upper_of(c)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{lower, upper};

    /// Every letter of these scripts that has one partner, as the standard library knows it.
    fn letters() -> impl Iterator<Item = char> {
        let scripts =
            [0x41..=0x7a, 0xc0..=0x17e, 0x386..=0x3ce, 0x400..=0x481, 0x48a..=0x4bf, 0x531..=0x586];
        let vietnamese = [0x1e00..=0x1e95, 0x1ea0..=0x1eff];
        scripts.into_iter().chain(vietnamese).flatten().filter_map(char::from_u32)
    }

    #[test]
    fn both_ways_agree_with_the_standard_library() {
        let odd = ['İ', 'ı', 'ĸ', 'ŉ', 'ſ', 'ΐ', 'ΰ', 'ς', 'ǰ', 'µ', 'ÿ', 'և', 'ƀ'];
        for c in letters().filter(|c| !odd.contains(c)) {
            let text = c.to_string();
            assert_eq!(lower(&text), text.to_lowercase(), "lower of {c} ({:x})", c as u32);
            assert_eq!(upper(&text), text.to_uppercase(), "upper of {c} ({:x})", c as u32);
        }
        assert_eq!(upper("Montréal, Straße"), "MONTRÉAL, STRASSE");
        assert_eq!(lower("CRÈME-1 ÀŸ"), "crème-1 àÿ");
    }
}
