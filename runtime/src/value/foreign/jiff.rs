//! `jiff::Timestamp` and `jiff::civil::Date` as text.

use std::time::SystemTime;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use super::calendar::{DATE, DATE_FORM, MOMENT, MOMENT_FORM, Moment, encode_date, segment_date};
use crate::codec::{Cursor, DecodeError, Encoder};
use crate::schema::SegmentForm;
use crate::template::{KeySegment, SegmentError, SegmentText};
use crate::time::{FromClock, since_epoch};
use crate::value::{FromAttribute, ToAttribute, kind};

fn moment(time: Timestamp) -> Moment {
    let time = Offset::UTC.to_datetime(time);
    Moment {
        year: time.year().into(),
        month: time.month().unsigned_abs(),
        day: time.day().unsigned_abs(),
        hour: time.hour().unsigned_abs(),
        minute: time.minute().unsigned_abs(),
        second: time.second().unsigned_abs(),
        nanosecond: time.subsec_nanosecond().unsigned_abs(),
    }
}

impl ToAttribute for Timestamp {
    type Kind = kind::S;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        moment(*self).encode(out);
    }
}

impl KeySegment for Timestamp {
    const FORM: SegmentForm = MOMENT_FORM;
    fn write_segment(&self, out: &mut SegmentText) -> Result<(), SegmentError> {
        moment(*self).segment(out)
    }
    fn parse_segment(text: &str) -> Result<Self, SegmentError> {
        text.parse().map_err(|_| SegmentError::expected(MOMENT))
    }
}

impl<'a> FromAttribute<'a> for Timestamp {
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self, DecodeError> {
        cursor.text()?.parse().or_else(|_| cursor.unparsable(MOMENT))
    }
}

impl FromClock for Timestamp {
    fn from_clock(now: SystemTime) -> Self {
        let (seconds, nanoseconds) = since_epoch(now);
        Self::new(seconds, nanoseconds.cast_signed()).unwrap_or_default()
    }
}

impl ToAttribute for Date {
    type Kind = kind::S;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        encode_date(self.year().into(), self.month().unsigned_abs(), self.day().unsigned_abs(), out);
    }
}

impl<'a> FromAttribute<'a> for Date {
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self, DecodeError> {
        cursor.text()?.parse().or_else(|_| cursor.unparsable(DATE))
    }
}

impl KeySegment for Date {
    const FORM: SegmentForm = DATE_FORM;
    fn write_segment(&self, out: &mut SegmentText) -> Result<(), SegmentError> {
        segment_date(self.year().into(), self.month().unsigned_abs(), self.day().unsigned_abs(), out)
    }
    fn parse_segment(text: &str) -> Result<Self, SegmentError> {
        text.parse().map_err(|_| SegmentError::expected(DATE))
    }
}
