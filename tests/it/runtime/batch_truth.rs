//! What batches report, compared with what really happened, over random faults.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use futures_util::{StreamExt, stream};
use tablewright::RetryPolicy;
use tablewright::prelude::*;
use tablewright::request::{Answer, WriteReport, WriteRequest};

use super::flaky::{Flaky, Random, polled, run};

const CASES: u64 = 10_000;

#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "flakes")]
struct Flake {
    #[dynamo(partition_key)]
    id: u64,
    serial: u64,
}

/// Few attempts, so that leftovers are common.
fn handle(executor: &Flaky, seed: u64) -> Dynamo {
    let mut policy = RetryPolicy::default();
    policy.attempts = 2 + (seed % 5) as u32;
    policy.deadline = Duration::from_millis(if seed.is_multiple_of(3) { 120 } else { 30_000 });
    let random = std::sync::Mutex::new(Random::new(seed + 1));
    Dynamo::builder().retry_policy(policy).jitter(move || random.lock().unwrap().next()).executor(executor.clone())
}

/// Checks a report against the executor, and that each of the writes is in one place: gives the positions written.
fn check(executor: &Flaky, writes: &[WriteOf], report: &WriteReport) -> BTreeSet<usize> {
    let applied = executor.with(|state| state.applied.clone());
    let place = |write: &tablewright::request::Unwritten| usize::try_from(write.position()).unwrap();
    let unprocessed: BTreeSet<usize> = report.unprocessed().iter().map(place).collect();
    let unknown: BTreeSet<usize> = report.unknown().iter().map(place).collect();
    assert_eq!((unprocessed.len(), unknown.len()), (report.unprocessed().len(), report.unknown().len()));
    assert!(unprocessed.is_disjoint(&unknown));
    let taken = usize::try_from(report.taken()).unwrap();
    let left: BTreeSet<usize> = unprocessed.union(&unknown).copied().collect();
    assert!(left.last().is_none_or(|last| *last < taken));
    let written: BTreeSet<usize> = (0..taken).filter(|place| !left.contains(place)).collect();
    assert_eq!(written.len() as u64, report.written(), "nothing is missing, and nothing is there twice");
    for place in &written {
        assert!(applied.contains(&writes[*place].mark()), "write {place} is said to be written");
    }
    for place in &unprocessed {
        assert!(!applied.contains(&writes[*place].mark()), "write {place} is said not to be written");
    }
    assert_eq!(report.is_complete(), left.is_empty() && report.cause().is_none());
    written
}

#[derive(Clone, Copy, Debug)]
enum WriteOf {
    Put(u64, u64),
    Delete(u64),
}

impl WriteOf {
    /// What the executor notes when it applies the write.
    fn mark(self) -> String {
        match self {
            Self::Put(_, serial) => serial.to_string(),
            Self::Delete(id) => format!("-{id}"),
        }
    }

    fn request(self, db: &Dynamo) -> tablewright::Result<WriteRequest> {
        match self {
            Self::Put(id, serial) => WriteRequest::put(db, &Flake { id, serial }),
            Self::Delete(id) => WriteRequest::delete(db, Flake::key(id)),
        }
    }
}

#[test]
fn lists_are_reported_as_they_happened() {
    let (mut complete, mut unprocessed, mut unknown, mut repeated) = (0, 0, 0, 0);
    for seed in 0..CASES {
        let mut random = Random::new(seed);
        let executor = Flaky::new(seed, [10, 40, 80][random.below(3) as usize]);
        let db = handle(&executor, seed);
        let count = random.below(90);
        let writes: Vec<WriteOf> = (0..count)
            .map(|id| if random.below(5) == 0 { WriteOf::Delete(id) } else { WriteOf::Put(id, id) })
            .collect();
        let batch = writes.iter().fold(db.batch_write(), |batch, write| batch.request(write.request(&db).unwrap()));
        let report = run(batch.into_future()).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        assert_eq!(report.taken(), count, "seed {seed}: all of a list is told");
        let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| check(&executor, &writes, &report)));
        assert!(caught.is_ok(), "seed {seed}: {report:?}");
        complete += u64::from(report.is_complete());
        unprocessed += report.unprocessed().len();
        unknown += report.unknown().len();
        repeated += report.repeated();
        assert_eq!(report.is_complete(), report.complete().is_ok());
    }
    // The faults are such that every outcome is seen often.
    assert!(complete > 1000 && unprocessed > 1000 && unknown > 1000 && repeated > 1000);
}

#[test]
fn streams_are_reported_as_they_happened_and_keep_the_order_of_each_item() {
    let mut complete = 0;
    for seed in 0..CASES {
        let mut random = Random::new(seed);
        let executor = Flaky::new(seed, [0, 10, 40][random.below(3) as usize]);
        let db = handle(&executor, seed);
        // Few items, so that many writes are of the same one.
        let (count, items) = (random.below(120), 1 + random.below(60));
        let writes: Vec<WriteOf> = (0..count).map(|serial| WriteOf::Put(random.below(items), serial)).collect();
        let mut told = Vec::new();
        let mut steps = random.clone();
        let given = writes.iter().map(|write| write.request(&db));
        // Now and then the stream has nothing for a while.
        let source = stream::iter(given).then(move |write| {
            let wait = steps.below(8) == 0;
            async move {
                if wait {
                    tokio::time::sleep(Duration::from_millis(11)).await;
                }
                write
            }
        });
        let concurrency = 1 + random.below(5) as usize;
        let batch = db.batch_write_stream(source).concurrency(concurrency).on_progress(|so_far| told.push(*so_far));
        let report = run(batch.into_future()).unwrap();
        let context = format!("seed {seed}: {report:?}");
        let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| check(&executor, &writes, &report)));
        assert!(caught.is_ok(), "{context}");
        assert!(told.is_sorted_by_key(|so_far| (so_far.written, so_far.calls)), "{context}");
        assert_eq!(told.last().map_or(0, |so_far| so_far.written), report.written(), "{context}");
        let left = report.taken() - report.written();
        assert!(left <= (concurrency as u64 + 1) * 25 + 1, "{context}: what is left has a bound");
        if report.is_complete() {
            complete += 1;
            let last: BTreeMap<String, u64> = writes
                .iter()
                .map(|write| match write {
                    WriteOf::Put(id, serial) => (id.to_string(), *serial),
                    WriteOf::Delete(_) => unreachable!(),
                })
                .collect();
            let stored = executor.with(|state| state.items.clone());
            let stored: BTreeMap<String, u64> = stored
                .into_iter()
                .map(|(id, item)| (id, item["serial"]["N"].as_str().unwrap().parse().unwrap()))
                .collect();
            assert_eq!(stored, last, "{context}: the last write of each item counts");
        }
    }
    assert!(complete > 3000, "{complete}");
}

#[test]
fn what_is_read_is_what_is_there() {
    let (mut unread, mut failed) = (0, 0);
    for seed in 0..CASES / 4 {
        let mut random = Random::new(seed);
        let executor = Flaky::new(seed, [10, 40, 80][random.below(3) as usize]);
        let db = handle(&executor, seed);
        let there: BTreeSet<u64> = (0..150).filter(|_| random.below(2) == 0).collect();
        executor.with(|state| {
            let item = |id: &u64| serde_json::json!({"id": {"N": id.to_string()}, "serial": {"N": "1"}});
            state.items = there.iter().map(|id| (id.to_string(), item(id))).collect();
        });
        let ids: Vec<u64> = (0..random.below(250)).map(|_| random.below(150)).collect();
        let Ok(read) = run(db.batch_get(ids.iter().map(|id| Flake::key(*id))).into_future()) else {
            failed += 1;
            continue;
        };
        unread += read.unread();
        let answers = read.into_answers();
        assert_eq!(answers.len(), ids.len());
        for (id, answer) in ids.iter().zip(answers) {
            match answer {
                Answer::Item(flake) => assert!(flake.id == *id && there.contains(id), "seed {seed}"),
                Answer::Absent => assert!(!there.contains(id), "seed {seed}: {id} is there"),
                Answer::Unread => {}
            }
        }
    }
    assert!(unread > 1000 && failed < 500, "{unread} {failed}");
}

#[test]
fn a_batch_can_be_dropped_at_any_moment() {
    let mut polls = 1;
    for seed in 0..40 {
        loop {
            let executor = Flaky::new(seed, 30);
            let db = handle(&executor, seed);
            let mut told = 0;
            let writes = (0..60).map(|id| Flake { id, serial: id });
            let batch = db.batch_write_iter(writes).on_progress(|so_far| told = so_far.written);
            let finished = run(polled(batch.into_future(), polls)).is_some();
            let applied = executor.with(|state| state.applied.len() as u64);
            assert!(told <= applied, "seed {seed}, {polls} polls: {told} were told and {applied} applied");
            // Nothing stays behind that would keep the next batch from its work.
            let calm = Flaky::new(seed, 0);
            let written = run(handle(&calm, 1).batch_write().put(&Flake { id: 1, serial: 1 }).into_future());
            assert_eq!(written.unwrap().complete().unwrap(), 1);
            if finished {
                polls = 1;
                break;
            }
            polls += 1;
        }
    }
}
