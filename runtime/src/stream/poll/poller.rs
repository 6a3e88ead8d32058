//! Batch after batch of a stream.

use core::fmt;
use core::marker::PhantomData;

use super::Handling;
use super::reader::Reader;
use crate::Result;
use crate::stream::{Batch, BatchReport, StreamRecord, Streamed};

/// Reads a table's stream: the records of each shard in their order, those of a parent shard before its children's.
///
/// [`run`](Self::run) and [`drain`](Self::drain) do everything with a handler. [`next_batch`](Self::next_batch) and
/// [`commit`](Self::commit) are the two steps of it:
///
/// ```
/// # use tablewright::prelude::*;
/// # use tablewright::stream::{Poller, StreamRecord};
/// # #[derive(DynamoTable)]
/// # #[dynamo(table = "orders", stream = new_image)]
/// # struct Order { #[dynamo(partition_key)] id: u64 }
/// async fn once(orders: &mut Poller<Order>) -> Result<(), tablewright::Error> {
///     while let Some(batch) = orders.next_batch().await? {
///         let report = batch
///             .handle(async |record: StreamRecord<Order>| {
///                 println!("{}", record.change.event_name());
///                 Ok::<_, tablewright::Error>(())
///             })
///             .await;
///         orders.commit(&report).await?;
///     }
///     Ok(())
/// }
/// ```
///
/// Records come at least once. What was handled and not committed comes again: after a failure, and after the program
/// ended in between. Dropping any of its futures is safe in the same way.
pub struct Poller<T: Streamed> {
    pub(super) reader: Reader,
    pub(super) handling: Handling,
    records: PhantomData<fn() -> T>,
}

impl<T: Streamed> Poller<T> {
    pub(super) fn new(reader: Reader, handling: Handling) -> Self {
        Self { reader, handling, records: PhantomData }
    }

    /// The next records of one shard, or `None` if no shard has any now.
    ///
    /// Each call says that the batch before it is over: if that was not committed, its records come again. A shard whose
    /// records failed pauses for a while; the others go on.
    ///
    /// # Errors
    /// [`StreamError::Trimmed`](crate::stream::StreamError::Trimmed) if records were not handled in time,
    /// [`StreamError::Disabled`](crate::stream::StreamError::Disabled) after the end of a stream that was switched off,
    /// and what calls report. After an error of a call the next call of this goes on where it was.
    pub async fn next_batch(&mut self) -> Result<Option<Batch<T>>> {
        let Some(page) = self.reader.next().await? else { return Ok(None) };
        let mut records = Vec::new();
        page.records(&mut |raw| records.push(StreamRecord::read(raw)));
        let batch = Batch::of(records).concurrency(self.handling.concurrency);
        Ok(Some(if self.handling.skip_undecodable { batch.skip_undecodable() } else { batch }))
    }

    /// Keeps that the records of the last batch were handled, up to the first one that failed.
    ///
    /// # Errors
    /// If the checkpoint cannot be saved; then the records come again.
    pub async fn commit<E>(&mut self, report: &BatchReport<E>) -> Result<()> {
        self.reader.settle(report.settled()).await
    }

    /// Keeps that all records of the last batch were handled, where something else than a handler did that.
    ///
    /// # Errors
    /// If the checkpoint cannot be saved; then the records come again.
    pub async fn commit_all(&mut self) -> Result<()> {
        self.reader.settle(usize::MAX).await
    }
}

impl<T: Streamed> fmt::Debug for Poller<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Poller").field("reader", &self.reader).field("handling", &self.handling).finish()
    }
}
