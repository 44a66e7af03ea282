//! Dates as WordPress writes them, and the seconds since 1970 that they mean. The civil calendar is
//! counted from 1 March of year 0, so that a leap day ends a year.

/// `2024-01-01T00:00:00`, without a zone.
pub fn text_of(seconds: i64) -> String {
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    let (hour, minute, second) = (rest / 3_600, rest % 3_600 / 60, rest % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
}

/// The seconds of a date, midnight's where it has no time; its zone is not looked at.
pub fn seconds_of(text: &str) -> Option<i64> {
    let parts = text.split(['-', 'T', 't', ':', ' ', '.', 'Z', '+']);
    let mut parts = parts.map(|part| part.parse::<i32>().ok().map(i64::from));
    let mut next = || parts.next().flatten();
    let (year, month, day) = (next()?, next()?, next()?);
    let (hour, minute, second) = (next().unwrap_or(0), next().unwrap_or(0), next().unwrap_or(0));
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * month + 2) / 5 + day - 1;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    Some(days * 86_400 + hour * 3_600 + minute * 60 + second)
}

#[cfg(test)]
mod tests {
    use super::{seconds_of, text_of};

    #[test]
    fn dates_go_there_and_back() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00"),
            (1_709_210_096, "2024-02-29T12:34:56"),
            (-1, "1969-12-31T23:59:59"),
        ] {
            assert_eq!(text_of(seconds), text);
            assert_eq!(seconds_of(text), Some(seconds));
        }
        assert_eq!(seconds_of("2024-02-29 12:34:56.000Z"), Some(1_709_210_096));
        assert_eq!(seconds_of("2024-02-29"), Some(1_709_164_800));
        for text in ["", "2024-02", "tomorrow", "99999999999-01-01"] {
            assert_eq!(seconds_of(text), None, "{text}");
        }
    }
}
