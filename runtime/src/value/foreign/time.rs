//! `time::OffsetDateTime` and `time::Date` as text.

use std::time::SystemTime;

use time::format_description::well_known::{Iso8601, Rfc3339};
use time::{Date, OffsetDateTime, UtcOffset};

use super::calendar::{DATE, MOMENT, Moment, encode_date};
use crate::codec::{Cursor, DecodeError, EncodeProblem, Encoder};
use crate::time::{FromClock, since_epoch};
use crate::value::{FromAttribute, ToAttribute, kind};

/// Written in UTC: the offset is not kept.
impl ToAttribute for OffsetDateTime {
    type Kind = kind::S;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        let Some(moment) = self.checked_to_offset(UtcOffset::UTC) else {
            return out.fail(EncodeProblem::Refused("the year is outside of 0000 to 9999".into()));
        };
        let moment = Moment {
            year: moment.year().into(),
            month: moment.month().into(),
            day: moment.day(),
            hour: moment.hour(),
            minute: moment.minute(),
            second: moment.second(),
            nanosecond: moment.nanosecond(),
        };
        moment.encode(out);
    }
}

impl<'a> FromAttribute<'a> for OffsetDateTime {
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self, DecodeError> {
        let moment = Self::parse(&cursor.text()?, &Rfc3339).ok();
        match moment.and_then(|moment| moment.checked_to_offset(UtcOffset::UTC)) {
            Some(moment) => Ok(moment),
            None => cursor.unparsable(MOMENT),
        }
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
