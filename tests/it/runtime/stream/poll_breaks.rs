//! Handlers that panic or are dropped, and two programs that read one stream under one name.

use std::cell::RefCell;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt as _;
use tablewright::stream::{MemoryCheckpoints, StreamRecord, handle_batch};

use super::fake::Fake;
use super::poller::{drain, open, reader};
use super::{Room, event, insert};

fn number(record: &StreamRecord<Room>) -> u64 {
    record.change.new_image().unwrap().topic.parse().unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_panics_has_handled_nothing_of_its_batch() {
    let (fake, store) = (Fake::new(), MemoryCheckpoints::new());
    let written: Vec<u64> = (0..4).map(|key| fake.write(key)).collect();
    let mut poller = open(&fake, &store).await;
    let seen = RefCell::new(Vec::new());
    let handler = async |record: StreamRecord<Room>| {
        assert_ne!(number(&record), written[2], "a defect");
        seen.borrow_mut().push(number(&record));
        Ok::<_, String>(())
    };
    let panicked = AssertUnwindSafe(poller.drain(handler)).catch_unwind().await;
    assert!(panicked.is_err());
    assert_eq!(seen.take(), written[..2]);
    // Nothing is marked as handled: this poller and the next one hand out the whole batch.
    assert_eq!(drain(&mut poller).await, written);
    let mut other = reader(&fake, &store).consumer("other").open().await.unwrap();
    assert!(AssertUnwindSafe(other.drain(handler)).catch_unwind().await.is_err());
    let mut other = reader(&fake, &store).consumer("other").open().await.unwrap();
    assert_eq!(drain(&mut other).await, written);
}

#[tokio::test(start_paused = true)]
async fn a_handler_that_is_dropped_has_handled_nothing_of_its_batch() {
    let (fake, store) = (Fake::new(), MemoryCheckpoints::new());
    let written: Vec<u64> = (0..4).map(|key| fake.write(key)).collect();
    let mut poller = open(&fake, &store).await;
    let handler = async |record: StreamRecord<Room>| {
        if number(&record) == written[2] {
            std::future::pending::<()>().await;
        }
        Ok::<_, String>(())
    };
    assert!(tokio::time::timeout(Duration::from_secs(60), poller.drain(handler)).await.is_err());
    assert_eq!(drain(&mut poller).await, written);
    assert_eq!(drain(&mut open(&fake, &store).await).await, [0; 0]);
}

/// Lambda delivers a batch again whose function failed, and a panic fails it.
#[tokio::test]
async fn a_panic_is_no_answer_to_lambda() {
    let batch = event([insert(1, 7, "1"), insert(2, 8, "2")]);
    let handler = async |record: StreamRecord<Room>| {
        assert_ne!(number(&record), 2, "a defect");
        Ok::<_, String>(())
    };
    assert!(AssertUnwindSafe(handle_batch(batch, handler)).catch_unwind().await.is_err());
}

#[tokio::test(start_paused = true)]
async fn two_pollers_of_one_name_do_everything_at_least_once() {
    let (fake, store) = (Fake::new(), MemoryCheckpoints::new());
    let first: Vec<u64> = (0..3).map(|key| fake.write(key)).collect();
    let (mut slow, mut fast) = (open(&fake, &store).await, open(&fake, &store).await);
    let held = slow.next_batch().await.unwrap().unwrap();
    assert_eq!(drain(&mut fast).await, first);
    fake.split(0, 2);
    let second: Vec<u64> = (0..3).map(|key| fake.write(key)).collect();
    let mut seen = drain(&mut fast).await;
    seen.sort_unstable();
    assert_eq!(seen, second);
    // The slow one finishes what it held: its checkpoint is behind the other's, and what lies between comes again.
    let handled = held.handle(async |_| Ok::<_, String>(())).await;
    slow.commit(&handled).await.unwrap();
    let third = fake.write(1);
    let mut again = drain(&mut open(&fake, &store).await).await;
    again.sort_unstable();
    assert!(again.contains(&third), "{again:?}");
    assert!(again.iter().all(|number| second.contains(number) || *number == third), "{again:?}");
    assert_eq!(drain(&mut open(&fake, &store).await).await, [0; 0]);
}
