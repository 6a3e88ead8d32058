//! Streams whose shards split and whose iterators expire: each key's changes come in their order, and all of them.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::Duration;

use tablewright::prelude::*;
use tablewright::stream::{MemoryCheckpoints, StreamRecord};
use tablewright::testing::{Applied, Class, Embedded, Fault, Faults, Loss, Rates, Refused, Throttle, seeds};
use tablewright::{Dynamo, Error, Operation, tables};

use super::cancel::poll_times;
use super::world::paused;

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
    for _ in 0..1000 {
        let reader = db.stream::<Meter>().checkpoints(checkpoints.clone()).page_size(3);
        let Ok(mut poller) = reader.open().await else { continue };
        if poller.drain(|record| log.handle(record)).await.is_ok() {
            return;
        }
    }
    panic!("the stream is never drained");
}

/// Where the faults of a schedule come from.
#[derive(Clone, Copy, PartialEq)]
enum Choice {
    /// One at a time, for the calls that read records.
    Script,
    /// Any, for any call of the reader.
    Random,
}

/// Gives how many splits and how many faults there were.
async fn schedule(seed: u64, choice: Choice) -> (usize, usize) {
    let mut dice = fastrand::Rng::with_seed(seed);
    let engine = Embedded::memory().unwrap();
    let writer = Dynamo::with_executor(engine.clone());
    writer.create_tables(tables![Meter]).await.unwrap();
    let faults = Faults::new(engine);
    let reader = Dynamo::with_executor(faults.clone());
    if choice == Choice::Random {
        faults.seeded(seed, Rates::new(0.3).weight(Class::Stream, 6));
    }
    let (checkpoints, log) = (MemoryCheckpoints::new(), Log::default());
    let mut written: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
    for reading in 0..40 {
        let id = dice.u64(0..KEYS);
        writer.put(&Meter { id, reading }).await.unwrap();
        written.entry(id).or_default().push(reading);
        if dice.u8(0..6) == 0 {
            if choice == Choice::Script {
                faults.inject_into(Operation::GetRecords, fault(&mut dice));
            }
            drain(&reader, &checkpoints, &log).await;
        }
    }
    faults.stop();
    drain(&reader, &checkpoints, &log).await;
    assert_eq!(*log.0.borrow(), written, "seed {seed}: {}", faults.trace());
    let count = |is: fn(&Fault) -> bool| faults.trace().faults().filter(is).count();
    (count(|fault| *fault == Fault::ShardSplit), count(|fault| *fault != Fault::None))
}

fn schedules(choice: Choice, name: &str) {
    let (mut splits, mut all, seeds) = (0, 0, seeds(100));
    let schedules = seeds.size_hint().0;
    for seed in seeds {
        fastrand::seed(seed);
        let (split, faults) = paused(schedule(seed, choice));
        splits += split;
        all += faults;
    }
    println!("| {name} | waist | {schedules} | 0 | with {all} faults, among them {splits} splits of shards |");
    assert!(splits * 2 >= schedules && all > splits, "shards are split: {splits} of {all}");
}

#[test]
fn shards_split_and_iterators_expire() {
    schedules(Choice::Script, "stream, scripted");
}

#[test]
fn everything_happens_to_a_reader() {
    schedules(Choice::Random, "stream");
}

/// Ten changes, and a reader that gives up after so many polls: of the loop, or of one batch.
async fn given_up(polls: u32, by_batch: bool) -> bool {
    let engine = Embedded::memory().unwrap();
    let writer = Dynamo::with_executor(engine.clone());
    writer.create_tables(tables![Meter]).await.unwrap();
    let mut written: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
    for reading in 0..10 {
        writer.put(&Meter { id: reading % 3, reading }).await.unwrap();
        written.entry(reading % 3).or_default().push(reading);
    }
    let faults = Faults::new(engine);
    faults
        .latency(Duration::from_millis(1)..Duration::from_millis(9))
        .inject_into(Operation::GetRecords, Fault::ShardSplit);
    let reader = Dynamo::with_executor(faults.clone());
    let (checkpoints, log) = (MemoryCheckpoints::new(), Log::default());
    let read = async {
        let stream = reader.stream::<Meter>().checkpoints(checkpoints.clone()).page_size(3);
        let mut poller = stream.open().await.unwrap();
        if by_batch {
            while let Some(batch) = poller.next_batch().await.unwrap() {
                for record in batch.into_records() {
                    log.handle(record.unwrap()).await.unwrap();
                }
                poller.commit_all().await.unwrap();
            }
        } else {
            poller.drain(|record| log.handle(record)).await.unwrap();
        }
    };
    let done = poll_times(read, polls).await.is_some();
    assert_eq!(faults.in_flight(), 0);
    drain(&reader, &checkpoints, &log).await;
    assert_eq!(*log.0.borrow(), written, "{polls} polls");
    done
}

#[test]
fn a_reader_that_gives_up_loses_nothing() {
    for by_batch in [false, true] {
        let places = (0..500).find(|polls| paused(given_up(*polls, by_batch))).expect("it ends");
        assert!(places > 10, "{places}");
    }
}
