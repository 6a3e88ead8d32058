//! `chrono::DateTime<Utc>` and `chrono::NaiveDate` as text.

use std::time::SystemTime;

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};

use super::calendar::{DATE, DATE_FORM, MOMENT, MOMENT_FORM, Moment, encode_date, segment_date};
use crate::codec::{Cursor, DecodeError, Encoder};
use crate::schema::SegmentForm;
use crate::template::{KeySegment, SegmentError, SegmentText};
use crate::time::{FromClock, since_epoch};
use crate::value::{FromAttribute, ToAttribute, kind};

/// The last numbers of these are at most 60, so that they fit a byte.
fn byte(number: u32) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

fn moment(time: &DateTime<Utc>) -> Moment {
    // chrono counts a leap second as further nanoseconds of the second before.
    let (leap, nanosecond) = match time.nanosecond().checked_sub(1_000_000_000) {
        Some(nanosecond) => (1, nanosecond),
        None => (0, time.nanosecond()),
    };
    Moment {
        year: time.year().into(),
        month: byte(time.month()),
        day: byte(time.day()),
        hour: byte(time.hour()),
        minute: byte(time.minute()),
        second: byte(time.second() + leap),
        nanosecond,
    }
}

impl ToAttribute for DateTime<Utc> {
    type Kind = kind::S;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        moment(self).encode(out);
    }
}

impl KeySegment for DateTime<Utc> {
    const FORM: SegmentForm = MOMENT_FORM;
    fn write_segment(&self, out: &mut SegmentText) -> Result<(), SegmentError> {
        moment(self).segment(out)
    }
    fn parse_segment(text: &str) -> Result<Self, SegmentError> {
        match DateTime::parse_from_rfc3339(text) {
            Ok(time) => Ok(time.to_utc()),
            Err(_) => Err(SegmentError::expected(MOMENT)),
        }
    }
}

impl<'a> FromAttribute<'a> for DateTime<Utc> {
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self, DecodeError> {
        match DateTime::parse_from_rfc3339(&cursor.text()?) {
            Ok(moment) => Ok(moment.to_utc()),
            Err(_) => cursor.unparsable(MOMENT),
        }
    }
}

impl FromClock for DateTime<Utc> {
    fn from_clock(now: SystemTime) -> Self {
        let (seconds, nanoseconds) = since_epoch(now);
        Self::from_timestamp(seconds, nanoseconds).unwrap_or_default()
    }
}

impl ToAttribute for NaiveDate {
    type Kind = kind::S;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        encode_date(self.year().into(), byte(self.month()), byte(self.day()), out);
    }
}

impl<'a> FromAttribute<'a> for NaiveDate {
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self, DecodeError> {
        cursor.text()?.parse().or_else(|_| cursor.unparsable(DATE))
    }
}

impl KeySegment for NaiveDate {
    const FORM: SegmentForm = DATE_FORM;
    fn write_segment(&self, out: &mut SegmentText) -> Result<(), SegmentError> {
        segment_date(self.year().into(), byte(self.month()), byte(self.day()), out)
    }
    fn parse_segment(text: &str) -> Result<Self, SegmentError> {
        text.parse().map_err(|_| SegmentError::expected(DATE))
    }
}
