//! A loop over a table's stream in this program.

mod calls;
mod checkpoint;
mod error;
mod page;
mod poller;
mod reader;
mod run;
mod shards;
mod table;

use core::fmt;
use core::marker::PhantomData;
use core::time::Duration;
use std::sync::Arc;

pub use checkpoint::{Checkpoint, CheckpointStore, MemoryCheckpoints, ShardPosition};
pub use poller::Poller;
pub use run::{Drained, RunError};
pub use table::TableCheckpoints;

use super::Streamed;
use crate::{Dynamo, Result};
use calls::Stream;
use reader::{Reader, Settings};

impl Dynamo {
    /// Reads the stream of a table in this program, for local development and for small deployments.
    ///
    /// ```
    /// # #[cfg(feature = "embedded")]
    /// # fn main() -> Result<(), tablewright::Error> {
    /// use tablewright::prelude::*;
    /// use tablewright::stream::{Change, MemoryCheckpoints, StreamRecord};
    ///
    /// #[derive(DynamoTable)]
    /// #[dynamo(table = "orders", stream = new_image)]
    /// struct Order {
    ///     #[dynamo(partition_key)]
    ///     id: u64,
    ///     total: u64,
    /// }
    ///
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
    /// let db = Dynamo::embedded().await?;
    /// db.create_tables(tablewright::tables![Order]).await?;
    /// db.put(&Order { id: 1, total: 20 }).await?;
    ///
    /// let mut orders = db.stream::<Order>().checkpoints(MemoryCheckpoints::new()).open().await?;
    /// let handler = async |record: StreamRecord<Order>| {
    ///     if let Change::Insert { new } = record.change {
    ///         println!("order {} costs {}", new.id, new.total);
    ///     }
    ///     Ok::<_, tablewright::Error>(())
    /// };
    /// // `run` never ends by itself; `drain` handles what is in the stream now.
    /// let drained = orders.drain(handler).await.expect("every order is handled");
    /// assert_eq!(drained.handled, 1);
    /// # Ok::<_, tablewright::Error>(())
    /// # })
    /// # }
    /// # #[cfg(not(feature = "embedded"))]
    /// # fn main() {}
    /// ```
    ///
    /// It calls `DescribeTable` and `DescribeStream`, then `GetShardIterator` and `GetRecords` for each shard: one
    /// `GetRecords` a second for each open shard while nothing happens, of which AWS bills each.
    ///
    /// <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html>
    pub fn stream<T: Streamed>(&self) -> StreamReader<T> {
        StreamReader {
            db: self.clone(),
            settings: Settings {
                consumer: "default".into(),
                store: Arc::new(MemoryCheckpoints::new()),
                latest: false,
                skip_trimmed: false,
                page_size: 1000,
            },
            handling: Handling {
                concurrency: 1,
                skip_undecodable: false,
                attempts: 10,
                interval: Duration::from_secs(1),
            },
            records: PhantomData,
        }
    }
}

/// How the stream of a table is to be read: see [`Dynamo::stream`].
///
/// One reader of a name reads a stream at a time. A second one of the same name is no error, but both handle every
/// record, and the order of a key is not kept between them. AWS allows two readers for each shard.
#[must_use = "a reader does nothing until it is opened"]
pub struct StreamReader<T> {
    db: Dynamo,
    settings: Settings,
    handling: Handling,
    records: PhantomData<fn() -> T>,
}

/// How batches are handled.
#[derive(Debug, Clone, Copy)]
struct Handling {
    concurrency: usize,
    skip_undecodable: bool,
    attempts: u32,
    interval: Duration,
}

impl<T: Streamed> StreamReader<T> {
    /// Starts with the oldest record that is there, if there are no checkpoints to go on from. This is the default:
    /// nothing of the last 24 hours is missed.
    pub fn from_beginning(mut self) -> Self {
        self.settings.latest = false;
        self
    }

    /// Starts with what is written from now on, if there are no checkpoints to go on from.
    ///
    /// After a restart it goes on from then, and not from the time of the restart. Records from the minute before the
    /// first start may be among them, because clocks differ.
    pub fn latest(mut self) -> Self {
        self.settings.latest = true;
        self
    }

    /// Keeps the checkpoints here: [`TableCheckpoints`] for a program that goes on after a restart. Without this they are
    /// in memory.
    pub fn checkpoints(mut self, store: impl CheckpointStore) -> Self {
        self.settings.store = Arc::new(store);
        self
    }

    /// Names who reads, where several programs read one stream: each name has checkpoints of its own. It is `default`
    /// otherwise.
    pub fn consumer(mut self, name: impl Into<Box<str>>) -> Self {
        self.settings.consumer = name.into();
        self
    }

    /// The most records of a batch, from 1 to 1000. It is 1000 otherwise.
    pub fn page_size(mut self, records: u32) -> Self {
        self.settings.page_size = records.clamp(1, 1000);
        self
    }

    /// Goes on where records are gone because they were not handled within 24 hours, with a warning in the log, instead
    /// of ending with [`StreamError::Trimmed`](super::StreamError::Trimmed).
    pub fn skip_trimmed(mut self) -> Self {
        self.settings.skip_trimmed = true;
        self
    }

    /// Passes over records that cannot be read, as [`Batch::skip_undecodable`](super::Batch::skip_undecodable) does.
    pub fn skip_undecodable(mut self) -> Self {
        self.handling.skip_undecodable = true;
        self
    }

    /// Handles the records of up to so many keys at once, as [`Batch::concurrency`](super::Batch::concurrency) does.
    pub fn concurrency(mut self, keys: usize) -> Self {
        self.handling.concurrency = keys.max(1);
        self
    }

    /// How often [`run`](Poller::run) and [`drain`](Poller::drain) try a record that fails, and a call that gets no
    /// answer, before they end with the error. It is 10 otherwise; the pauses between grow from 0.1 to 30 seconds.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.handling.attempts = attempts.max(1);
        self
    }

    /// How long [`run`](Poller::run) waits when there are no records. It is a second otherwise.
    pub fn interval(mut self, interval: Duration) -> Self {
        self.handling.interval = interval;
        self
    }

    /// Finds the table's stream and its shards, and goes on from the checkpoints.
    ///
    /// # Errors
    /// [`StreamError::NoStream`](super::StreamError::NoStream) if the live table has none,
    /// [`Error::SchemaMismatch`](crate::Error::SchemaMismatch) if it carries less than the type says,
    /// [`StreamError::Trimmed`](super::StreamError::Trimmed) if records were not handled in time, and what calls report.
    pub async fn open(self) -> Result<Poller<T>> {
        let Self { db, settings, handling, .. } = self;
        let stream = Stream::of_table(&db, T::TABLE).await?;
        Ok(Poller::new(Reader::open(stream, settings).await?, handling))
    }
}

impl<T> fmt::Debug for StreamReader<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamReader").field("settings", &self.settings).field("handling", &self.handling).finish()
    }
}
