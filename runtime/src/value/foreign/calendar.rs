//! The one text form of moments and dates: its order is the order of time.

use crate::codec::{EncodeProblem, Encoder};
use crate::schema::{SegmentClass, SegmentForm};
use crate::template::{SegmentError, SegmentText};

type Written = Result<(), SegmentError>;

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

/// What moments look like in keys.
pub(super) const MOMENT_FORM: SegmentForm =
    SegmentForm::Fixed { width: 30, class: SegmentClass::DIGITS.and(SegmentClass::of("-T:.Z")) };
/// What dates look like in keys.
pub(super) const DATE_FORM: SegmentForm =
    SegmentForm::Fixed { width: 10, class: SegmentClass::DIGITS.and(SegmentClass::of("-")) };

impl Moment {
    /// Writes the moment as an attribute.
    pub(super) fn encode(&self, out: &mut Encoder) {
        encode_text(self.text(), out);
    }

    /// Writes the moment as a part of a key.
    pub(super) fn segment(&self, out: &mut SegmentText) -> Written {
        out.push_str(&self.text()?);
        Ok(())
    }

    /// `2026-11-20T09:30:00.000000000Z`: every moment has the same length.
    fn text(&self) -> Result<String, SegmentError> {
        let Self { year, month, day, hour, minute, second, nanosecond } = self;
        check_year(*year)?;
        Ok(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{nanosecond:09}Z"))
    }
}

/// Writes `2026-11-20` as an attribute.
pub(super) fn encode_date(year: i64, month: u8, day: u8, out: &mut Encoder) {
    encode_text(date(year, month, day), out);
}

/// Writes `2026-11-20` as a part of a key.
pub(super) fn segment_date(year: i64, month: u8, day: u8, out: &mut SegmentText) -> Written {
    out.push_str(&date(year, month, day)?);
    Ok(())
}

fn date(year: i64, month: u8, day: u8) -> Result<String, SegmentError> {
    check_year(year)?;
    Ok(format!("{year:04}-{month:02}-{day:02}"))
}

fn encode_text(text: Result<String, SegmentError>, out: &mut Encoder) {
    match text {
        Ok(text) => out.string(&text),
        Err(error) => out.fail(EncodeProblem::Refused(error.reason().into())),
    }
}

/// The error about a year whose text has another length, which would break the order.
pub(super) fn year_out_of_range() -> SegmentError {
    SegmentError::new("the year is outside of 0000 to 9999")
}

fn check_year(year: i64) -> Written {
    if (0..=9999).contains(&year) { Ok(()) } else { Err(year_out_of_range()) }
}
