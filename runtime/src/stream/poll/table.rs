//! Checkpoints in a table.

use crate::exec::BoxFuture;
use crate::stream::{Checkpoint, CheckpointStore, SequenceNumber, ShardPosition};
use crate::{Dynamo, DynamoTable, EpochSeconds, Error, Result};

/// Takes the place of the crate's root for the derive below: a table that no program asked for is not registered.
mod unregistered {
    pub(super) use crate::{__private, __source};

    macro_rules! __register {
        ($entity:ty) => {};
    }
    pub(super) use __register;
}

/// How far one shard of a stream was handled: an item of the table that [`TableCheckpoints`] keeps.
///
/// The table is not registered for Terraform by itself, because not every program has it:
/// [`register_table!`](crate::register_table) does that.
#[derive(DynamoTable, Debug, Clone, PartialEq, Eq)]
#[dynamo(crate = unregistered, table = "stream-checkpoints")]
#[non_exhaustive]
pub struct StreamCheckpoint {
    /// The consumer's name and the stream's ARN.
    #[dynamo(partition_key)]
    pub reader: String,
    /// The shard's id.
    #[dynamo(sort_key)]
    pub shard: String,
    /// The sequence number of the last record that was handled, if one was.
    pub handled: Option<String>,
    /// The time that reading began at, if no record was handled yet and it did not begin at the oldest one.
    pub since: Option<EpochSeconds>,
    /// True if everything in the shard was handled and nothing more will come.
    pub finished: bool,
    /// When the checkpoint was saved.
    #[dynamo(updated_at)]
    pub updated_at: EpochSeconds,
}

/// Keeps checkpoints in the table `stream-checkpoints`, one item for each shard.
///
/// The table is one of the program's: make it with `db.create_tables(tables![StreamCheckpoint])` where the others are
/// made, or name it for Terraform with [`register_table!`](crate::register_table). A checkpoint costs one write unit.
///
/// ```
/// # #[cfg(feature = "embedded")]
/// # async fn example() -> Result<(), tablewright::Error> {
/// use tablewright::prelude::*;
/// use tablewright::stream::{StreamCheckpoint, TableCheckpoints};
///
/// let db = Dynamo::embedded().await?;
/// db.ensure_tables(tablewright::tables![StreamCheckpoint]).await?;
/// let checkpoints = TableCheckpoints::new(&db);
/// # drop(checkpoints);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct TableCheckpoints(Dynamo);

impl TableCheckpoints {
    /// Keeps checkpoints in the table of this handle.
    #[must_use]
    pub fn new(db: &Dynamo) -> Self {
        Self(db.clone())
    }
}

impl CheckpointStore for TableCheckpoints {
    fn load<'a>(&'a self, reader: &'a str) -> BoxFuture<'a, Result<Vec<Checkpoint>>> {
        Box::pin(async move {
            let stored = self.0.query(StreamCheckpoint::query(reader)).consistent().await?;
            stored.into_iter().map(Checkpoint::try_from).collect()
        })
    }

    fn save<'a>(&'a self, reader: &'a str, checkpoint: &'a Checkpoint) -> BoxFuture<'a, Result<()>> {
        let mut stored = StreamCheckpoint {
            reader: reader.into(),
            shard: checkpoint.shard.as_ref().into(),
            handled: None,
            since: None,
            finished: false,
            updated_at: EpochSeconds(0),
        };
        match &checkpoint.position {
            ShardPosition::Start => {}
            ShardPosition::Since(time) => stored.since = Some(*time),
            ShardPosition::After(number) => stored.handled = Some(number.as_str().into()),
            ShardPosition::Finished => stored.finished = true,
        }
        Box::pin(async move { self.0.put(&stored).await.map(drop) })
    }

    fn remove<'a>(&'a self, reader: &'a str, shard: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move { self.0.delete(StreamCheckpoint::key(reader, shard)).await.map(drop) })
    }
}

impl TryFrom<StreamCheckpoint> for Checkpoint {
    type Error = Error;
    fn try_from(stored: StreamCheckpoint) -> Result<Self> {
        let position = match (stored.finished, stored.handled, stored.since) {
            (true, ..) => ShardPosition::Finished,
            (false, Some(number), _) => match SequenceNumber::parse(&number) {
                Some(number) => ShardPosition::After(number),
                None => return Err(super::error::damaged_checkpoint(&stored.shard).into()),
            },
            (false, None, Some(time)) => ShardPosition::Since(time),
            (false, None, None) => ShardPosition::Start,
        };
        Ok(Self { shard: stored.shard.into(), position })
    }
}
