//! A handler over a batch of records.

use core::fmt;
use std::collections::{HashMap, HashSet, VecDeque};

use futures_util::stream::{FuturesUnordered, StreamExt};

use super::error::RecordError;
use super::event::StreamEvent;
use super::record::StreamRecord;
use super::report::{BatchReport, FailureReason, Mark};
use super::streamed::Streamed;
use crate::{Item, Result};

/// Handles the records of an event, each by one call of the handler, and reports those that failed.
///
/// This is a whole Lambda function on a DynamoDB stream, but for the `main` that `lambda_runtime` asks for:
///
/// ```
/// use tablewright::prelude::*;
/// use tablewright::stream::{BatchResponse, Change, StreamRecord, handle_batch};
///
/// #[derive(DynamoTable)]
/// #[dynamo(table = "orders", stream = new_image)]
/// struct Order {
///     #[dynamo(partition_key)]
///     id: u64,
///     total: u64,
/// }
///
/// async fn function(event: &str) -> Result<BatchResponse, tablewright::Error> {
///     let report = handle_batch(event, async |record: StreamRecord<Order>| {
///         if let Change::Insert { new } = record.change {
///             println!("{} costs {}", new.id, new.total);
///         }
///         Ok::<_, tablewright::Error>(())
///     });
///     Ok(report.await?.response())
/// }
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// # let event = r#"{"Records":[{"eventID":"1","eventName":"INSERT","dynamodb":{"SequenceNumber":"111",
/// #     "Keys":{"id":{"N":"7"}},"NewImage":{"id":{"N":"7"},"total":{"N":"20"}}}}]}"#;
/// assert_eq!(function(event).await?.to_json(), r#"{"batchItemFailures":[]}"#);
/// # Ok::<_, tablewright::Error>(())
/// # }).unwrap();
/// ```
///
/// The records of one key are handled in their order, one after the other. A record that fails, or that cannot be read,
/// holds back the later ones of its key and no others. See the [module](super) for what Lambda makes of the answer.
/// [`Batch`] has the settings: several keys at once, and what to do with records that cannot be read.
///
/// The handler borrows what it uses: `async |record| …`, and not `async move |record| …`, which would own it. The same
/// handler is called for each record.
///
/// # Errors
/// [`Error::Stream`](crate::Error::Stream) if the bytes are not an event of a stream; then nothing was handled. Let the
/// function fail with it, and Lambda delivers the whole batch again.
pub async fn handle_batch<T: Streamed, E, F>(
    event: impl StreamEvent,
    handler: impl Fn(StreamRecord<T>) -> F,
) -> Result<BatchReport<E>>
where
    F: Future<Output = Result<(), E>>,
{
    Ok(Batch::from_event(event)?.handle(handler).await)
}

/// Some records of a table's stream, in their order. Each is a record, or why it could not be read.
#[must_use = "a batch does nothing until it is handled"]
pub struct Batch<T: Streamed> {
    records: Vec<Result<StreamRecord<T>, RecordError>>,
    concurrency: usize,
    skip_undecodable: bool,
}

impl<T: Streamed> Batch<T> {
    /// Reads the records of an event. One that cannot be read is an error in its place; those of items that only reserve the
    /// values of unique attributes are left out.
    ///
    /// # Errors
    /// [`Error::Stream`](crate::Error::Stream) if the bytes are not an event of a stream.
    pub fn from_event(event: impl StreamEvent) -> Result<Self> {
        let mut records = Vec::new();
        event.records(&mut |raw| {
            if !raw.is_reservation(T::TABLE) {
                records.push(StreamRecord::read(raw));
            }
        })?;
        Ok(Self::of(records))
    }

    pub(super) fn of(records: Vec<Result<StreamRecord<T>, RecordError>>) -> Self {
        Self { records, concurrency: 1, skip_undecodable: false }
    }

    /// The records, to look at or to handle in another way.
    pub fn records(&self) -> &[Result<StreamRecord<T>, RecordError>] {
        &self.records
    }

    /// The records, to handle in another way.
    pub fn into_records(self) -> Vec<Result<StreamRecord<T>, RecordError>> {
        self.records
    }

    /// Handles the records of up to so many keys at once; those of one key still follow each other. It is 1 otherwise,
    /// and then the records are handled in the order of the batch.
    pub fn concurrency(mut self, keys: usize) -> Self {
        self.concurrency = keys.max(1);
        self
    }

    /// Passes over records that cannot be read, and counts them in the report, instead of letting them fail.
    ///
    /// A record that fails comes again until it is too old for the stream, and holds back its shard for that long. Pass
    /// over it where the table has items of other programs, or where something else watches the report.
    pub fn skip_undecodable(mut self) -> Self {
        self.skip_undecodable = true;
        self
    }

    /// Calls the handler for each record, as [`handle_batch`] does.
    pub async fn handle<E, F>(self, handler: impl Fn(StreamRecord<T>) -> F) -> BatchReport<E>
    where
        F: Future<Output = Result<(), E>>,
    {
        let concurrency = self.concurrency;
        let (mut report, mut waiting) = self.sort();
        let mut running = FuturesUnordered::new();
        let mut busy = HashSet::new();
        loop {
            while running.len() < concurrency
                && let Some(next) = waiting.iter().position(|waiting| !busy.contains(&waiting.key))
                && let Some(Waiting { mark, key, record }) = waiting.remove(next)
            {
                busy.insert(key);
                let call = handler(record);
                running.push(async move { (mark, key, call.await) });
            }
            let Some((mark, key, result)) = running.next().await else { break };
            busy.remove(&key);
            let Err(error) = result else {
                report.handled += 1;
                continue;
            };
            report.fail(mark, FailureReason::Handler(error));
            let (held, others) = waiting.into_iter().partition(|waiting| waiting.key == key);
            waiting = others;
            let held: VecDeque<Waiting<T>> = held;
            held.into_iter().for_each(|held| report.fail(held.mark, FailureReason::Held));
        }
        report.sort();
        report
    }

    /// The records that can be handled, and a report that says of the others why not.
    fn sort<E>(self) -> (BatchReport<E>, VecDeque<Waiting<T>>) {
        let mut report = BatchReport::default();
        let mut waiting = VecDeque::with_capacity(self.records.len());
        let keys = numbered(&self.records);
        let mut failed = HashSet::new();
        for (place, (record, key)) in self.records.into_iter().zip(keys).enumerate() {
            // What failed without a key may have been of any key.
            let held = failed.contains(&key) || failed.contains(&None);
            match record {
                Err(error) if self.skip_undecodable => report.skipped.push(error),
                Err(error) => {
                    failed.insert(key);
                    report.fail(Mark::of_error(place, &error), FailureReason::Undecodable(error));
                }
                Ok(record) if held => report.fail(Mark::of(place, &record), FailureReason::Held),
                Ok(record) => waiting.push_back(Waiting { mark: Mark::of(place, &record), key, record }),
            }
        }
        (report, waiting)
    }
}

/// A record that waits for its turn.
struct Waiting<T: Streamed> {
    mark: Mark,
    key: Option<usize>,
    record: StreamRecord<T>,
}

/// A number for each record that records of other keys do not have, as far as its key is known.
fn numbered<T: Streamed>(records: &[Result<StreamRecord<T>, RecordError>]) -> Vec<Option<usize>> {
    let mut numbers: HashMap<&Item, usize> = HashMap::new();
    let keys = records.iter().map(|record| match record {
        Ok(record) => Some(&record.keys),
        Err(error) => error.keys.as_ref(),
    });
    keys.map(|key| {
        let next = numbers.len();
        key.map(|key| *numbers.entry(key).or_insert(next))
    })
    .collect()
}

impl<T: Streamed> fmt::Debug for Batch<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch").field("records", &self.records).finish_non_exhaustive()
    }
}
