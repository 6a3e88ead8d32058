//! `batch_write_stream`: any number of writes.

use core::fmt;
use core::future::IntoFuture;

use futures_core::Stream;
use futures_util::stream::{self, StreamExt};

use super::CONCURRENCY;
use super::engine::{OnProgress, Source, WriteSettings, write};
use super::report::{BatchProgress, WriteReport};
use super::write_request::IntoWriteRequest;
use crate::exec::BoxFuture;
use crate::request::RetryPolicy;
use crate::request::rate::{RateLimit, units_per_second};
use crate::{Dynamo, Result};

/// Writes of a stream or an iterator of any length: [`Dynamo::batch_write_stream`].
#[must_use = "a request does nothing until it is awaited"]
pub struct BatchWriteStream<'s> {
    db: Dynamo,
    source: Source<'s>,
    concurrency: usize,
    policy: RetryPolicy,
    units_per_second: Option<f64>,
    on_progress: Option<OnProgress<'s>>,
}

impl Dynamo {
    /// Writes what a stream gives, however much that is: `BatchWriteItem`, with a memory of a few calls.
    ///
    /// The stream gives items, each of which is put, or [`WriteRequest`](crate::request::WriteRequest)s, or results of
    /// these, so that what a scan reads can be written elsewhere:
    ///
    /// ```
    /// # use tablewright::prelude::*;
    /// # #[derive(DynamoTable)]
    /// # #[dynamo(table = "notes")]
    /// # struct Note { #[dynamo(partition_key)] id: u64 }
    /// # async fn example(here: &Dynamo, there: &Dynamo) -> Result<(), tablewright::Error> {
    /// let copied = there
    ///     .batch_write_stream(here.scan::<Note>().stream())
    ///     .units_per_second(500.0)
    ///     .on_progress(|so_far| println!("{} notes copied", so_far.written))
    ///     .await?
    ///     .complete()?;
    /// # let _ = copied;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// It is as [`batch_write`](Self::batch_write) with these differences. Writes of the same item are done in the order in
    /// which they come: the later one waits for the earlier. A call that cannot be finished, and an error of the stream,
    /// end the whole: calls that run are finished, and nothing more is taken. Since writes are done in the order in which
    /// they come but for those that are reported, one goes on by writing [`WriteReport::into_leftovers`] and then what comes
    /// after the first [`WriteReport::taken`] of the stream. The deadline of the retry policy is that of one call with its
    /// repetitions. A call with fewer than 25 writes is sent when the stream has nothing more for now and no call runs.
    ///
    /// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html>
    pub fn batch_write_stream<'s, S>(&self, writes: S) -> BatchWriteStream<'s>
    where
        S: Stream<Item: IntoWriteRequest> + Send + 's,
    {
        let db = self.clone();
        let source = writes.map(move |write| write.into_write_request(&db)).boxed();
        BatchWriteStream {
            db: self.clone(),
            source,
            concurrency: CONCURRENCY,
            policy: self.retry_policy(),
            units_per_second: None,
            on_progress: None,
        }
    }

    /// Writes what an iterator gives, however much that is: as [`batch_write_stream`](Self::batch_write_stream).
    ///
    /// ```
    /// # use tablewright::prelude::*;
    /// # #[derive(DynamoTable)]
    /// # #[dynamo(table = "notes")]
    /// # struct Note { #[dynamo(partition_key)] id: u64 }
    /// # async fn example(db: &Dynamo) -> Result<(), tablewright::Error> {
    /// let written = db.batch_write_iter((0..1_000_000).map(|id| Note { id })).await?.complete()?;
    /// assert_eq!(written, 1_000_000);
    /// # Ok(())
    /// # }
    /// ```
    pub fn batch_write_iter<'s, I>(&self, writes: I) -> BatchWriteStream<'s>
    where
        I: IntoIterator<Item: IntoWriteRequest, IntoIter: Send + 's>,
    {
        self.batch_write_stream(stream::iter(writes))
    }
}

impl<'s> BatchWriteStream<'s> {
    /// How many calls may run at a time; 4 if nothing is said.
    pub fn concurrency(mut self, calls: usize) -> Self {
        self.concurrency = calls;
        self
    }

    /// Uses no more than so many write units per second, on average, so that other users of the table are not throttled.
    pub fn units_per_second(mut self, units: f64) -> Self {
        self.units_per_second = Some(units);
        self
    }

    /// How a call goes on that is throttled, left unprocessed or not answered, instead of what the handle says.
    pub fn retry_policy(mut self, policy: RetryPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// Calls this after each call that is done with its writes.
    pub fn on_progress(mut self, tell: impl FnMut(&BatchProgress) + Send + 's) -> Self {
        self.on_progress = Some(Box::new(tell));
        self
    }

    async fn run(self) -> Result<WriteReport> {
        let rate = self.units_per_second.map(units_per_second).transpose()?.map(RateLimit::new);
        let settings = WriteSettings { concurrency: self.concurrency, policy: self.policy, rate, shared: None };
        Ok(write(&self.db, self.source, &settings, self.on_progress).await)
    }
}

impl<'s> IntoFuture for BatchWriteStream<'s> {
    type Output = Result<WriteReport>;
    type IntoFuture = BoxFuture<'s, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl fmt::Debug for BatchWriteStream<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BatchWriteStream").field("concurrency", &self.concurrency).finish_non_exhaustive()
    }
}
