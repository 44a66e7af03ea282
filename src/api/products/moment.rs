//! Dates as WordPress prints them.

use crate::store::Moment;
use crate::value::Value;

/// `2024-01-01T00:00:00` on the shop's clock.
pub(super) fn local(moment: Moment) -> String {
    print(moment.local())
}

/// The same in GMT.
pub(super) fn gmt(moment: Moment) -> String {
    print(moment.0)
}

/// A date that may be missing.
pub(super) fn optional(at: Option<i64>) -> Value {
    at.map_or(Value::Null, |at| print(at).into())
}

fn print(seconds: i64) -> String {
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // the civil calendar, counted from 1 March of year 0
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

/// Seconds since 1970 of a date and a time.
pub(super) fn seconds(date: (i64, i64, i64), time: (i64, i64, i64)) -> i64 {
    let (year, month, day) = date;
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * month + 2) / 5 + day - 1;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    days * 86_400 + time.0 * 3_600 + time.1 * 60 + time.2
}

#[cfg(test)]
mod tests {
    use super::{print, seconds};

    #[test]
    fn dates_go_there_and_back() {
        for (at, text) in [
            (0, "1970-01-01T00:00:00"),
            (1_709_210_096, "2024-02-29T12:34:56"),
            (-1, "1969-12-31T23:59:59"),
        ] {
            assert_eq!(print(at), text);
        }
        assert_eq!(seconds((2024, 2, 29), (12, 34, 56)), 1_709_210_096);
    }
}
