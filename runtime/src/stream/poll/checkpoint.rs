//! Checkpoints: how far each shard of a stream was handled.

use core::fmt;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::exec::BoxFuture;
use crate::stream::SequenceNumber;
use crate::{EpochSeconds, Result};

/// How far a shard was handled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The shard's id.
    pub shard: Box<str>,
    /// Where reading goes on.
    pub position: ShardPosition,
}

/// Where reading a shard goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ShardPosition {
    /// At the oldest record that is still there.
    Start,
    /// At the first record that was made at this time or later.
    Since(EpochSeconds),
    /// After this record.
    After(SequenceNumber),
    /// Nowhere: the shard is closed and everything in it was handled.
    Finished,
}

/// A place that keeps checkpoints, so that a program which starts again goes on where it was.
///
/// `reader` names who reads which stream: the consumer's name and the stream's ARN. A checkpoint is saved after its
/// records were handled; if it is lost, they come again.
#[diagnostic::on_unimplemented(
    message = "`{Self}` keeps no checkpoints",
    label = "not a place for checkpoints",
    note = "pass `TableCheckpoints::new(&db)`, `MemoryCheckpoints::new()`, or a type with an `impl CheckpointStore`"
)]
pub trait CheckpointStore: fmt::Debug + Send + Sync + 'static {
    /// The checkpoints of a reader, in any order.
    fn load<'a>(&'a self, reader: &'a str) -> BoxFuture<'a, Result<Vec<Checkpoint>>>;

    /// Keeps a checkpoint in place of the one of the same shard.
    fn save<'a>(&'a self, reader: &'a str, checkpoint: &'a Checkpoint) -> BoxFuture<'a, Result<()>>;

    /// Forgets a shard that is not in the stream any more.
    fn remove<'a>(&'a self, reader: &'a str, shard: &'a str) -> BoxFuture<'a, Result<()>>;
}

/// Checkpoints in this program's memory. Clones share them.
///
/// They last as long as the program: then a reader starts where [`from_beginning`](super::StreamReader::from_beginning)
/// or [`latest`](super::StreamReader::latest) says.
#[derive(Debug, Clone, Default)]
pub struct MemoryCheckpoints(Arc<Mutex<Shards>>);

/// Positions by reader and shard.
type Shards = BTreeMap<(Box<str>, Box<str>), ShardPosition>;

impl MemoryCheckpoints {
    /// No checkpoints.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn shards(&self) -> MutexGuard<'_, Shards> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl CheckpointStore for MemoryCheckpoints {
    fn load<'a>(&'a self, reader: &'a str) -> BoxFuture<'a, Result<Vec<Checkpoint>>> {
        let shards = self.shards();
        let of_reader = shards.iter().filter(|((of, _), _)| **of == *reader);
        let checkpoints =
            of_reader.map(|((_, shard), position)| Checkpoint { shard: shard.clone(), position: position.clone() });
        Box::pin(core::future::ready(Ok(checkpoints.collect())))
    }

    fn save<'a>(&'a self, reader: &'a str, checkpoint: &'a Checkpoint) -> BoxFuture<'a, Result<()>> {
        self.shards().insert((reader.into(), checkpoint.shard.clone()), checkpoint.position.clone());
        Box::pin(core::future::ready(Ok(())))
    }

    fn remove<'a>(&'a self, reader: &'a str, shard: &'a str) -> BoxFuture<'a, Result<()>> {
        self.shards().remove(&(reader.into(), shard.into()));
        Box::pin(core::future::ready(Ok(())))
    }
}
