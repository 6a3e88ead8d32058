//! The one text form of moments and dates: its order is the order of time.

use crate::codec::{EncodeProblem, Encoder};

/// A moment in UTC, as the calendar has it.
pub(super) struct Moment {
    pub(super) year: i64,
    pub(super) month: u8,
    pub(super) day: u8,
    pub(super) hour: u8,
    pub(super) minute: u8,
    /// 60 is a leap second.
    pub(super) second: u8,
    pub(super) nanosecond: u32,
}

/// What text must be that is read as a moment.
pub(super) const MOMENT: &str = "a moment of RFC 3339, such as 2026-11-20T09:30:00Z";
/// What text must be that is read as a date.
pub(super) const DATE: &str = "a date of ISO 8601, such as 2026-11-20";

impl Moment {
    /// Writes `2026-11-20T09:30:00.000000000Z`: every moment has the same length.
    pub(super) fn encode(&self, out: &mut Encoder) {
        check_year(self.year, out);
        let Self { year, month, day, hour, minute, second, nanosecond } = self;
        out.string(&format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{nanosecond:09}Z"));
    }
}

/// Writes `2026-11-20`.
pub(super) fn encode_date(year: i64, month: u8, day: u8, out: &mut Encoder) {
    check_year(year, out);
    out.string(&format!("{year:04}-{month:02}-{day:02}"));
}

/// Other years have another length, which would break the order.
fn check_year(year: i64, out: &mut Encoder) {
    if !(0..=9999).contains(&year) {
        out.fail(EncodeProblem::Refused("the year is outside of 0000 to 9999".into()));
    }
}
