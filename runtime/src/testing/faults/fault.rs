//! What can go wrong with a request.

use core::fmt;
use core::time::Duration;

/// What goes wrong with one request.
///
/// A fault fits some operations: an unprocessed item needs a batch, a stale read a read. In a script a fault waits for a
/// request that it fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// Nothing: the place in a script where a request goes through.
    None,
    /// DynamoDB answers with an error, and nothing is applied.
    Refused(Refused),
    /// No sound answer comes back, whether or not the request was applied.
    Lost(Loss, Applied),
    /// A batch leaves items or keys unprocessed: the n-th of the request if the n-th bit is set, counted from the lowest
    /// and again from there after 64.
    Unprocessed(u64),
    /// A query or scan ends its page after this many items, at least one.
    ShortPage(u32),
    /// A query or scan answers with a page of no items that is not the end. It fits the second and later pages.
    EmptyPage,
    /// A read that is not consistent is answered as it would have been this many writes ago; needs
    /// [`stale_reads_from`](super::Faults::stale_reads_from).
    Stale(u32),
    /// A transaction is cancelled: its n-th action has this reason if the n-th bit is set, counted as in a batch.
    Cancelled(Cancellation, u64),
    /// Items whose time to live is over are still there for this request, as they may be on DynamoDB for days. It fits
    /// requests for items of tables whose time to live was switched on through these faults, over an
    /// [`Embedded`](crate::testing::Embedded) engine, which removes such items in time otherwise.
    ExpiredStay,
    /// The shard that `GetRecords` reads from is split at this point: the shard is closed and has two children, each of
    /// which has the records of half of the keys.
    ShardSplit,
}

/// An error that DynamoDB answers with instead of applying the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Refused {
    /// `ProvisionedThroughputExceededException`.
    ProvisionedThroughputExceeded(Throttle),
    /// `ThrottlingException`.
    Throttling(Throttle),
    /// `RequestLimitExceeded`.
    RequestLimitExceeded(Throttle),
    /// `TransactionConflictException`: a transaction is writing the item that a single write is for.
    TransactionConflict,
    /// `TransactionInProgressException`: the transaction with this token is not finished.
    TransactionInProgress,
    /// `ExpiredTokenException`: the credentials are no longer valid.
    ExpiredCredentials,
    /// `InvalidSignatureException`: the caller's clock is wrong by more than five minutes.
    ClockSkew,
    /// `ExpiredIteratorException`: a shard iterator is older than 15 minutes.
    ExpiredIterator,
    /// `TrimmedDataAccessException`: the records are older than 24 hours.
    TrimmedData,
}

/// Why a request is throttled, as the error's throttling reasons say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Throttle {
    /// The provisioned throughput of the table or index is used up.
    Provisioned,
    /// The maximum that was set for an on-demand table or index is reached.
    OnDemandMaximum,
    /// One range of keys has more load than a partition takes.
    KeyRange,
    /// The account's limit is reached.
    Account,
}

/// Why a transaction is cancelled, other than by a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cancellation {
    /// `TransactionConflict`: another transaction is writing the item.
    Conflict,
    /// `ThrottlingError`.
    Throttling,
    /// `ProvisionedThroughputExceeded`.
    ProvisionedThroughputExceeded,
}

/// How an answer gets lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Loss {
    /// DynamoDB answers 500 `InternalServerError`.
    InternalServerError,
    /// Something on the way answers 502 with a page of HTML.
    BadGateway,
    /// DynamoDB answers 503 `ServiceUnavailable`.
    ServiceUnavailable,
    /// The connection is reset.
    Reset,
    /// Nothing comes back, until the caller gives up.
    Hang,
    /// The connection breaks in the middle of the answer.
    BodyError,
    /// The answer stops in the middle and does not go on, until the caller gives up.
    Stall,
    /// The answer ends in the middle, as if it were whole.
    Truncated,
    /// The answer is empty.
    Empty,
    /// The answer is not JSON.
    NotJson,
    /// The checksum is not the body's.
    WrongChecksum,
    /// One byte of the answer is another.
    FlippedByte,
}

/// Whether a request was applied whose answer is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Applied {
    /// It never is.
    Never,
    /// It was, before the answer was lost.
    Before,
    /// It will be, this long after the caller was told that something is wrong.
    Later(Duration),
}

impl Loss {
    /// Every loss.
    pub const ALL: [Self; 12] = [
        Self::InternalServerError,
        Self::BadGateway,
        Self::ServiceUnavailable,
        Self::Reset,
        Self::Hang,
        Self::BodyError,
        Self::Stall,
        Self::Truncated,
        Self::Empty,
        Self::NotJson,
        Self::WrongChecksum,
        Self::FlippedByte,
    ];
}

impl Throttle {
    /// Every reason.
    pub const ALL: [Self; 4] = [Self::Provisioned, Self::OnDemandMaximum, Self::KeyRange, Self::Account];
}

impl Cancellation {
    /// Every reason.
    pub const ALL: [Self; 3] = [Self::Conflict, Self::Throttling, Self::ProvisionedThroughputExceeded];

    /// DynamoDB's code.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Conflict => "TransactionConflict",
            Self::Throttling => "ThrottlingError",
            Self::ProvisionedThroughputExceeded => "ProvisionedThroughputExceeded",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("no fault"),
            Self::Refused(refused) => write!(f, "refused with {}", refused.code()),
            Self::Lost(loss, applied) => write!(f, "{loss}, {applied}"),
            Self::Unprocessed(u64::MAX) => f.write_str("everything unprocessed"),
            Self::Unprocessed(mask) => write!(f, "unprocessed by mask {mask:#x}"),
            Self::ShortPage(items) => write!(f, "page of {items}"),
            Self::EmptyPage => f.write_str("empty page"),
            Self::Stale(writes) => write!(f, "{writes} writes stale"),
            Self::Cancelled(reason, mask) => write!(f, "cancelled with {} by mask {mask:#x}", reason.code()),
            Self::ExpiredStay => f.write_str("expired items stay"),
            Self::ShardSplit => f.write_str("shard split"),
        }
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::InternalServerError => "answered 500",
            Self::BadGateway => "answered 502",
            Self::ServiceUnavailable => "answered 503",
            Self::Reset => "connection reset",
            Self::Hang => "no answer",
            Self::BodyError => "connection broke in the answer",
            Self::Stall => "answer stalled",
            Self::Truncated => "answer truncated",
            Self::Empty => "answer empty",
            Self::NotJson => "answer not JSON",
            Self::WrongChecksum => "wrong checksum",
            Self::FlippedByte => "byte flipped",
        })
    }
}

impl fmt::Display for Applied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Never => f.write_str("not applied"),
            Self::Before => f.write_str("applied"),
            Self::Later(after) => write!(f, "applied {} ms later", after.as_millis()),
        }
    }
}
