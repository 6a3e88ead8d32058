//! What became of a batch, and the answer that Lambda wants.

use core::fmt;

use super::error::RecordError;
use super::record::StreamRecord;
use super::streamed::Streamed;

/// What became of the records of a batch.
#[derive(Debug)]
#[must_use = "the failed records are lost unless `response` is given to Lambda, or `into_result` is looked at"]
pub struct BatchReport<E> {
    pub(super) handled: usize,
    pub(super) skipped: Vec<RecordError>,
    pub(super) failures: Vec<RecordFailure<E>>,
}

/// A record that was not handled, and has to come again.
#[derive(Debug)]
pub struct RecordFailure<E> {
    mark: Mark,
    reason: FailureReason<E>,
}

/// Why a record was not handled.
#[derive(Debug)]
#[non_exhaustive]
pub enum FailureReason<E> {
    /// The handler failed, in its words.
    Handler(E),
    /// The record could not be read.
    Undecodable(RecordError),
    /// An earlier record of the same key failed, so this one was not handed to the handler.
    Held,
}

/// What Lambda takes as the answer of a function on a stream: the sequence numbers of the records that failed.
///
/// It is JSON by [`to_json`](Self::to_json), and a `serde_json::Value` by `into()`. With the feature `serde` it is
/// `Serialize`, and with `lambda` a `DynamoDbEventResponse` by `into()`.
///
/// <https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html>
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BatchResponse {
    pub(super) identifiers: Vec<Box<str>>,
}

/// What a record is known by when it was handed on.
#[derive(Debug)]
pub(super) struct Mark {
    place: usize,
    event_id: Box<str>,
    sequence_number: Option<Box<str>>,
}

impl Mark {
    pub(super) fn of<T: Streamed>(place: usize, record: &StreamRecord<T>) -> Self {
        let sequence_number = Some(record.sequence_number.as_str().into());
        Self { place, event_id: record.event_id.clone(), sequence_number }
    }

    pub(super) fn of_error(place: usize, error: &RecordError) -> Self {
        Self { place, event_id: error.event_id.clone(), sequence_number: error.sequence_number.clone() }
    }
}

impl<E> BatchReport<E> {
    pub(super) fn fail(&mut self, mark: Mark, reason: FailureReason<E>) {
        self.failures.push(RecordFailure { mark, reason });
    }

    pub(super) fn sort(&mut self) {
        self.failures.sort_by_key(|failure| failure.mark.place);
    }

    /// How many records the handler handled.
    #[must_use]
    pub fn handled(&self) -> usize {
        self.handled
    }

    /// The records that could not be read and were passed over, because the batch was told to.
    #[must_use]
    pub fn skipped(&self) -> &[RecordError] {
        &self.skipped
    }

    /// The records that were not handled, in the order of the batch.
    #[must_use]
    pub fn failures(&self) -> &[RecordFailure<E>] {
        &self.failures
    }

    /// The answer for Lambda.
    ///
    /// Lambda looks at it only if the event source mapping has `ReportBatchItemFailures` among its
    /// `FunctionResponseTypes`. Without that it takes every answer for a success, and the failed records are lost: then
    /// use [`into_result`](Self::into_result) and let the function fail.
    #[must_use]
    pub fn response(&self) -> BatchResponse {
        // A record without a number has an empty one, of which Lambda makes that the whole batch failed.
        let number = |failure: &RecordFailure<E>| failure.mark.sequence_number.clone().unwrap_or_default();
        BatchResponse { identifiers: self.failures.iter().map(number).collect() }
    }

    /// How many records were handled, or the first failure.
    ///
    /// # Errors
    /// If any record failed.
    pub fn into_result(self) -> Result<usize, Box<RecordFailure<E>>> {
        self.failures.into_iter().next().map_or(Ok(self.handled), |failure| Err(Box::new(failure)))
    }

    /// How many records at the start of the batch need not come again.
    pub(super) fn settled(&self) -> usize {
        self.failures.first().map_or(usize::MAX, |failure| failure.mark.place)
    }
}

impl<E> Default for BatchReport<E> {
    fn default() -> Self {
        Self { handled: 0, skipped: Vec::new(), failures: Vec::new() }
    }
}

impl<E> RecordFailure<E> {
    /// The record's sequence number as it came; `None` if it had none.
    #[must_use]
    pub fn sequence_number(&self) -> Option<&str> {
        self.mark.sequence_number.as_deref()
    }

    /// The record's id; empty where it had none.
    #[must_use]
    pub fn event_id(&self) -> &str {
        &self.mark.event_id
    }

    /// Why it was not handled.
    #[must_use]
    pub fn reason(&self) -> &FailureReason<E> {
        &self.reason
    }
}

impl BatchResponse {
    /// The sequence numbers of the records that failed, in the order of the batch.
    pub fn identifiers(&self) -> impl Iterator<Item = &str> {
        self.identifiers.iter().map(|identifier| &**identifier)
    }

    /// The JSON: `{"batchItemFailures":[{"itemIdentifier":"…"}]}`.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::Value::from(self.clone()).to_string()
    }
}

impl From<BatchResponse> for serde_json::Value {
    fn from(response: BatchResponse) -> Self {
        let failure = |identifier: Box<str>| serde_json::json!({ "itemIdentifier": String::from(identifier) });
        let failures: Vec<Self> = response.identifiers.into_iter().map(failure).collect();
        serde_json::json!({ "batchItemFailures": failures })
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for BatchResponse {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde_json::Value::from(self.clone()).serialize(serializer)
    }
}

impl<E: fmt::Display> fmt::Display for RecordFailure<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.mark.sequence_number.as_deref().unwrap_or("none");
        match &self.reason {
            FailureReason::Handler(error) => {
                write!(f, "the handler failed on the record with sequence number {number}: {error}")
            }
            FailureReason::Undecodable(error) => fmt::Display::fmt(error, f),
            FailureReason::Held => write!(
                f,
                "the record with sequence number {number} was held back, because an earlier one of its key failed"
            ),
        }
    }
}

impl<E: core::error::Error + 'static> core::error::Error for RecordFailure<E> {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match &self.reason {
            FailureReason::Handler(error) => Some(error),
            FailureReason::Undecodable(error) => Some(error),
            FailureReason::Held => None,
        }
    }
}
