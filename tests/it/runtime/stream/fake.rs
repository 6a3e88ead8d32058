//! A stream of shards that split, with iterators that expire and records that are trimmed.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use bytes::Bytes;
use serde_json::{Value, json};
use tablewright::testing::BoxFuture;
use tablewright::{Executor, Failure, Operation, Request, Response, ServiceFailure};

use super::{insert, sequence_number};

/// DynamoDB Streams for one table, in memory. Clones share it.
#[derive(Clone, Default, Debug)]
pub(super) struct Fake(Arc<Mutex<State>>);

#[derive(Default, Debug)]
pub(super) struct State {
    pub(super) shards: Vec<FakeShard>,
    sequence: u64,
    /// Iterators made before this one have expired.
    generation: u64,
    /// Each so many calls of `GetRecords` answer with nothing, but not twice in a row for a shard.
    pub(super) empty_every: usize,
    pub(super) disabled: bool,
    pub(super) view: Option<&'static str>,
    pub(super) calls: Vec<(Operation, Value)>,
    /// Refusals to play before anything else, by operation.
    pub(super) refusals: BTreeMap<&'static str, Vec<&'static str>>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct FakeShard {
    id: String,
    parent: Option<String>,
    records: Vec<Value>,
    closed: bool,
    /// The shard is too old to be listed.
    gone: bool,
    /// So many records are too old to be read.
    trimmed: usize,
    /// The last answer was empty though records follow.
    was_empty: bool,
}

impl Fake {
    /// A stream with one shard.
    pub(super) fn new() -> Self {
        let fake = Self::default();
        fake.state().shards.push(FakeShard { id: "s0".into(), ..FakeShard::default() });
        fake
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    /// Adds a record of a key, with its number as its topic, to the open shard that the key belongs to.
    pub(super) fn write(&self, key: u64) -> u64 {
        let mut state = self.state();
        state.sequence += 1;
        let sequence = state.sequence;
        let open: Vec<usize> = (0..state.shards.len()).filter(|shard| !state.shards[*shard].closed).collect();
        let shard = state.shard_of(key, &open);
        state.shards[shard].records.push(insert(sequence, key, &sequence.to_string()));
        sequence
    }

    /// Closes the shard that a key belongs to, and opens one or two children of it.
    pub(super) fn split(&self, key: u64, children: usize) {
        let mut state = self.state();
        let open: Vec<usize> = (0..state.shards.len()).filter(|shard| !state.shards[*shard].closed).collect();
        let parent = state.shard_of(key, &open);
        state.shards[parent].closed = true;
        let parent = state.shards[parent].id.clone();
        for _ in 0..children {
            let id = format!("s{}", state.shards.len());
            state.shards.push(FakeShard { id, parent: Some(parent.clone()), ..FakeShard::default() });
        }
    }

    /// Lets every iterator expire.
    pub(super) fn expire(&self) {
        self.state().generation += 1;
    }

    /// Lets the first records of a shard be older than 24 hours.
    pub(super) fn trim(&self, shard: usize, records: usize) {
        self.state().shards[shard].trimmed = records;
    }

    /// Lets a shard be so old that it is not listed.
    pub(super) fn forget(&self, shard: usize) {
        self.state().shards[shard].gone = true;
    }

    pub(super) fn refuse(&self, operation: Operation, code: &'static str) {
        self.state().refusals.entry(operation.as_str()).or_default().push(code);
    }

    /// The calls of an operation so far.
    pub(super) fn calls(&self, operation: Operation) -> Vec<Value> {
        self.state().calls.iter().filter(|(of, _)| *of == operation).map(|(_, request)| request.clone()).collect()
    }
}

impl State {
    /// The open shard of a key: among the children of a shard the key's half decides.
    fn shard_of(&self, key: u64, open: &[usize]) -> usize {
        let mut at = 0;
        let mut bits = key;
        while !open.contains(&at) {
            let id = &self.shards[at].id;
            let children: Vec<usize> =
                (0..self.shards.len()).filter(|child| self.shards[*child].parent.as_ref() == Some(id)).collect();
            at = children[(bits % children.len() as u64) as usize];
            bits /= children.len() as u64;
        }
        at
    }

    fn answer(&mut self, operation: Operation, request: &Value) -> Result<Value, &'static str> {
        self.calls.push((operation, request.clone()));
        if let Some(codes) = self.refusals.get_mut(operation.as_str())
            && !codes.is_empty()
        {
            return Err(codes.remove(0));
        }
        let text = |member: &str| request[member].as_str().unwrap_or_default();
        match operation {
            Operation::DescribeTable => Ok(json!({ "Table": { "LatestStreamArn": "arn:stream" } })),
            Operation::DescribeStream => Ok(self.describe(text("ExclusiveStartShardId"))),
            Operation::GetShardIterator => {
                let shard = self.find(text("ShardId")).ok_or("ResourceNotFoundException")?;
                let records = &self.shards[shard].records;
                let place = match text("ShardIteratorType") {
                    "TRIM_HORIZON" => self.shards[shard].trimmed,
                    "LATEST" => records.len(),
                    "AFTER_SEQUENCE_NUMBER" => {
                        let number = text("SequenceNumber");
                        1 + records.iter().position(|record| record["dynamodb"]["SequenceNumber"] == number).unwrap()
                    }
                    other => panic!("{other}"),
                };
                if place < self.shards[shard].trimmed {
                    return Err("TrimmedDataAccessException");
                }
                Ok(json!({ "ShardIterator": format!("{shard}/{place}/{}", self.generation) }))
            }
            Operation::GetRecords => self.records(text("ShardIterator"), request["Limit"].as_u64().unwrap() as usize),
            other => panic!("{other}"),
        }
    }

    fn find(&self, id: &str) -> Option<usize> {
        self.shards.iter().position(|shard| shard.id == id && !shard.gone)
    }

    /// Two shards a page.
    fn describe(&self, after: &str) -> Value {
        let listed: Vec<&FakeShard> = self.shards.iter().filter(|shard| !shard.gone).collect();
        let start = listed.iter().position(|shard| shard.id == after).map_or(0, |place| place + 1);
        let page: Vec<&FakeShard> = listed[start..].iter().take(2).copied().collect();
        let shard = |shard: &&FakeShard| {
            let mut described = json!({ "ShardId": shard.id, "SequenceNumberRange": {} });
            if let Some(parent) = &shard.parent {
                described["ParentShardId"] = parent.as_str().into();
            }
            described
        };
        let mut description = json!({
            "StreamArn": "arn:stream",
            "StreamStatus": if self.disabled { "DISABLED" } else { "ENABLED" },
            "StreamViewType": self.view.unwrap_or("NEW_AND_OLD_IMAGES"),
            "Shards": page.iter().map(shard).collect::<Vec<_>>(),
        });
        if start + page.len() < listed.len() {
            description["LastEvaluatedShardId"] = page.last().unwrap().id.as_str().into();
        }
        json!({ "StreamDescription": description })
    }

    fn records(&mut self, iterator: &str, limit: usize) -> Result<Value, &'static str> {
        let parts: Vec<u64> = iterator.split('/').map(|part| part.parse().unwrap()).collect();
        let (shard, place) = (parts[0] as usize, parts[1] as usize);
        if parts[2] < self.generation {
            return Err("ExpiredIteratorException");
        }
        let shard_state = &self.shards[shard];
        if place < shard_state.trimmed {
            return Err("TrimmedDataAccessException");
        }
        let reads = self.calls.iter().filter(|(operation, _)| *operation == Operation::GetRecords).count();
        let empty = self.empty_every > 0 && reads.is_multiple_of(self.empty_every) && !shard_state.was_empty;
        let limit = if empty { 0 } else { limit };
        let records: Vec<Value> = shard_state.records[place..].iter().take(limit).cloned().collect();
        let next = place + records.len();
        let mut answer = json!({ "Records": records });
        if !shard_state.closed || next < shard_state.records.len() {
            answer["NextShardIterator"] = format!("{shard}/{next}/{}", self.generation).into();
        }
        self.shards[shard].was_empty = empty;
        Ok(answer)
    }
}

impl Executor for Fake {
    fn execute(&self, request: Request) -> BoxFuture<'_, Result<Response, Failure>> {
        let body: Value = serde_json::from_slice(&request.body).unwrap();
        let answer = match self.state().answer(request.operation, &body) {
            Ok(answer) => Ok(Response { body: Bytes::from(answer.to_string()), request_id: None, attempts: 1 }),
            Err(code) => {
                let status = if code == "InternalServerError" { 500 } else { 400 };
                let body = Bytes::from(json!({ "__type": format!("x#{code}"), "message": "fake" }).to_string());
                Err(Failure::Service(ServiceFailure::from_body(status, body, None)))
            }
        };
        Box::pin(std::future::ready(answer))
    }
}

#[test]
fn the_fake_has_numbers_of_the_length_of_dynamodbs() {
    assert!((21..=40).contains(&sequence_number(1).len()));
}
