//! Time stamps: epoch seconds, and what the clock can fill in.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::codec::{Cursor, DecodeError, Encoder};
use crate::value::{FromAttribute, ToAttribute, kind};

/// Whole seconds since 1 January 1970 UTC, stored as a number: the form that time to live needs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EpochSeconds(pub u64);

/// A type that `created_at` and `updated_at` fields can have: the handle's clock fills it in.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a time stamp that the clock fills in",
    label = "not a time stamp",
    note = "`created_at` and `updated_at` fields are `EpochSeconds`, or a `Timestamp`/`OffsetDateTime`/`DateTime<Utc>` of \
            `jiff`, `time` or `chrono` with the feature of that name"
)]
pub trait FromClock {
    /// The time stamp of that moment.
    fn from_clock(now: SystemTime) -> Self;
}

/// A type that a `ttl` field can have: epoch seconds, or an `Option` of them for items that may stay for ever.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a time-to-live attribute",
    label = "not epoch seconds",
    note = "DynamoDB reads the expiry as a number of seconds since 1970: use `EpochSeconds` or `Option<EpochSeconds>`; \
            milliseconds and text never expire"
)]
pub trait TimeToLive: ToAttribute {}

impl EpochSeconds {
    /// The second that this moment is in; moments before 1970 become second 0.
    #[must_use]
    pub fn at(moment: SystemTime) -> Self {
        Self(moment.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()))
    }
}

/// Whole seconds since 1970, rounded down, and nanoseconds.
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
pub(crate) fn since_epoch(moment: SystemTime) -> (i64, u32) {
    let whole = |seconds: u64| i64::try_from(seconds).unwrap_or(i64::MAX);
    match moment.duration_since(UNIX_EPOCH) {
        Ok(after) => (whole(after.as_secs()), after.subsec_nanos()),
        Err(before) => {
            let before = before.duration();
            match before.subsec_nanos() {
                0 => (-whole(before.as_secs()), 0),
                nanoseconds => (-whole(before.as_secs()) - 1, 1_000_000_000 - nanoseconds),
            }
        }
    }
}

impl FromClock for EpochSeconds {
    fn from_clock(now: SystemTime) -> Self {
        Self::at(now)
    }
}

#[diagnostic::do_not_recommend]
impl<T: FromClock> FromClock for Option<T> {
    fn from_clock(now: SystemTime) -> Self {
        Some(T::from_clock(now))
    }
}

impl ToAttribute for EpochSeconds {
    type Kind = kind::N;
    type ListKind = kind::L;
    fn encode(&self, out: &mut Encoder) {
        self.0.encode(out);
    }
}

impl<'a> FromAttribute<'a> for EpochSeconds {
    fn decode(cursor: &mut Cursor<'a>) -> Result<Self, DecodeError> {
        u64::decode(cursor).map(Self)
    }
}

impl TimeToLive for EpochSeconds {}
impl TimeToLive for u64 {}
impl TimeToLive for u32 {}
impl TimeToLive for i64 {}
#[diagnostic::do_not_recommend]
impl<T: TimeToLive> TimeToLive for Option<T> {}
