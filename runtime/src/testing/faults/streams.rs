//! Calls of DynamoDB Streams, whose shards may have been split.

use bytes::Bytes;
use serde_json::{Value, json};

use super::facts::{Facts, set};
use super::shards::sequence_number;
use super::state::Inner;
use crate::{Failure, Operation, Request, Response};

/// How many pages are read to find the end of a shard.
const PAGES: usize = 1000;

/// True for operations that name a shard or its iterator.
pub(super) fn has_shards(operation: Operation) -> bool {
    matches!(operation.as_str(), "DescribeStream" | "GetShardIterator" | "GetRecords")
}

/// Sends a call of streams with the engine's shards in it, and gives the answer with the caller's.
pub(super) async fn read(inner: &Inner, request: Request) -> Result<Response, Failure> {
    let operation = request.operation;
    let asked: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    let (passed, part) = inner.with(|state| state.shards.request(operation, &asked));
    let body = Bytes::from(passed.to_string());
    let response = inner.executor.execute(Request { body, ..request }).await?;
    let Ok(mut answer) = serde_json::from_slice(&response.body) else { return Ok(response) };
    inner.with(|state| state.shards.answer(operation, &asked, part.as_ref(), &mut answer));
    Ok(Response { body: Bytes::from(answer.to_string()), ..response })
}

/// Splits the shard that is read, after the last record that it has. A shard without records is not split.
pub(super) async fn split(inner: &Inner, facts: &Facts) {
    let (passed, Some(part)) = inner.with(|state| state.shards.request(facts.operation, &facts.body)) else { return };
    if let Some(last) = last_record(inner, facts.operation, passed).await {
        inner.with(|state| state.shards.split(&part, &last));
    }
}

/// The sequence number of the last record from an iterator on.
async fn last_record(inner: &Inner, operation: Operation, mut request: Value) -> Option<String> {
    let mut last = None;
    set(&mut request, "Limit", json!(1000));
    for _ in 0..PAGES {
        let body = Bytes::from(request.to_string());
        let read = inner.executor.execute(Request { operation, table: "".into(), body }).await.ok()?;
        let page: Value = serde_json::from_slice(&read.body).ok()?;
        let records = page.get("Records")?.as_array()?;
        last = records.last().map(|record| sequence_number(record).to_owned()).or(last);
        match page.get("NextShardIterator").and_then(Value::as_str) {
            Some(next) if !records.is_empty() => set(&mut request, "ShardIterator", next),
            _ => break,
        }
    }
    last
}
