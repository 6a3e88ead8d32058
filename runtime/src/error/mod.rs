//! One error type: what went wrong, whether anything was applied, and what to do.

mod answer;
mod cancelled;
mod cursor;
mod display;
mod incomplete;
mod invalid;
mod throttling;

use crate::codec::{DecodeError, EncodeError};
use crate::exec::{Failure, Operation, Request, ServiceFailure};
pub use answer::{CallFailure, ConditionFailed, Refusal};
pub use cancelled::{CancellationReason, Cancelled};
pub use cursor::CursorError;
pub use incomplete::Incomplete;
pub use invalid::InvalidRequest;
pub use throttling::ThrottlingReason;

/// Why a call did not do what was asked.
///
/// Each message says what happened and what to do about it. Neither `Display` nor `Debug` prints a value of an item.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// A value cannot be stored. Nothing was sent.
    Encode(EncodeError),
    /// A request is over one of DynamoDB's limits, or contradicts itself. Nothing was sent.
    Invalid(InvalidRequest),
    /// The condition of a write was not met. Nothing was written.
    ConditionFailed(ConditionFailed),
    /// A transaction was cancelled: nothing of it was written, or read.
    Cancelled(Cancelled),
    /// The table, or the index, does not exist.
    TableNotFound(Refusal),
    /// A table that was to be made is there already. It was left as it is.
    TableExists {
        /// The table's full name.
        table: Box<str>,
    },
    /// DynamoDB refuses the load for now: too many requests for the table, an index, a range of keys or the account, as
    /// [`Refusal::throttling_reasons`] says.
    Throttled(Refusal),
    /// A transaction is writing the item at this moment, so that nothing was written. Writing again is safe.
    Conflict(Refusal),
    /// The credentials are missing, wrong, expired, or lack the permission.
    AccessDenied(Refusal),
    /// DynamoDB refused the request for another reason.
    Refused(Refusal),
    /// The request was not sent: there are no credentials, or the endpoint cannot be reached.
    Unreachable(CallFailure),
    /// A read got no answer in time, lost its connection, or met an error of a server. Reading again is safe.
    Interrupted(CallFailure),
    /// A write was sent and no sound answer came, so it may or may not have been applied. [`CallFailure::stored`] looks at
    /// the item.
    OutcomeUnknown(CallFailure),
    /// An answer came that is damaged or is not DynamoDB's.
    Corrupt(CallFailure),
    /// An item does not fit its Rust type. If a write was to give it back, that write was applied; if it is the stored item
    /// of a failed condition, nothing was written.
    Decode(DecodeError),
    /// A batch read or wrote some of its items and not others.
    Incomplete(Incomplete),
    /// One item was asked for and there are several.
    NotUnique {
        /// The entity.
        entity: &'static str,
    },
    /// A unique attribute was to get a value that another item has. Nothing was written.
    UniqueViolated {
        /// The entity.
        entity: &'static str,
        /// The attribute.
        attribute: &'static str,
    },
    /// A cursor belongs to another query, or is damaged.
    Cursor(CursorError),
    /// Something is wrong with a stream.
    Stream(crate::stream::StreamError),
    /// A live table is not as its struct says.
    SchemaMismatch(Box<crate::verify::SchemaMismatch>),
}

/// The result of a call.
pub type Result<T, E = Error> = core::result::Result<T, E>;

impl Error {
    /// The failed condition, if that is what went wrong.
    #[must_use]
    pub fn condition_failed(&self) -> Option<&ConditionFailed> {
        match self {
            Self::ConditionFailed(failed) => Some(failed),
            _ => None,
        }
    }

    /// The reasons of a cancelled transaction, if that is what went wrong.
    #[must_use]
    pub fn cancelled(&self) -> Option<&Cancelled> {
        match self {
            Self::Cancelled(cancelled) => Some(cancelled),
            _ => None,
        }
    }

    /// The kind of error in one word, for spans and metrics.
    #[must_use]
    pub const fn class(&self) -> &'static str {
        match self {
            Self::Encode(_) => "encode",
            Self::Invalid(_) => "invalid",
            Self::ConditionFailed(_) => "condition_failed",
            Self::Cancelled(_) => "cancelled",
            Self::TableNotFound(_) => "table_not_found",
            Self::Throttled(_) => "throttled",
            Self::Conflict(_) => "conflict",
            Self::AccessDenied(_) => "access_denied",
            Self::Refused(_) => "refused",
            Self::Unreachable(_) => "unreachable",
            Self::Interrupted(_) => "interrupted",
            Self::OutcomeUnknown(_) => "outcome_unknown",
            Self::Corrupt(_) => "corrupt",
            Self::Decode(_) => "decode",
            Self::Incomplete(_) => "incomplete",
            Self::NotUnique { .. } => "not_unique",
            Self::UniqueViolated { .. } => "unique_violated",
            Self::Cursor(_) => "cursor",
            Self::Stream(_) => "stream",
            Self::SchemaMismatch(_) => "schema_mismatch",
            Self::TableExists { .. } => "table_exists",
        }
    }

    /// Names the entity in an error about one of its values.
    pub(crate) fn of_entity(self, entity: &'static str) -> Self {
        match self {
            Self::Encode(error) => Self::Encode(error.of_entity(entity)),
            other => other,
        }
    }

    /// A copy of an error about a request that was never sent: its only kinds are values and limits.
    pub(crate) fn copy_unsent(&self) -> Self {
        match self {
            Self::Encode(error) => Self::Encode(error.clone()),
            Self::Invalid(invalid) => Self::Invalid(invalid.clone()),
            _ => Self::Invalid(InvalidRequest::Setting { reason: "the request cannot be sent".into() }),
        }
    }

    /// True if it is certain that nothing was written.
    ///
    /// Nothing is written by a read, whatever this says of its error.
    #[must_use]
    pub const fn is_definitely_not_applied(&self) -> bool {
        !matches!(self, Self::OutcomeUnknown(_) | Self::Incomplete(_) | Self::Decode(_))
    }

    /// Says of a failed condition that it was about a version too.
    pub(crate) fn of_version(mut self) -> Self {
        if let Self::ConditionFailed(failed) = &mut self {
            failed.of_version = true;
        }
        self
    }

    /// Gives the error of a write whose outcome is unknown the write.
    pub(crate) fn of_write(mut self, write: Option<Request>) -> Self {
        if let Self::OutcomeUnknown(call) = &mut self {
            call.write = write;
        }
        self
    }

    /// The sorting of a failed call: what it means for the caller.
    pub(crate) fn from_failure(operation: Operation, table: &str, entity: &'static str, failure: Failure) -> Self {
        let call = |failure| CallFailure::new(operation, table, failure);
        match failure {
            Failure::Service(failure) => Self::from_service(operation, table, entity, failure),
            failure @ Failure::NotSent(_) => Self::Unreachable(call(failure)),
            failure @ Failure::Corrupt(_) if operation.is_read() => Self::Corrupt(call(failure)),
            failure if operation.is_read() => Self::Interrupted(call(failure)),
            failure => Self::OutcomeUnknown(call(failure)),
        }
    }

    fn from_service(operation: Operation, table: &str, entity: &'static str, failure: ServiceFailure) -> Self {
        if &*failure.code == "ConditionalCheckFailedException" {
            let item = Some(failure.body);
            return Self::ConditionFailed(ConditionFailed { entity, operation, item, of_version: false });
        }
        if &*failure.code == "TransactionCanceledException" {
            return Self::Cancelled(Cancelled::new(operation, &failure, &[]));
        }
        let decided = failure.is_decided();
        let code = failure.code.clone();
        if !decided {
            // Such an error does not say whether a write was applied, whatever its code.
            let call = CallFailure::new(operation, table, Failure::Service(failure));
            return if operation.is_read() { Self::Interrupted(call) } else { Self::OutcomeUnknown(call) };
        }
        let refusal = Refusal { operation, table: table.into(), failure: Box::new(failure) };
        match &*code {
            "ResourceNotFoundException" | "TableNotFoundException" => Self::TableNotFound(refusal),
            "ProvisionedThroughputExceededException"
            | "ThrottlingException"
            | "RequestLimitExceeded"
            | "LimitExceededException" => Self::Throttled(refusal),
            "TransactionConflictException" | "ReplicatedWriteConflictException" => Self::Conflict(refusal),
            "AccessDeniedException"
            | "UnrecognizedClientException"
            | "InvalidSignatureException"
            | "ExpiredTokenException"
            | "IncompleteSignatureException"
            | "MissingAuthenticationTokenException" => Self::AccessDenied(refusal),
            _ => Self::Refused(refusal),
        }
    }
}

impl core::error::Error for Error {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Encode(error) => Some(error),
            Self::Decode(error) => Some(error),
            Self::Stream(error) => error.source(),
            Self::Unreachable(call) | Self::Interrupted(call) | Self::OutcomeUnknown(call) | Self::Corrupt(call) => {
                Some(&*call.failure)
            }
            Self::Incomplete(incomplete) => Some(incomplete.cause.as_deref()?),
            _ => None,
        }
    }
}

impl From<EncodeError> for Error {
    fn from(error: EncodeError) -> Self {
        Self::Encode(error)
    }
}

impl From<DecodeError> for Error {
    fn from(error: DecodeError) -> Self {
        Self::Decode(error)
    }
}

impl From<crate::stream::StreamError> for Error {
    fn from(error: crate::stream::StreamError) -> Self {
        Self::Stream(error)
    }
}

impl From<CursorError> for Error {
    fn from(error: CursorError) -> Self {
        Self::Cursor(error)
    }
}

impl From<InvalidRequest> for Error {
    fn from(invalid: InvalidRequest) -> Self {
        Self::Invalid(invalid)
    }
}
