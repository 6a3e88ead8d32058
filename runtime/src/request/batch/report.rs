//! What a batch write did.

use core::fmt;
use std::sync::Arc;

use super::Used;
use super::write_request::WriteRequest;
use crate::error::Incomplete;
use crate::exec::Operation;
use crate::{Error, Result};

/// What a batch write did: each write that it took is written, superseded, unprocessed or unknown, and only one of these.
///
/// [`complete`](Self::complete) turns whatever was not written into an error. A program that goes on by itself looks at
/// [`unprocessed`](Self::unprocessed), which can simply be written again, and at [`unknown`](Self::unknown).
#[must_use = "some items may not have been written: `complete()?` makes an error of that"]
#[derive(Default)]
pub struct WriteReport {
    pub(super) written: u64,
    pub(super) superseded: u64,
    pub(super) repeated: u64,
    pub(super) unprocessed: Vec<Unwritten>,
    pub(super) unknown: Vec<Unwritten>,
    pub(super) cause: Option<Error>,
    pub(super) used: Used,
    pub(super) tables: Vec<Arc<str>>,
}

/// How far a batch write is.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct BatchProgress {
    /// How many writes were taken from the source.
    pub taken: u64,
    /// How many of them are certainly written.
    pub written: u64,
    /// How many calls were answered.
    pub calls: u64,
    /// The write units that were used.
    pub capacity_units: f64,
}

/// A write of a batch that is not known to be done.
#[derive(Debug, Clone)]
pub struct Unwritten {
    pub(super) position: u64,
    pub(super) request: WriteRequest,
}

impl Unwritten {
    /// Its place among the writes that were given, counted from 0.
    #[must_use]
    pub const fn position(&self) -> u64 {
        self.position
    }

    /// The write itself, to look at.
    pub const fn request(&self) -> &WriteRequest {
        &self.request
    }

    /// The write itself, to give it to another batch.
    pub fn into_request(self) -> WriteRequest {
        self.request
    }
}

impl WriteReport {
    /// How many items were written, if that is all that there were.
    ///
    /// # Errors
    /// [`Error::Incomplete`] if some were not. If nothing was written at all, because every call failed with one error, it
    /// is that error.
    pub fn complete(self) -> Result<u64> {
        match self.cause {
            None if self.unprocessed.is_empty() && self.unknown.is_empty() => Ok(self.written),
            Some(cause) if self.written == 0 && self.unknown.is_empty() => Err(cause),
            cause => Err(Error::Incomplete(Incomplete {
                operation: Operation::BatchWriteItem,
                tables: self.tables.join(", ").into(),
                done: self.written,
                unprocessed: self.unprocessed.len() as u64,
                unknown: self.unknown.len() as u64,
                cause: cause.map(Box::new),
            })),
        }
    }

    /// True if everything was written.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.unprocessed.is_empty() && self.unknown.is_empty() && self.cause.is_none()
    }

    /// How many writes were taken: all of a list, and of a stream those before it stopped.
    #[must_use]
    pub const fn taken(&self) -> u64 {
        self.written + self.superseded + self.unprocessed.len() as u64 + self.unknown.len() as u64
    }

    /// How many writes DynamoDB has confirmed.
    #[must_use]
    pub const fn written(&self) -> u64 {
        self.written
    }

    /// How many writes were left out because a later one is of the same item, after
    /// [`last_wins`](super::BatchWrite::last_wins).
    #[must_use]
    pub const fn superseded(&self) -> u64 {
        self.superseded
    }

    /// How many of the written items were sent again after an answer was lost. If another program wrote one of these in
    /// between, its write may have been replaced.
    #[must_use]
    pub const fn repeated(&self) -> u64 {
        self.repeated
    }

    /// The writes that were certainly not done, in their order.
    #[must_use]
    pub fn unprocessed(&self) -> &[Unwritten] {
        &self.unprocessed
    }

    /// The writes that may or may not have been done, because answers were lost, in their order.
    #[must_use]
    pub fn unknown(&self) -> &[Unwritten] {
        &self.unknown
    }

    /// The writes that are not known to be done, in their order, to give them to another batch: to
    /// [`Dynamo::batch_write_iter`](crate::Dynamo::batch_write_iter), which keeps the order. One that was done after all is
    /// done again then.
    #[must_use]
    pub fn into_leftovers(self) -> Vec<WriteRequest> {
        let mut left: Vec<Unwritten> = self.unprocessed.into_iter().chain(self.unknown).collect();
        left.sort_by_key(|unwritten| unwritten.position);
        left.into_iter().map(Unwritten::into_request).collect()
    }

    /// The error that ended it, if it was one: of a call, or of the source of the writes.
    #[must_use]
    pub const fn cause(&self) -> Option<&Error> {
        self.cause.as_ref()
    }

    /// The write units that were used, those of indexes included.
    #[must_use]
    pub const fn capacity_units(&self) -> f64 {
        self.used.units
    }

    /// How many calls were answered.
    #[must_use]
    pub const fn calls(&self) -> u64 {
        self.used.calls
    }
}

impl fmt::Debug for WriteReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WriteReport")
            .field("tables", &self.tables)
            .field("written", &self.written)
            .field("superseded", &self.superseded)
            .field("repeated", &self.repeated)
            .field("unprocessed", &self.unprocessed.len())
            .field("unknown", &self.unknown.len())
            .field("used", &self.used)
            .field("cause", &self.cause)
            .finish()
    }
}
