//! Streams whose shards split and whose iterators expire: each key's changes come in their order, and all of them.

use std::cell::RefCell;
use std::collections::BTreeMap;

use tablewright::prelude::*;
use tablewright::stream::{MemoryCheckpoints, StreamRecord};
use tablewright::testing::{Applied, Embedded, Fault, Faults, Loss, Refused, Throttle, seeds};
use tablewright::{Dynamo, Error, Operation, tables};

#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "meters", stream = new_image)]
struct Meter {
    #[dynamo(partition_key)]
    id: u64,
    reading: u64,
}

const KEYS: u64 = 5;

/// What each key's changes were, as they were handled; what is handled twice in a row counts once.
#[derive(Default)]
struct Log(RefCell<BTreeMap<u64, Vec<u64>>>);

impl Log {
    async fn handle(&self, record: StreamRecord<Meter>) -> Result<(), Error> {
        let Some(meter) = record.change.into_new_image() else { return Ok(()) };
        let mut log = self.0.borrow_mut();
        let readings = log.entry(meter.id).or_default();
        if !readings.contains(&meter.reading) {
            readings.push(meter.reading);
        }
        Ok(())
    }
}

fn fault(dice: &mut fastrand::Rng) -> Fault {
    match dice.u8(0..6) {
        0..=2 => Fault::ShardSplit,
        3 => Fault::Refused(Refused::ExpiredIterator),
        4 => Fault::Refused(Refused::ProvisionedThroughputExceeded(Throttle::Provisioned)),
        _ => Fault::Lost(Loss::Truncated, Applied::Before),
    }
}

/// Handles all records that there are, as often as it is interrupted from the last checkpoints on.
async fn drain(db: &Dynamo, checkpoints: &MemoryCheckpoints, log: &Log) {
    for _ in 0..50 {
        let reader = db.stream::<Meter>().checkpoints(checkpoints.clone()).page_size(3);
        let Ok(mut poller) = reader.open().await else { continue };
        if poller.drain(|record| log.handle(record)).await.is_ok() {
            return;
        }
    }
    panic!("the stream is never drained");
}

async fn schedule(seed: u64) -> usize {
    let mut dice = fastrand::Rng::with_seed(seed);
    let engine = Embedded::memory().unwrap();
    let writer = Dynamo::with_executor(engine.clone());
    writer.create_tables(tables![Meter]).await.unwrap();
    let faults = Faults::new(engine);
    let reader = Dynamo::with_executor(faults.clone());
    let (checkpoints, log) = (MemoryCheckpoints::new(), Log::default());
    let mut written: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
    for reading in 0..40 {
        let id = dice.u64(0..KEYS);
        writer.put(&Meter { id, reading }).await.unwrap();
        written.entry(id).or_default().push(reading);
        if dice.u8(0..6) == 0 {
            faults.inject_into(Operation::GetRecords, fault(&mut dice));
            drain(&reader, &checkpoints, &log).await;
        }
    }
    drain(&reader, &checkpoints, &log).await;
    assert_eq!(*log.0.borrow(), written, "seed {seed}: {}", faults.trace());
    faults.trace().faults().filter(|fault| *fault == Fault::ShardSplit).count()
}

#[test]
fn shards_split_and_iterators_expire() {
    let (mut splits, seeds) = (0, seeds(100));
    let schedules = seeds.size_hint().0;
    for seed in seeds {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
        splits += runtime.block_on(schedule(seed));
    }
    println!("| stream | waist | {schedules} | 0 | with {splits} splits of shards |");
    assert!(splits >= schedules, "shards are split: {splits}");
}
