//! The changes of a table: records of DynamoDB Streams, as types.
//!
//! A table with `stream = …` has a stream: one record for each change of an item, kept for 24 hours. A record is a
//! [`StreamRecord`] of the table's type, with the item as it was and as it is, as far as the stream view type carries
//! them:
//!
//! | `stream =` | `Insert { new }` | `Modify { old, new }` | `Remove { old }` |
//! |---|---|---|---|
//! | `new_and_old_images` | the item | both items | the item |
//! | `new_image` | the item | [`NoImage`], the item | [`NoImage`] |
//! | `old_image` | [`NoImage`] | the item, [`NoImage`] | the item |
//! | `keys_only` | [`NoImage`] | [`NoImage`] | [`NoImage`] |
//!
//! [`StreamRecord::key`] is there in any case. An item that DynamoDB deleted because its time was over is a `Remove`
//! whose record [`is_expiry`](StreamRecord::is_expiry).
//!
//! # In a Lambda function
//!
//! [`handle_batch`] takes the event, calls a handler for each record and gives the answer that Lambda wants:
//! `batchItemFailures`, for which the event source mapping needs `ReportBatchItemFailures`. **Without that setting Lambda
//! ignores the answer, and failed records are lost**; see [`BatchReport::response`].
//!
//! Lambda goes on from the lowest sequence number among the failures, and delivers that record *and every later one of
//! the shard* again, whether it was handled or not. So there is no handler that sees a record only once:
//!
//! - **At least once.** A record comes again after a failure of another record, after a time-out, and when Lambda itself
//!   starts over. What the handler does must be right when it is done twice: use conditions, or compare
//!   [sequence numbers](SequenceNumber), which has an example.
//! - **In order for each key.** The records of one item come in the order of its changes; those of different items in no
//!   order that means anything. A handler that fails on a record does not see the later ones of that key until the
//!   record came again, while those of other keys are handled. After a replay it does see old records again, in order.
//! - **A record that always fails** holds back its shard until it is 24 hours old. Give the event source mapping
//!   `MaximumRetryAttempts` or `MaximumRecordAgeInSeconds` and an `OnFailure` destination. A record that cannot be read
//!   is such a record, unless the batch [skips](Batch::skip_undecodable) it.
//!
//! # In a loop of this program
//!
//! [`Dynamo::stream`](crate::Dynamo::stream) reads the stream itself: local development on the embedded engine, and
//! deployments that are too small for Lambda. It reads each shard after its parent, keeps [checkpoints](CheckpointStore),
//! and reports records that it missed because they were older than 24 hours. What is said above of handlers holds here
//! too: after a failure, and after the program was started again, records come again.
//!
//! # More
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html>,
//! <https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html>,
//! <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html>

mod batch;
mod error;
mod event;
#[cfg(feature = "lambda")]
mod lambda;
mod poll;
mod raw;
mod record;
mod report;
#[cfg(feature = "streams")]
mod sdk;
mod sequence;
mod streamed;
mod time;

pub use batch::{Batch, handle_batch};
pub use error::{RecordError, RecordProblem, StreamError};
pub use event::StreamEvent;
pub use poll::{
    Checkpoint, CheckpointStore, Drained, MemoryCheckpoints, Poller, RunError, ShardPosition, StreamReader,
    TableCheckpoints,
};
pub use record::{Change, StreamRecord, UserIdentity};
pub use report::{BatchReport, BatchResponse, FailureReason, RecordFailure};
pub use sequence::SequenceNumber;
pub use streamed::{Image, NoImage, Streamed};
