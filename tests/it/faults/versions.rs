//! Items with versions: three callers read one item and write it back, each write at most once, and each conflict a true one.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};

use futures_util::future::join_all;
use tablewright::prelude::*;
use tablewright::testing::{BoxFuture, Embedded, Faults, Rates, seeds};
use tablewright::{CallSettings, Error, Executor, Failure, Request, Response, Result, RetryPolicy, tables};
use tokio::time::Instant;

use super::witness::MARK;
use super::world::{handle, paused};

/// An account whose versions begin with 1, so that nobody may delete it.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "ledgers")]
struct Ledger {
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
struct Epoch {
    #[dynamo(partition_key)]
    id: u64,
    n: u64,
    by: String,
    #[dynamo(version(ring = 4))]
    version: u64,
}

/// What callers do with the item that they read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Op {
    Update,
    Put,
    /// In a transaction with nothing else.
    Transact,
    /// Deletes the item, or creates it where there is none.
    DeleteOrCreate,
}

/// What is between the handle and the faults.
#[derive(Clone, Copy, Debug)]
enum Level {
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
enum Told {
    Done,
    NotApplied,
    Unknown,
}

/// Each write that was applied, by its mark, and the times and answers of the calls.
#[derive(Clone, Debug)]
struct Witness {
    engine: Embedded,
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
            let before = self.items();
            let answer = self.engine.execute(request).await;
            if let Some(tag) = tag.filter(|_| answer.is_ok() && self.items() != before) {
                *self.applied.lock().unwrap().entry(tag).or_default() += 1;
            }
            answer
        })
    }
}

impl Witness {
    fn items(&self) -> [serde_json::Value; 2] {
        ["ledgers", "epochs"].map(|table| {
            let (_, answer) = self.engine.call("Scan", format!(r#"{{"TableName":"{table}"}}"#).as_bytes());
            serde_json::from_slice(&answer).expect("the engine answers JSON")
        })
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
trait Item: Entity + tablewright::ItemOwned + tablewright::Versioned + Clone + Send + Sync + 'static {
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
    ($($entity:ident)*) => {$(
        impl Item for $entity {
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

items!(Ledger Epoch);

#[derive(Clone)]
struct World {
    db: Dynamo,
    faults: Faults,
    witness: Witness,
    told: Arc<Mutex<Vec<(String, Vec<Told>)>>>,
}

impl World {
    async fn new(engine: &Embedded, level: Level) -> Self {
        let witness = Witness { engine: engine.clone(), applied: Arc::default() };
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
        Self { db, faults, witness, told: Arc::default() }
    }

    /// One caller: it reads, writes, and begins again after a conflict, which said that nothing was written.
    async fn caller<T: Item>(&self, id: u64, ops: &[Op], client: u64, mut dice: fastrand::Rng) {
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
    async fn violations<T: Item>(&self, id: u64, ops: &[Op]) -> Vec<String> {
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
            let item = T::read(&self.db, id).await.unwrap().expect("nobody deletes the item");
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

/// Runs schedules; gives their number, what is wrong, and the first that went wrong.
fn run<T: Item>(ops: &[Op], level: Level, seeds: impl Iterator<Item = u64>) -> (u64, Vec<String>, Option<String>) {
    let (mut schedules, mut wrong, mut first) = (0, Vec::new(), None);
    let (mut done, mut unknown, mut refused) = (0, 0, 0);
    let begun = std::time::Instant::now();
    for seed in seeds {
        fastrand::seed(seed);
        paused(async {
            let engine = Embedded::memory().expect("the engine starts");
            let world = World::new(&engine, level).await;
            world.db.create_tables(tables![Ledger, Epoch]).await.expect("the tables are made");
            world.db.create(&T::new(1, &format!("{MARK}begin"))).await.expect("there is no fault yet");
            world.faults.seeded(seed, Rates::new(0.3)).latency(Duration::from_millis(1)..Duration::from_millis(40));
            let dice = |client| fastrand::Rng::with_seed(seed.wrapping_mul(4).wrapping_add(client));
            join_all((0..3).map(|client| world.caller::<T>(1, ops, client, dice(client)))).await;
            world.faults.stop();
            world.faults.settle().await;
            schedules += 1;
            for (_, told) in world.told.lock().unwrap().iter() {
                done += u64::from(told.contains(&Told::Done));
                unknown += u64::from(told.contains(&Told::Unknown));
                refused += told.iter().filter(|told| **told == Told::NotApplied).count();
            }
            let found = world.violations::<T>(1, ops).await;
            if !found.is_empty() {
                let trace = world.faults.trace();
                first.get_or_insert(format!("replay with TABLEWRIGHT_SEED={seed}\n{}\n{trace}", found.join("\n")));
                wrong.push(found.join("\n"));
            }
        });
    }
    let (name, seconds) = (T::NAME, begun.elapsed().as_secs());
    println!(
        "| versions of {name} {ops:?} | {level:?} | {schedules} | {} | {done} | {refused} | {unknown} | {seconds} s |",
        wrong.len()
    );
    (schedules, wrong, first)
}

fn holds<T: Item>(ops: &[Op], level: Level) {
    let seeds = seeds(100);
    let run_of = if matches!(level, Level::Waist) { usize::MAX } else { seeds.size_hint().0.div_ceil(10) };
    let (schedules, wrong, first) = run::<T>(ops, level, seeds.take(run_of));
    if let Some(first) = first {
        panic!("{ops:?}, {level:?}: {} of {schedules} schedules are wrong, the first: {first}", wrong.len());
    }
}

#[test]
fn updates() {
    holds::<Ledger>(&[Op::Update], Level::Waist);
    holds::<Ledger>(&[Op::Update], Level::Wire);
    holds::<Ledger>(&[Op::Update], Level::WireRepeating);
}

#[test]
fn puts() {
    holds::<Ledger>(&[Op::Put], Level::Waist);
    holds::<Ledger>(&[Op::Put], Level::Wire);
    holds::<Ledger>(&[Op::Put], Level::WireRepeating);
}

#[test]
fn updates_puts_and_transactions() {
    holds::<Ledger>(&[Op::Update, Op::Put, Op::Transact], Level::Waist);
    holds::<Ledger>(&[Op::Update, Op::Put, Op::Transact], Level::Wire);
}

#[test]
fn deletes_and_creates() {
    let ops = &[Op::Update, Op::Put, Op::DeleteOrCreate];
    holds::<Epoch>(ops, Level::Waist);
    holds::<Epoch>(ops, Level::Wire);
}

/// A way to get it wrong, which has to be found.
fn found<T: Item>(ops: &[Op], level: Level, share: u64, what: &str) {
    let (schedules, wrong, _) = run::<T>(ops, level, 0..60 * (share / 8).max(1));
    assert!(wrong.len() as u64 * share > schedules, "{level:?}: found in {} of {schedules} only", wrong.len());
    assert!(wrong.join("\n").contains(what), "{level:?}: not for the expected reason: {}", wrong.join("\n"));
}

#[test]
fn a_conflict_that_is_always_taken_for_someone_elses_is_found() {
    found::<Ledger>(&[Op::Update], Level::Naive, 4, "doubled");
}

#[test]
fn ids_that_are_not_each_writes_own_are_found() {
    found::<Ledger>(&[Op::Update], Level::OneId, 8, "acknowledged, and lost");
}

#[test]
fn versions_that_are_met_again_are_found() {
    found::<Ledger>(&[Op::Update, Op::Put, Op::DeleteOrCreate], Level::Waist, 60, "called not applied, and applied");
}

#[test]
fn the_operations_of_writes_with_versions_are_single_calls() {
    paused(async {
        let engine = Embedded::memory().unwrap();
        let world = World::new(&engine, Level::Waist).await;
        world.db.create_tables(tables![Ledger, Epoch]).await.unwrap();
        let item = world.db.create(&Ledger::new(1, "a")).returning_new().await.unwrap();
        let before = world.faults.trace().requests();
        let item = item.update(&world.db, "b").await.unwrap();
        world.db.put(&item).await.unwrap();
        assert_eq!(world.faults.trace().requests() - before, 2);
    });
}
