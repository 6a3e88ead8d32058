//! `batch_get` and `batch_write`: many items with few calls, each of which may be answered in part.

mod bulk;
mod chunk;
mod engine;
pub(crate) mod fetch;
mod get;
mod items;
mod lists;
mod plan;
mod report;
mod write;
mod write_call;
mod write_request;

pub use bulk::BatchWriteStream;
pub use get::{BatchGet, BatchGetAll};
pub use items::{Answer, Answers, BatchItems};
pub use lists::KeyLists;
pub use report::{BatchProgress, Unwritten, WriteReport};
pub use write::BatchWrite;
pub use write_request::{IntoWriteRequest, WriteRequest};

use crate::Error;

/// How many calls of a batch run at a time if nothing else is said.
const CONCURRENCY: usize = 4;

/// What the calls of a batch used.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Used {
    pub(crate) calls: u64,
    pub(crate) units: f64,
}

impl Used {
    fn add(&mut self, other: Self) {
        self.calls += other.calls;
        self.units += other.units;
    }
}

/// True if the same call may have another answer later.
pub(crate) fn may_pass(error: &Error) -> bool {
    match error {
        Error::Throttled(_) | Error::Interrupted(_) | Error::Corrupt(_) | Error::OutcomeUnknown(_) => true,
        Error::Refused(refusal) => refusal.failure.status >= 500 || refusal.failure.status == 429,
        _ => false,
    }
}
