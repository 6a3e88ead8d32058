//! The calls that reading a stream takes.

use core::fmt;
use std::sync::Arc;

use bytes::Bytes;
use serde_json::{Value, json};

use super::checkpoint::ShardPosition;
use crate::exec::{Failure, Operation, Request};
use crate::schema::TableSchema;
use crate::stream::StreamError;
use crate::{Dynamo, Error, Result};

/// A table's stream, as calls name it.
pub(super) struct Stream {
    pub(super) db: Dynamo,
    pub(super) schema: &'static TableSchema,
    pub(super) table: Arc<str>,
    pub(super) arn: Box<str>,
}

/// A stream as `DescribeStream` tells it.
#[derive(Debug, Default)]
pub(super) struct Description {
    pub(super) disabled: bool,
    pub(super) view: Option<Box<str>>,
    /// The ids of the shards, each with its parent's.
    pub(super) shards: Vec<(Box<str>, Option<Box<str>>)>,
}

/// What became of a call on a shard.
pub(super) enum Answer<T> {
    Done(T),
    /// The iterator is older than 15 minutes.
    Expired,
    /// The records are older than 24 hours, and gone.
    Trimmed,
}

impl Stream {
    /// The stream that a table has now.
    pub(super) async fn of_table(db: &Dynamo, schema: &'static TableSchema) -> Result<Self> {
        let mut stream = Self { db: db.clone(), schema, table: db.name_of(schema), arn: Box::default() };
        let described = stream.call(Operation::DescribeTable, json!({ "TableName": &*stream.table })).await;
        let described = stream.read(Operation::DescribeTable, described)?;
        match described.pointer("/Table/LatestStreamArn").and_then(Value::as_str) {
            Some(arn) => stream.arn = arn.into(),
            None => return Err(StreamError::NoStream { table: (*stream.table).into() }.into()),
        }
        Ok(stream)
    }

    pub(super) async fn describe(&self) -> Result<Description> {
        let mut description = Description::default();
        let mut last = Value::Null;
        loop {
            let mut request = json!({ "StreamArn": self.arn });
            if let (Value::String(_), Some(members)) = (&last, request.as_object_mut()) {
                members.insert("ExclusiveStartShardId".into(), last.clone());
            }
            let answer = self.call(Operation::DescribeStream, request).await;
            let answer = self.read(Operation::DescribeStream, answer)?;
            let Some(page) = answer.get("StreamDescription") else {
                return Err(self.corrupt(Operation::DescribeStream, "the answer describes no stream"));
            };
            let text = |of: &Value, member: &str| of.get(member).and_then(Value::as_str).map(Box::<str>::from);
            description.disabled = matches!(text(page, "StreamStatus").as_deref(), Some("DISABLED" | "DISABLING"));
            description.view = text(page, "StreamViewType");
            for shard in page.get("Shards").and_then(Value::as_array).into_iter().flatten() {
                let parent = text(shard, "ParentShardId").filter(|parent| !parent.is_empty());
                description.shards.extend(text(shard, "ShardId").map(|id| (id, parent)));
            }
            match page.get("LastEvaluatedShardId") {
                Some(next @ Value::String(_)) if *next != last => last = next.clone(),
                _ => return Ok(description),
            }
        }
    }

    /// An iterator at a position; at `LATEST` for none.
    pub(super) async fn iterator(&self, shard: &str, at: Option<&ShardPosition>) -> Result<Answer<Box<str>>> {
        let (kind, number) = match at {
            None => ("LATEST", None),
            Some(ShardPosition::After(number)) => ("AFTER_SEQUENCE_NUMBER", Some(number.as_str())),
            Some(_) => ("TRIM_HORIZON", None),
        };
        let mut request = json!({ "StreamArn": self.arn, "ShardId": shard, "ShardIteratorType": kind });
        if let (Some(number), Some(members)) = (number, request.as_object_mut()) {
            members.insert("SequenceNumber".into(), number.into());
        }
        let answer = self.call(Operation::GetShardIterator, request).await;
        let Answer::Done(answer) = self.sort(Operation::GetShardIterator, answer)? else { return Ok(Answer::Trimmed) };
        let answer = self.read(Operation::GetShardIterator, Ok(answer))?;
        match answer.get("ShardIterator").and_then(Value::as_str) {
            Some(iterator) => Ok(Answer::Done(iterator.into())),
            None => Err(self.corrupt(Operation::GetShardIterator, "the answer has no iterator")),
        }
    }

    pub(super) async fn records(&self, iterator: &str, most: u32) -> Result<Answer<Bytes>> {
        let request = json!({ "ShardIterator": iterator, "Limit": most });
        let answer = self.call(Operation::GetRecords, request).await;
        self.sort(Operation::GetRecords, answer)
    }

    pub(super) fn corrupt(&self, operation: Operation, what: &'static str) -> Error {
        self.error(operation, Failure::Corrupt(what))
    }

    fn error(&self, operation: Operation, failure: Failure) -> Error {
        match Error::from_failure(operation, &self.table, self.schema.name, failure) {
            Error::TableNotFound(refusal) if operation.is_of_streams() => StreamError::NotFound(refusal).into(),
            error => error,
        }
    }

    async fn call(&self, operation: Operation, request: Value) -> Result<Bytes, Failure> {
        let request = Request { operation, table: Arc::clone(&self.table), body: request.to_string().into() };
        self.db.attempt(request).await.map(|answer| answer.body)
    }

    /// Sorts the refusals out that reading goes on from.
    fn sort(&self, operation: Operation, answer: Result<Bytes, Failure>) -> Result<Answer<Bytes>> {
        match answer {
            Ok(body) => Ok(Answer::Done(body)),
            Err(Failure::Service(failure)) if &*failure.code == "ExpiredIteratorException" => Ok(Answer::Expired),
            Err(Failure::Service(failure)) if &*failure.code == "TrimmedDataAccessException" => Ok(Answer::Trimmed),
            Err(failure) => Err(self.error(operation, failure)),
        }
    }

    fn read(&self, operation: Operation, answer: Result<Bytes, Failure>) -> Result<Value> {
        let body = answer.map_err(|failure| self.error(operation, failure))?;
        serde_json::from_slice(&body).map_err(|_| self.corrupt(operation, "the body is not JSON"))
    }
}

impl fmt::Debug for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stream").field("table", &self.table).field("arn", &self.arn).finish_non_exhaustive()
    }
}
