//! Whatever happens to the stream and to the program: every record is handled, and those of a key in their order.

use std::cell::RefCell;
use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use tablewright::Dynamo;
use tablewright::stream::{MemoryCheckpoints, StreamRecord};

use super::Room;
use super::fake::Fake;

/// What happens next.
#[derive(Debug, Clone)]
enum Act {
    /// Items of these keys are changed.
    Write(Vec<u64>),
    /// The shard of a key splits into so many.
    Split(u64, usize),
    /// All iterators expire.
    Expire,
    /// The program handles so many batches.
    Poll(usize),
    /// The program ends without a word and starts again.
    Restart,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => vec(0_u64..6, 1..8).prop_map(Act::Write),
        1 => (0_u64..6, 1_usize..3).prop_map(|(key, children)| Act::Split(key, children)),
        1 => Just(Act::Expire),
        3 => (1_usize..4).prop_map(Act::Poll),
        1 => Just(Act::Restart),
    ]
}

/// What is written, and what is handled, by key.
#[derive(Default)]
struct Log {
    written: BTreeMap<u64, Vec<u64>>,
    handled: RefCell<BTreeMap<u64, Vec<u64>>>,
    /// How often the handler failed on a record.
    failed: RefCell<BTreeMap<u64, u64>>,
}

impl Log {
    async fn handle(&self, record: StreamRecord<Room>) -> Result<(), ()> {
        let new = record.change.into_new_image().unwrap();
        let (key, number) = (new.number, new.topic.parse().unwrap());
        // Two of three records fail, once or twice.
        let mut failed = self.failed.borrow_mut();
        let failed: &mut u64 = failed.entry(number).or_default();
        if *failed < number % 3 {
            *failed += 1;
            return Err(());
        }
        self.handled.borrow_mut().entry(key).or_default().push(number);
        Ok(())
    }
}

async fn play(acts: &[Act], page_size: u32, concurrency: usize) -> Log {
    let (fake, store, mut log) = (Fake::new(), MemoryCheckpoints::new(), Log::default());
    fake.state().empty_every = 5;
    let db = Dynamo::with_executor(fake.clone());
    let open = async || {
        let reader = db.stream::<Room>().checkpoints(store.clone()).page_size(page_size).concurrency(concurrency);
        reader.open().await.unwrap()
    };
    let mut poller = open().await;
    for act in acts {
        match act {
            Act::Write(keys) => {
                keys.iter().for_each(|key| log.written.entry(*key).or_default().push(fake.write(*key)));
            }
            Act::Split(key, children) => fake.split(*key, *children),
            Act::Expire => fake.expire(),
            Act::Restart => poller = open().await,
            Act::Poll(batches) => {
                for _ in 0..*batches {
                    let Some(batch) = poller.next_batch().await.unwrap() else { break };
                    let report = batch.handle(|record| log.handle(record)).await;
                    poller.commit(&report).await.unwrap();
                }
            }
        }
    }
    poller.drain(|record| log.handle(record)).await.unwrap();
    log
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost_and_no_key_is_out_of_order(
        acts in vec(act(), 0..25),
        page_size in 1_u32..6,
        concurrency in 1_usize..4,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        let log = runtime.block_on(play(&acts, page_size, concurrency));
        for (key, written) in &log.written {
            let handled = log.handled.borrow().get(key).cloned().unwrap_or_default();
            // A record may come again, but never before all earlier ones of its key were handled.
            let mut known = 0;
            for number in handled {
                let place = written.iter().position(|written| *written == number).unwrap();
                prop_assert!(place <= known, "record {} of key {} before {}", number, key, written[known]);
                known = known.max(place + 1);
            }
            prop_assert_eq!(known, written.len(), "records of key {} were not handled", key);
        }
    }
}
