//! `jiff::Timestamp` and `jiff::civil::Date` as text.

use std::time::SystemTime;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use super::calendar::{DATE, MOMENT, Moment, encode_date};
use crate::codec::{Cursor, DecodeError, Encoder};
use crate::time::{FromClock, since_epoch};
use crate::value::{FromAttribute, ToAttribute, kind};

impl ToAttribute for Timestamp {
    type Kind = kind::S;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        let moment = Offset::UTC.to_datetime(*self);
        let moment = Moment {
            year: moment.year().into(),
            month: moment.month().unsigned_abs(),
            day: moment.day().unsigned_abs(),
            hour: moment.hour().unsigned_abs(),
            minute: moment.minute().unsigned_abs(),
            second: moment.second().unsigned_abs(),
            nanosecond: moment.subsec_nanosecond().unsigned_abs(),
        };
        moment.encode(out);
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
