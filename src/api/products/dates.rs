//! Dates in the catalogue's documents: `2024-01-01T00:00:00`, without a zone.

use crate::store::Moment;
use crate::value::Value;
use crate::woo::calendar;

/// On the shop's clock.
pub(super) fn local(moment: Moment) -> String {
    calendar::text_of(moment.local())
}

/// In GMT.
pub(super) fn gmt(moment: Moment) -> String {
    calendar::text_of(moment.gmt)
}

/// A date that may be missing, of Unix seconds.
pub(super) fn optional(seconds: Option<i64>) -> Value {
    seconds.map(calendar::text_of).into()
}
