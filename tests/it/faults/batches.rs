//! Batches over faults: what is reported as written is, what is reported as unprocessed is not, and nothing is forgotten.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tablewright::request::Answer;
use tablewright::testing::{BoxFuture, Embedded, Faults, Rates, seeds};
use tablewright::{Dynamo, Executor, Failure, Operation, Request, Response, RetryPolicy};

use super::model::Counter;
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

async fn schedule(seed: u64, level: Level) {
    let puts = Puts { engine: engine().await, of: Arc::default() };
    let faults = Faults::new(puts.clone());
    faults.seeded(seed, Rates::new(0.5)).latency(Duration::from_millis(1)..Duration::from_millis(20));
    let mut policy = RetryPolicy::default();
    policy.attempts = 2 + (seed % 4) as u32;
    let builder = handle().retry_policy(policy);
    let db = if level == Level::Wire { builder.client(faults.sdk_client()) } else { builder.executor(faults.clone()) };

    let items: Vec<Counter> = (0..ITEMS).map(|id| Counter { id, n: seed, by: "canary".into() }).collect();
    let report = db.batch_write().put_all(&items).await.unwrap();
    let (unprocessed, unknown) = (report.unprocessed(), report.unknown());
    let left: Vec<u64> = unprocessed.iter().chain(unknown).map(tablewright::request::Unwritten::position).collect();
    let told = format!("{report:?} {}", faults.trace());
    assert!(!told.contains("canary"), "an item's value is in a report");
    assert_eq!(report.written() as usize + left.len(), items.len(), "done and left are all: {told}");

    faults.stop();
    faults.settle().await;
    let puts = puts.of.lock().unwrap().clone();
    let times = |id: u64| puts.get(&id).copied().unwrap_or(0);
    for id in (0..ITEMS).filter(|id| !left.contains(id)) {
        assert!(times(id) >= 1, "{id} is acknowledged, and lost: {told}");
    }
    for write in unprocessed {
        assert_eq!(times(write.position()), 0, "{} is called unprocessed, and written: {told}", write.position());
    }
    let again = (0..ITEMS).filter(|id| !left.contains(id) && times(*id) > 1).count();
    assert!(again as u64 <= report.repeated(), "{again} are written twice: {told}");
    read(&db, &faults, seed, &puts).await;
}

/// Reads the items back through new faults, and one that is not there.
async fn read(db: &Dynamo, faults: &Faults, seed: u64, puts: &BTreeMap<u64, u64>) {
    faults.seeded(seed, Rates::new(0.5));
    let ids: Vec<u64> = (0..=ITEMS).rev().chain([3]).collect();
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
    let seeds = seeds(200);
    let run = seeds.size_hint().0.div_ceil(share);
    for seed in seeds.take(run) {
        fastrand::seed(seed);
        paused(schedule(seed, level));
    }
    println!("| batch_write, batch_get | {} | {run} | 0 |", level.name());
}

#[test]
fn at_the_waist() {
    schedules(Level::Waist, 1);
}

#[test]
fn on_the_wire() {
    schedules(Level::Wire, 20);
}
