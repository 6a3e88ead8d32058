//! Items with versions, callers that write them, and what is checked of what they were told.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};

use tablewright::prelude::*;
use tablewright::testing::{BoxFuture, Embedded, Faults};
use tablewright::{CallSettings, Error, Executor, Failure, Request, Response, Result, RetryPolicy};
use tokio::time::Instant;

use super::super::witness::MARK;
use super::super::world::handle;

/// An account whose versions begin with 1, so that nobody may delete it.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "ledgers")]
pub(super) struct Ledger {
    #[dynamo(partition_key)]
    id: u64,
    n: u64,
    by: String,
    #[dynamo(version(starts_at = 1))]
    version: u64,
}

/// An account whose versions begin with the time, so that one under a key that was used before has others.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "epochs")]
pub(super) struct Epoch {
    #[dynamo(partition_key)]
    id: u64,
    n: u64,
    by: String,
    #[dynamo(version(ring = 4))]
    version: u64,
}

/// What callers do with the item that they read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Op {
    Update,
    Put,
    /// In a transaction with nothing else.
    Transact,
    /// Deletes the item, or creates it where there is none.
    DeleteOrCreate,
}

/// What is between the handle and the faults.
#[derive(Clone, Copy, Debug)]
pub(super) enum Level {
    Waist,
    Wire,
    /// The SDK sends writes again by itself.
    WireRepeating,
    /// The ids of writes are not found again: a conflict is always taken for someone else's.
    Naive,
    /// Every write has the same id.
    OneId,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Told {
    Done,
    NotApplied,
    Unknown,
}

/// Each write that was applied, by its mark.
#[derive(Clone, Debug)]
struct Witness {
    engine: Embedded,
    /// The item's table and key.
    item: (&'static str, u64),
    applied: Arc<Mutex<BTreeMap<String, u32>>>,
}

impl Executor for Witness {
    fn execute(&self, request: Request) -> BoxFuture<'_, Result<Response, Failure>> {
        Box::pin(async move {
            let is_write = !request.operation.is_read();
            let tag = request
                .json()
                .find(MARK)
                .filter(|_| is_write)
                .map(|start| request.json()[start..].split('"').next().unwrap_or_default().to_owned());
            // A transaction that is applied already succeeds again, and changes nothing.
            let before = tag.as_ref().map(|_| self.stored());
            let answer = self.engine.execute(request).await;
            if let Some(tag) = tag.filter(|_| answer.is_ok() && Some(self.stored()) != before) {
                *self.applied.lock().unwrap().entry(tag).or_default() += 1;
            }
            answer
        })
    }
}

impl Witness {
    fn stored(&self) -> serde_json::Value {
        let (table, id) = self.item;
        let body = format!(r#"{{"TableName":"{table}","ConsistentRead":true,"Key":{{"id":{{"N":"{id}"}}}}}}"#);
        let (_, answer) = self.engine.call("GetItem", body.as_bytes());
        serde_json::from_slice(&answer).expect("the engine answers JSON")
    }
}

/// Makes every id of a write another one in the stored item of a failed condition.
#[derive(Debug)]
struct Naive(Faults);

impl Executor for Naive {
    fn execute(&self, request: Request) -> BoxFuture<'_, Result<Response, Failure>> {
        Box::pin(async move {
            let answer = self.0.execute(request).await;
            let Err(Failure::Service(mut failure)) = answer else { return answer };
            let mut body: serde_json::Value = serde_json::from_slice(&failure.body).unwrap_or_default();
            if let Some(ring) = body.pointer_mut("/Item/version_writes/M").and_then(|ring| ring.as_object_mut()) {
                ring.values_mut().filter(|value| value.get("B").is_some()).for_each(|id| id["B"] = "AAAA".into());
                failure.body = body.to_string().into();
            }
            Err(Failure::Service(failure))
        })
    }
}

/// What the test does in the same way with both entities.
pub(super) trait Item:
    Entity + tablewright::ItemOwned + tablewright::Versioned + Clone + Send + Sync + 'static
{
    const STORED_IN: &'static str;
    fn new(id: u64, tag: &str) -> Self;
    fn n(&self) -> u64;
    fn counted(&self, tag: &str) -> Self;
    fn read(db: &Dynamo, id: u64) -> BoxFuture<'_, Result<Option<Self>>>;
    fn update<'a>(&'a self, db: &'a Dynamo, tag: &'a str) -> BoxFuture<'a, Result<Self>>;
    fn transact<'a>(&'a self, db: &'a Dynamo, tag: &'a str) -> BoxFuture<'a, Result<()>>;
    fn delete<'a>(&'a self, db: &'a Dynamo, tag: &'a str) -> BoxFuture<'a, Result<()>>;
    fn version(&self) -> u64;
}

macro_rules! items {
    ($($entity:ident: $table:literal;)*) => {$(
        impl Item for $entity {
            const STORED_IN: &'static str = $table;
            fn new(id: u64, tag: &str) -> Self {
                Self { id, n: 0, by: tag.to_owned(), version: 0 }
            }
            fn n(&self) -> u64 {
                self.n
            }
            fn version(&self) -> u64 {
                self.version
            }
            fn counted(&self, tag: &str) -> Self {
                Self { n: self.n + 1, by: tag.to_owned(), ..self.clone() }
            }
            fn read(db: &Dynamo, id: u64) -> BoxFuture<'_, Result<Option<Self>>> {
                Box::pin(db.get(Self::key(id)).consistent().into_future())
            }
            fn update<'a>(&'a self, db: &'a Dynamo, tag: &'a str) -> BoxFuture<'a, Result<Self>> {
                Box::pin(db.update(self).increment(|c| c.n, 1).set(|c| c.by, tag).returning_new().into_future())
            }
            fn transact<'a>(&'a self, db: &'a Dynamo, tag: &'a str) -> BoxFuture<'a, Result<()>> {
                let update = db.update(self).increment(|c| c.n, 1).set(|c| c.by, tag);
                Box::pin(db.transact_write(update).into_future())
            }
            fn delete<'a>(&'a self, db: &'a Dynamo, tag: &'a str) -> BoxFuture<'a, Result<()>> {
                // The condition always holds: it is there to carry the mark.
                Box::pin(db.delete(self).condition(|c| c.by.ne(tag)).into_future())
            }
        }
    )*};
}

items! {
    Ledger: "ledgers";
    Epoch: "epochs";
}

#[derive(Clone)]
pub(super) struct World {
    pub(super) db: Dynamo,
    pub(super) faults: Faults,
    witness: Witness,
    id: u64,
    pub(super) told: Arc<Mutex<Vec<(String, Vec<Told>)>>>,
}

impl World {
    /// A world around one item of an engine, without faults and without the item.
    pub(super) fn new<T: Item>(engine: &Embedded, id: u64, level: Level) -> Self {
        let witness = Witness { engine: engine.clone(), item: (T::STORED_IN, id), applied: Arc::default() };
        let faults = Faults::new(witness.clone());
        let begun = Instant::now();
        let clock = move || UNIX_EPOCH + Duration::from_secs(1_700_000_000) + begun.elapsed();
        let ids = || u128::from(fastrand::u64(..)) << 64 | u128::from(fastrand::u64(..));
        let builder = handle().clock(clock).id_source(ids);
        let db = match level {
            Level::Waist => builder.executor(faults.clone()),
            Level::Wire => builder.client(faults.sdk_client()),
            Level::WireRepeating => {
                let mut settings = CallSettings::default();
                settings.repeat_writes = true;
                builder.call_settings(settings).client(faults.sdk_client())
            }
            Level::Naive => builder.executor(Naive(faults.clone())),
            Level::OneId => builder.id_source(|| 7).executor(faults.clone()),
        };
        Self { db, faults, witness, id, told: Arc::default() }
    }

    /// One caller: it reads, writes, and begins again after a conflict, which said that nothing was written.
    pub(super) async fn caller<T: Item>(&self, ops: &[Op], client: u64, mut dice: fastrand::Rng) {
        let id = self.id;
        for number in 0..4 {
            let tag = format!("{MARK}{client}.{number}");
            let mut told = Vec::new();
            for _ in 0..4 {
                tokio::time::sleep(Duration::from_millis(dice.u64(0..60))).await;
                let Ok(found) = T::read(&self.db, id).await else { continue };
                let op = ops[dice.usize(0..ops.len())];
                let began = Instant::now();
                let write = perform(&self.db, id, op, found, &tag);
                // Some callers give up.
                let patience = Duration::from_millis(if dice.u8(0..10) == 0 { dice.u64(1..60) } else { 120_000 });
                let answer = match tokio::time::timeout(patience, write).await {
                    Ok(None) => continue,
                    Ok(Some(Ok(()))) => Told::Done,
                    Ok(Some(Err(error))) => say(&error),
                    Err(_) => Told::Unknown,
                };
                let most = RetryPolicy::default().deadline + CallSettings::default().call_timeout;
                assert!(began.elapsed() <= most, "{op:?} took {:?}", began.elapsed());
                told.push(answer.clone());
                if answer != Told::NotApplied {
                    break;
                }
            }
            self.told.lock().unwrap().push((tag, told));
        }
    }

    /// What is wrong, in words.
    pub(super) async fn violations<T: Item>(&self, ops: &[Op]) -> Vec<String> {
        let applied = self.witness.applied.lock().unwrap().clone();
        let mut wrong = Vec::new();
        for (tag, told) in self.told.lock().unwrap().iter() {
            let times = applied.get(tag).copied().unwrap_or(0);
            let said = match (told.contains(&Told::Done), told.contains(&Told::Unknown)) {
                (true, _) if times == 0 => "acknowledged, and lost",
                (false, false) if times > 0 => "called not applied, and applied",
                _ if times > 1 => "doubled",
                _ => continue,
            };
            wrong.push(format!("{said}: {tag}, told {told:?}, applied {times} times"));
        }
        let begin = format!("{MARK}begin");
        let counted: u32 = applied.iter().filter(|(tag, _)| **tag != begin).map(|(_, times)| times).sum();
        if !ops.contains(&Op::DeleteOrCreate) {
            let item = T::read(&self.db, self.id).await.unwrap().expect("nobody deletes the item");
            if item.n() != u64::from(counted) {
                wrong.push(format!("an update is lost: {counted} were applied and {} counted", item.n()));
            }
        }
        wrong
    }
}

fn say(error: &Error) -> Told {
    let text = format!("{error} {error:?}");
    assert!(!text.contains(MARK), "an item's value is in an error: {text}");
    if error.is_definitely_not_applied() { Told::NotApplied } else { Told::Unknown }
}

/// Writes the item that was found, or does nothing.
async fn perform<T: Item>(db: &Dynamo, id: u64, op: Op, found: Option<T>, tag: &str) -> Option<Result<()>> {
    Some(match (op, found) {
        (Op::Update, Some(item)) => item.update(db, tag).await.map(|new| {
            assert!(new.version() > item.version() && new.n() > item.n());
        }),
        (Op::Put, Some(item)) => db.put(&item.counted(tag)).returning_new().await.map(|new| {
            assert_eq!((new.version(), new.n()), (item.version() + 1, item.n() + 1));
        }),
        (Op::Transact, Some(item)) => item.transact(db, tag).await,
        (Op::DeleteOrCreate, Some(item)) => item.delete(db, tag).await,
        (Op::DeleteOrCreate, None) => db.create(&T::new(id, tag)).await,
        (_, None) => return None,
    })
}
