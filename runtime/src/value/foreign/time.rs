//! `time::OffsetDateTime` and `time::Date` as text.

use std::time::SystemTime;

use time::format_description::well_known::{Iso8601, Rfc3339};
use time::{Date, OffsetDateTime, UtcOffset};

use super::calendar::{DATE, DATE_FORM, MOMENT, MOMENT_FORM, Moment, encode_date, segment_date, year_out_of_range};
use crate::codec::{Cursor, DecodeError, EncodeProblem, Encoder};
use crate::schema::SegmentForm;
use crate::template::{KeySegment, SegmentError, SegmentText};
use crate::time::{FromClock, since_epoch};
use crate::value::{FromAttribute, ToAttribute, kind};

/// The moment in UTC, if the type reaches so far.
fn moment(time: OffsetDateTime) -> Option<Moment> {
    let time = time.checked_to_offset(UtcOffset::UTC)?;
    Some(Moment {
        year: time.year().into(),
        month: time.month().into(),
        day: time.day(),
        hour: time.hour(),
        minute: time.minute(),
        second: time.second(),
        nanosecond: time.nanosecond(),
    })
}

fn parse(text: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(text, &Rfc3339).ok()?.checked_to_offset(UtcOffset::UTC)
}

/// Written in UTC: the offset is not kept.
impl ToAttribute for OffsetDateTime {
    type Kind = kind::S;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        match moment(*self) {
            Some(moment) => moment.encode(out),
            None => out.fail(EncodeProblem::Refused(year_out_of_range().reason().into())),
        }
    }
}

impl<'a> FromAttribute<'a> for OffsetDateTime {
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self, DecodeError> {
        match parse(&cursor.text()?) {
            Some(moment) => Ok(moment),
            None => cursor.unparsable(MOMENT),
        }
    }
}

/// Written in UTC: the offset is not kept.
impl KeySegment for OffsetDateTime {
    const FORM: SegmentForm = MOMENT_FORM;
    fn write_segment(&self, out: &mut SegmentText) -> Result<(), SegmentError> {
        moment(*self).ok_or_else(year_out_of_range)?.segment(out)
    }
    fn parse_segment(text: &str) -> Result<Self, SegmentError> {
        parse(text).ok_or_else(|| SegmentError::expected(MOMENT))
    }
}

impl FromClock for OffsetDateTime {
    fn from_clock(now: SystemTime) -> Self {
        let (seconds, nanoseconds) = since_epoch(now);
        let moment =
            Self::from_unix_timestamp(seconds).ok().and_then(|moment| moment.replace_nanosecond(nanoseconds).ok());
        moment.unwrap_or(Self::UNIX_EPOCH)
    }
}

impl ToAttribute for Date {
    type Kind = kind::S;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        encode_date(self.year().into(), self.month().into(), self.day(), out);
    }
}

impl<'a> FromAttribute<'a> for Date {
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self, DecodeError> {
        Self::parse(&cursor.text()?, &Iso8601::DATE).or_else(|_| cursor.unparsable(DATE))
    }
}

impl KeySegment for Date {
    const FORM: SegmentForm = DATE_FORM;
    fn write_segment(&self, out: &mut SegmentText) -> Result<(), SegmentError> {
        segment_date(self.year().into(), self.month().into(), self.day(), out)
    }
    fn parse_segment(text: &str) -> Result<Self, SegmentError> {
        Self::parse(text, &Iso8601::DATE).map_err(|_| SegmentError::expected(DATE))
    }
}
