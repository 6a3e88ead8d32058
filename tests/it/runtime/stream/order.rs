//! Whatever the batch and whatever fails: the records of a key in their order, and none that fails is lost.

use std::cell::RefCell;
use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use tablewright::stream::{Batch, StreamRecord};

use super::{Room, event, insert, sequence_number};

/// What becomes of one record.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fate {
    /// Handled after so many turns of the executor.
    Fine(u8),
    /// The handler fails after so many turns.
    Fails(u8),
    /// It cannot be read.
    Foreign,
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        6 => (0_u8..4).prop_map(Fate::Fine),
        1 => (0_u8..4).prop_map(Fate::Fails),
        1 => Just(Fate::Foreign),
    ]
}

struct Outcome {
    /// The places of the records that the handler finished, by key, in the order that it did.
    handled: BTreeMap<u64, Vec<usize>>,
    reported: Vec<String>,
}

fn run(records: &[(u64, Fate)], concurrency: usize) -> Outcome {
    let json = records.iter().enumerate().map(|(place, (key, fate))| {
        let mut record = insert(place as u64, *key, &place.to_string());
        if *fate == Fate::Foreign {
            record["dynamodb"]["NewImage"] = serde_json::json!({});
        }
        record
    });
    let handled = RefCell::new(BTreeMap::<u64, Vec<usize>>::new());
    let batch = Batch::<Room>::from_event(event(json)).unwrap().concurrency(concurrency);
    let handler = async |record: StreamRecord<Room>| {
        let room = record.change.into_new_image().unwrap();
        let place: usize = room.topic.parse().unwrap();
        let (turns, result) = match records[place].1 {
            Fate::Fine(turns) => (turns, Ok(())),
            Fate::Fails(turns) => (turns, Err(())),
            Fate::Foreign => panic!("the handler has a record that cannot be read"),
        };
        for _ in 0..turns {
            tokio::task::yield_now().await;
        }
        if result.is_ok() {
            handled.borrow_mut().entry(room.number).or_default().push(place);
        }
        result
    };
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let report = runtime.block_on(batch.handle(handler));
    let reported = report.response().identifiers().map(str::to_owned).collect();
    Outcome { handled: handled.into_inner(), reported }
}

/// What must be handled: of each key the records before its first failure, in their order.
fn expected(records: &[(u64, Fate)]) -> (BTreeMap<u64, Vec<usize>>, Vec<String>) {
    let mut handled = BTreeMap::<u64, Vec<usize>>::new();
    let (mut failed, mut reported) = (Vec::new(), Vec::new());
    for (place, (key, fate)) in records.iter().enumerate() {
        if !failed.contains(key) && matches!(fate, Fate::Fine(_)) {
            handled.entry(*key).or_default().push(place);
        } else {
            failed.push(*key);
            reported.push(sequence_number(place as u64));
        }
    }
    (handled, reported)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_each_key_is_kept(records in vec((0_u64..5, fate()), 0..30), concurrency in 1_usize..6) {
        let (handled, reported) = expected(&records);
        let outcome = run(&records, concurrency);
        prop_assert_eq!(outcome.handled, handled);
        prop_assert_eq!(outcome.reported, reported);
    }

    /// Lambda delivers everything from the lowest failed record again. Once nothing fails, everything was handled.
    #[test]
    fn deliveries_end_with_everything_handled(records in vec((0_u64..5, fate()), 0..30), concurrency in 1_usize..6) {
        let mut records: Vec<_> = records;
        let mut done = vec![false; records.len()];
        let mut start = 0;
        for _ in 0..=records.len() {
            let outcome = run(&records[start..], concurrency);
            outcome.handled.values().flatten().for_each(|place| done[start + place] = true);
            let Some(lowest) = outcome.reported.first() else { break };
            let place = start + (0..).find(|place| sequence_number(*place) == *lowest).unwrap() as usize;
            prop_assert!(done[..place].iter().all(|done| *done), "what lies before the checkpoint never comes again");
            // Whatever was wrong with that record is mended before the next delivery.
            records[place].1 = Fate::Fine(0);
            start = place;
        }
        prop_assert!(done.iter().all(|done| *done));
    }
}
