//! Batches over faults: what is reported as written is, what is reported as unprocessed is not, and nothing is forgotten.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tablewright::request::Answer;
use tablewright::testing::{BoxFuture, Embedded, Faults, Rates, seeds};
use tablewright::{Dynamo, Executor, Failure, Operation, Request, Response, RetryPolicy};

use super::model::Counter;
use super::schedules::{Counts, PER_ENGINE, print};
use super::world::{Level, engine, handle, paused};

/// Counts how often each item was put.
#[derive(Debug, Clone)]
struct Puts {
    engine: Embedded,
    of: Arc<Mutex<BTreeMap<u64, u64>>>,
}

impl Executor for Puts {
    fn execute(&self, request: Request) -> BoxFuture<'_, Result<Response, Failure>> {
        if request.operation == Operation::BatchWriteItem {
            let body: serde_json::Value = serde_json::from_slice(&request.body).unwrap();
            for write in body["RequestItems"]["counters"].as_array().unwrap() {
                let id = write["PutRequest"]["Item"]["id"]["N"].as_str().unwrap().parse().unwrap();
                *self.of.lock().unwrap().entry(id).or_default() += 1;
            }
        }
        self.engine.execute(request)
    }
}

const ITEMS: u64 = 40;

/// The keys of a schedule, and behind them one that nobody writes.
fn ids(seed: u64) -> Range<u64> {
    let start = seed * (ITEMS + 1);
    start..start + ITEMS
}

async fn schedule(engine: &Embedded, seed: u64, level: Level, counts: &mut Counts) {
    let puts = Puts { engine: engine.clone(), of: Arc::default() };
    let faults = Faults::new(puts.clone());
    faults.seeded(seed, Rates::new(0.5)).latency(Duration::from_millis(1)..Duration::from_millis(20));
    let mut policy = RetryPolicy::default();
    policy.attempts = 2 + (seed % 4) as u32;
    let builder = handle().retry_policy(policy);
    let db = if level == Level::Wire { builder.client(faults.sdk_client()) } else { builder.executor(faults.clone()) };

    let items: Vec<Counter> = ids(seed).map(|id| Counter { id, n: seed, by: "canary".into() }).collect();
    let report = db.batch_write().put_all(&items).await.unwrap();
    let (unprocessed, unknown) = (report.unprocessed(), report.unknown());
    let left: Vec<u64> = unprocessed.iter().chain(unknown).map(|write| ids(seed).start + write.position()).collect();
    let told = format!("{report:?} {}", faults.trace());
    assert!(!told.contains("canary"), "an item's value is in a report");
    assert_eq!(report.written() as usize + left.len(), items.len(), "done and left are all: {told}");

    faults.stop();
    faults.settle().await;
    let puts = puts.of.lock().unwrap().clone();
    let times = |id: u64| puts.get(&id).copied().unwrap_or(0);
    for id in ids(seed).filter(|id| !left.contains(id)) {
        assert!(times(id) >= 1, "{id} is acknowledged, and lost: {told}");
    }
    for write in unprocessed {
        assert_eq!(
            times(ids(seed).start + write.position()),
            0,
            "{} is called unprocessed, and written: {told}",
            write.position()
        );
    }
    let again = ids(seed).filter(|id| !left.contains(id) && times(*id) > 1).count();
    assert!(again as u64 <= report.repeated(), "{again} are written twice: {told}");
    counts.done += report.written();
    counts.refused += unprocessed.len() as u64;
    counts.unknown += unknown.len() as u64;
    read(&db, &faults, seed, &puts).await;
    counts.requests += faults.trace().requests();
}

/// Reads the items back through new faults, and one that is not there.
async fn read(db: &Dynamo, faults: &Faults, seed: u64, puts: &BTreeMap<u64, u64>) {
    faults.seeded(seed, Rates::new(0.5));
    let ids: Vec<u64> = (ids(seed).start..=ids(seed).end).rev().chain([ids(seed).start + 3]).collect();
    let read = match db.batch_get(ids.iter().map(|id| Counter::key(*id))).await {
        Ok(read) => read,
        Err(error) => return assert_eq!(error.class(), "access_denied", "{error} {}", faults.trace()),
    };
    let unread = read.unread();
    let answers = read.into_answers();
    assert_eq!(answers.len(), ids.len());
    for (id, answer) in ids.iter().zip(&answers) {
        match answer {
            Answer::Item(counter) => assert_eq!((counter.id, counter.n), (*id, seed)),
            Answer::Absent => assert!(!puts.contains_key(id), "{id} is called absent: {}", faults.trace()),
            _ => {}
        }
    }
    let open = answers.iter().filter(|answer| matches!(answer, Answer::Unread)).count();
    assert_eq!(open as u64, unread);
}

fn schedules(level: Level, share: usize) {
    let (mut counts, mut shared, mut run, begun) = (Counts::default(), None, 0, Instant::now());
    let seeds = seeds(200);
    let run_of = seeds.size_hint().0.div_ceil(share);
    for seed in seeds.take(run_of) {
        fastrand::seed(seed);
        paused(async {
            if shared.is_none() || run % PER_ENGINE == 0 {
                shared = Some(engine().await);
            }
            schedule(shared.as_ref().unwrap(), seed, level, &mut counts).await;
        });
        run += 1;
    }
    print("batch_write, batch_get", &level.name(), run, 0, &counts, begun);
}

#[test]
fn at_the_waist() {
    schedules(Level::Waist, 1);
}

#[test]
fn on_the_wire() {
    schedules(Level::Wire, 20);
}
