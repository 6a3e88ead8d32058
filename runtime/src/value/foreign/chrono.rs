//! `chrono::DateTime<Utc>` and `chrono::NaiveDate` as text.

use std::time::SystemTime;

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};

use super::calendar::{DATE, MOMENT, Moment, encode_date};
use crate::codec::{Cursor, DecodeError, Encoder};
use crate::time::{FromClock, since_epoch};
use crate::value::{FromAttribute, ToAttribute, kind};

/// The last numbers of these are at most 60, so that they fit a byte.
fn byte(number: u32) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

impl ToAttribute for DateTime<Utc> {
    type Kind = kind::S;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        // chrono counts a leap second as further nanoseconds of the second before.
        let (leap, nanosecond) = match self.nanosecond().checked_sub(1_000_000_000) {
            Some(nanosecond) => (1, nanosecond),
            None => (0, self.nanosecond()),
        };
        let moment = Moment {
            year: self.year().into(),
            month: byte(self.month()),
            day: byte(self.day()),
            hour: byte(self.hour()),
            minute: byte(self.minute()),
            second: byte(self.second() + leap),
            nanosecond,
        };
        moment.encode(out);
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
