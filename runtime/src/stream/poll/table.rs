//! Checkpoints in a table.

use serde_json::{Value as Json, json};

use super::error::damaged_checkpoint;
use crate::codec::decode_page;
use crate::exec::{BoxFuture, Operation, Request};
use crate::schema::{AttributeSchema, EntitySchema, KeySchema, KeyType, TableSchema};
use crate::stream::{Checkpoint, CheckpointStore, SequenceNumber, ShardPosition};
use crate::{Dynamo, EpochSeconds, Item, Result, Value};

const NAME: &str = "StreamCheckpoint";
const READER: &str = "reader";
const SHARD: &str = "shard";
/// The sequence number of the last record that was handled.
const HANDLED: &str = "handled";
/// The time that reading began at, before the first record was handled.
const SINCE: &str = "since";
/// True where everything in the shard was handled and nothing more will come.
const FINISHED: &str = "finished";
/// When the checkpoint was saved.
const UPDATED_AT: &str = "updated_at";

/// Keeps checkpoints in the table `stream-checkpoints`, one item for each shard.
///
/// The table is one of the program's: make it where the others are made, and name it for Terraform with
/// [`register_table!`](crate::register_table). A checkpoint costs one write unit.
///
/// ```
/// # #[cfg(feature = "embedded")]
/// # async fn example() -> Result<(), tablewright::Error> {
/// use tablewright::prelude::*;
/// use tablewright::stream::TableCheckpoints;
///
/// let db = Dynamo::embedded().await?;
/// db.ensure_tables([TableCheckpoints::TABLE]).await?;
/// let checkpoints = TableCheckpoints::new(&db);
/// # drop(checkpoints);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct TableCheckpoints(Dynamo);

impl TableCheckpoints {
    /// The table: its partition key is the reader, its sort key the shard.
    pub const TABLE: &'static TableSchema =
        &TableSchema::new("stream-checkpoints", KeySchema::new(READER, KeyType::S), {
            Some(KeySchema::new(SHARD, KeyType::S))
        })
        .with_entities(&[EntitySchema::new(NAME, "How far one shard of a stream was handled.", {
            &[
                AttributeSchema::new(READER, READER, "S", false),
                AttributeSchema::new(SHARD, SHARD, "S", false),
                AttributeSchema::new(HANDLED, HANDLED, "S", true),
                AttributeSchema::new(SINCE, SINCE, "N", true),
                AttributeSchema::new(FINISHED, FINISHED, "BOOL", false),
                AttributeSchema::new(UPDATED_AT, UPDATED_AT, "N", false),
            ]
        })])
        .with_source(crate::__source!());

    /// Keeps checkpoints in the table of this handle.
    #[must_use]
    pub fn new(db: &Dynamo) -> Self {
        Self(db.clone())
    }

    /// Sends a request about the table; `members` is the rest of its body.
    async fn call(&self, operation: Operation, mut request: Json) -> Result<bytes::Bytes> {
        let table = self.0.name_of(Self::TABLE);
        if let Some(members) = request.as_object_mut() {
            members.insert("TableName".into(), (*table).into());
        }
        let request = Request { operation, table, body: request.to_string().into() };
        self.0.call(request, NAME).await.map(|answer| answer.body)
    }

    fn item(&self, reader: &str, checkpoint: &Checkpoint) -> Json {
        let now = EpochSeconds::at(self.0.now()).0.to_string();
        let finished = checkpoint.position == ShardPosition::Finished;
        let mut item = json!({
            READER: { "S": reader }, SHARD: { "S": checkpoint.shard },
            FINISHED: { "BOOL": finished }, UPDATED_AT: { "N": now },
        });
        let more = match &checkpoint.position {
            ShardPosition::Since(time) => Some((SINCE, json!({ "N": time.0.to_string() }))),
            ShardPosition::After(number) => Some((HANDLED, json!({ "S": number.as_str() }))),
            ShardPosition::Start | ShardPosition::Finished => None,
        };
        if let (Some((name, value)), Some(members)) = (more, item.as_object_mut()) {
            members.insert(name.into(), value);
        }
        item
    }
}

impl CheckpointStore for TableCheckpoints {
    fn load<'a>(&'a self, reader: &'a str) -> BoxFuture<'a, Result<Vec<Checkpoint>>> {
        Box::pin(async move {
            let mut checkpoints = Vec::new();
            let mut start = String::new();
            loop {
                let mut body = json!({
                    "KeyConditionExpression": "#r = :r", "ConsistentRead": true,
                    "ExpressionAttributeNames": { "#r": READER }, "ExpressionAttributeValues": { ":r": { "S": reader } },
                });
                if let (false, Some(members)) = (start.is_empty(), body.as_object_mut()) {
                    members.insert("ExclusiveStartKey".into(), serde_json::from_str(&start).unwrap_or_default());
                }
                let answer = self.call(Operation::Query, body).await?;
                let (items, shape) = decode_page::<Item>(&answer).map_err(|error| error.of_entity(NAME))?;
                for item in &items {
                    checkpoints.push(checkpoint(item)?);
                }
                start.clear();
                match shape.last_key {
                    Some(key) => start.push_str(&key),
                    None => return Ok(checkpoints),
                }
            }
        })
    }

    fn save<'a>(&'a self, reader: &'a str, checkpoint: &'a Checkpoint) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let request = json!({ "Item": self.item(reader, checkpoint) });
            self.call(Operation::PutItem, request).await.map(drop)
        })
    }

    fn remove<'a>(&'a self, reader: &'a str, shard: &'a str) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let request = json!({ "Key": { READER: { "S": reader }, SHARD: { "S": shard } } });
            self.call(Operation::DeleteItem, request).await.map(drop)
        })
    }
}

/// The checkpoint that an item is.
fn checkpoint(item: &Item) -> Result<Checkpoint> {
    let Some(Value::S(shard)) = item.get(SHARD) else { return Err(damaged_checkpoint("").into()) };
    let position = match (item.get(FINISHED), item.get(HANDLED), item.get(SINCE)) {
        (Some(Value::Bool(true)), ..) => Some(ShardPosition::Finished),
        (_, Some(Value::S(number)), _) => SequenceNumber::parse(number).map(ShardPosition::After),
        (_, None, Some(Value::N(time))) => u64::try_from(*time).ok().map(EpochSeconds).map(ShardPosition::Since),
        (_, None, None) => Some(ShardPosition::Start),
        _ => None,
    };
    let Some(position) = position else { return Err(damaged_checkpoint(shard).into()) };
    Ok(Checkpoint { shard: shard.as_str().into(), position })
}
