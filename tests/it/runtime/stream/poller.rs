//! The poller over streams that split, expire, lose records and refuse.

use std::cell::RefCell;
use std::time::Duration;

use tablewright::stream::{
    Checkpoint, CheckpointStore, MemoryCheckpoints, Poller, RunError, ShardPosition, StreamError, StreamReader,
    StreamRecord,
};
use tablewright::{Dynamo, Error, Operation};

use super::Room;
use super::fake::Fake;

/// The numbers of the records that a handler saw, each with its key.
#[derive(Default)]
pub(super) struct Seen(RefCell<Vec<(u64, u64)>>);

impl Seen {
    fn number(record: &StreamRecord<Room>) -> (u64, u64) {
        let new = record.change.new_image().unwrap();
        (new.number, new.topic.parse().unwrap())
    }

    fn take(&self) -> Vec<u64> {
        self.0.take().into_iter().map(|(_, number)| number).collect()
    }

    /// A handler that always succeeds.
    async fn see(&self, record: StreamRecord<Room>) -> Result<(), String> {
        self.0.borrow_mut().push(Self::number(&record));
        Ok(())
    }
}

pub(super) fn reader(fake: &Fake, store: &MemoryCheckpoints) -> StreamReader<Room> {
    Dynamo::with_executor(fake.clone()).stream::<Room>().checkpoints(store.clone())
}

pub(super) async fn open(fake: &Fake, store: &MemoryCheckpoints) -> Poller<Room> {
    reader(fake, store).open().await.unwrap()
}

/// Everything that a poller hands out now.
pub(super) async fn drain(poller: &mut Poller<Room>) -> Vec<u64> {
    let seen = Seen::default();
    poller.drain(|record| seen.see(record)).await.unwrap();
    seen.take()
}

#[tokio::test(start_paused = true)]
async fn children_are_read_after_their_parents_and_shards_are_listed_page_by_page() {
    let fake = Fake::new();
    let mut written = Vec::new();
    for round in 0..3 {
        written.extend((0..8).map(|key| fake.write(key)));
        (0..1 << round).for_each(|key| fake.split(key, 2));
    }
    written.extend((0..8).map(|key| fake.write(key)));
    assert_eq!(fake.state().shards.len(), 15);
    let mut poller = reader(&fake, &MemoryCheckpoints::new()).page_size(3).open().await.unwrap();
    let seen = Seen::default();
    let drained = poller.drain(|record| seen.see(record)).await.unwrap();
    assert_eq!((drained.handled, drained.skipped), (32, 0));
    for key in 0..8 {
        let of_key: Vec<u64> = seen.0.borrow().iter().filter(|(of, _)| *of == key).map(|(_, number)| *number).collect();
        assert_eq!(of_key.len(), 4);
        assert!(of_key.is_sorted(), "{of_key:?}");
    }
    let mut all = seen.take();
    all.sort_unstable();
    assert_eq!(all, written);
    assert!(fake.calls(Operation::DescribeStream).len() >= 8, "fifteen shards, two a page");
}

#[tokio::test(start_paused = true)]
async fn records_that_are_written_later_come_later() {
    let (fake, store) = (Fake::new(), MemoryCheckpoints::new());
    let mut poller = open(&fake, &store).await;
    assert_eq!(drain(&mut poller).await, [0; 0]);
    let first = fake.write(1);
    assert_eq!(drain(&mut poller).await, [first]);
    fake.split(1, 1);
    let second = fake.write(1);
    assert_eq!(drain(&mut poller).await, [second]);
    assert_eq!(drain(&mut poller).await, [0; 0]);
}

#[tokio::test(start_paused = true)]
async fn a_reader_goes_on_from_its_checkpoints() {
    let (fake, store) = (Fake::new(), MemoryCheckpoints::new());
    let first: Vec<u64> = (0..4).map(|key| fake.write(key)).collect();
    assert_eq!(drain(&mut open(&fake, &store).await).await, first);
    fake.split(0, 2);
    let second: Vec<u64> = (0..4).map(|key| fake.write(key)).collect();
    let mut seen = drain(&mut open(&fake, &store).await).await;
    seen.sort_unstable();
    assert_eq!(seen, second);
    assert_eq!(drain(&mut open(&fake, &store).await).await, [0; 0]);
    // Another consumer has checkpoints of its own.
    let mut other = reader(&fake, &store).consumer("other").open().await.unwrap();
    assert_eq!(drain(&mut other).await.len(), 8);
}

#[tokio::test(start_paused = true)]
async fn what_is_not_committed_comes_again() {
    let (fake, store) = (Fake::new(), MemoryCheckpoints::new());
    let written: Vec<u64> = (0..3).map(|key| fake.write(key)).collect();
    let numbers = |batch: &tablewright::stream::Batch<Room>| -> Vec<u64> {
        batch.records().iter().map(|record| Seen::number(record.as_ref().unwrap()).1).collect()
    };
    let mut poller = open(&fake, &store).await;
    for _ in 0..3 {
        assert_eq!(numbers(&poller.next_batch().await.unwrap().unwrap()), written);
    }
    assert_eq!(numbers(&open(&fake, &store).await.next_batch().await.unwrap().unwrap()), written);
    poller.commit_all().await.unwrap();
    assert!(poller.next_batch().await.unwrap().is_none());
    assert!(open(&fake, &store).await.next_batch().await.unwrap().is_none());
}

#[tokio::test(start_paused = true)]
async fn a_failure_keeps_the_checkpoint_before_it() {
    let (fake, store) = (Fake::new(), MemoryCheckpoints::new());
    let written: Vec<u64> = [1, 2, 1, 1, 2].map(|key| fake.write(key)).into();
    let seen = Seen::default();
    let fail_once = RefCell::new(true);
    let mut poller = open(&fake, &store).await;
    let drained = poller
        .drain(async |record: StreamRecord<Room>| {
            let number = Seen::number(&record).1;
            if number == written[2] && fail_once.replace(false) {
                return Err("not now");
            }
            seen.see(record).await.map_err(|_| "never")
        })
        .await
        .unwrap();
    // The third fails: the fourth is held back, the fifth is of another key, and all three come again.
    let expected = [written[0], written[1], written[4], written[2], written[3], written[4]];
    assert_eq!(seen.take(), expected);
    assert_eq!(drained.handled, 6);
    let position =
        ShardPosition::After(tablewright::stream::SequenceNumber::parse(&super::sequence_number(5)).unwrap());
    let checkpoints = store.load("default/arn:stream").await.unwrap();
    assert_eq!(checkpoints, [Checkpoint { shard: "s0".into(), position }]);
}

#[tokio::test(start_paused = true)]
async fn a_record_that_always_fails_ends_the_loop_and_pauses_its_shard_only() {
    let (fake, store) = (Fake::new(), MemoryCheckpoints::new());
    fake.split(0, 2);
    let bad = fake.write(0);
    let fine = fake.write(1);
    let seen = Seen::default();
    let begun = tokio::time::Instant::now();
    let handler = async |record: StreamRecord<Room>| {
        if Seen::number(&record).1 == bad { Err("always") } else { seen.see(record).await.map_err(|_| "never") }
    };
    let mut poller = reader(&fake, &store).attempts(4).open().await.unwrap();
    let error = match poller.run(handler).await {
        Err(RunError::Record(failure)) => failure,
        Err(error) => panic!("{error}"),
    };
    assert_eq!(error.sequence_number(), Some(&*super::sequence_number(bad)));
    assert!(error.to_string().ends_with(": always"), "{error}");
    assert_eq!(seen.take(), [fine]);
    assert!(begun.elapsed() >= Duration::from_millis(700), "it waits longer each time: {:?}", begun.elapsed());
    // It comes again, to the next reader too.
    let seen = Seen::default();
    open(&fake, &store).await.drain(|record| seen.see(record)).await.unwrap();
    assert_eq!(seen.take(), [bad]);
}

#[tokio::test(start_paused = true)]
async fn an_expired_iterator_is_made_again_from_the_last_record() {
    let (fake, store) = (Fake::new(), MemoryCheckpoints::new());
    let first = fake.write(1);
    let mut poller = open(&fake, &store).await;
    assert_eq!(drain(&mut poller).await, [first]);
    fake.expire();
    let second = fake.write(1);
    assert_eq!(drain(&mut poller).await, [second]);
    let made = fake.calls(Operation::GetShardIterator);
    let kinds: Vec<&str> = made.iter().map(|made| made["ShardIteratorType"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["TRIM_HORIZON", "AFTER_SEQUENCE_NUMBER"]);
    assert_eq!(made[1]["SequenceNumber"], super::sequence_number(first));
    // Iterators that never live long enough are an error and not a loop.
    for _ in 0..3 {
        fake.refuse(Operation::GetRecords, "ExpiredIteratorException");
    }
    let error = poller.next_batch().await.unwrap_err();
    assert!(matches!(error, Error::Stream(StreamError::Unstable { .. })), "{error}");
    assert!(poller.next_batch().await.unwrap().is_none());
}

#[tokio::test(start_paused = true)]
async fn errors_that_pass_are_waited_for_and_others_are_not() {
    let (fake, store) = (Fake::new(), MemoryCheckpoints::new());
    let written = fake.write(1);
    let mut poller = open(&fake, &store).await;
    fake.refuse(Operation::GetShardIterator, "LimitExceededException");
    fake.refuse(Operation::GetRecords, "InternalServerError");
    fake.refuse(Operation::GetRecords, "ThrottlingException");
    assert_eq!(drain(&mut poller).await, [written]);

    fake.refuse(Operation::GetRecords, "AccessDeniedException");
    let error = poller.drain(async |_| Ok::<_, String>(())).await.unwrap_err();
    assert!(matches!(error, RunError::Stream(Error::AccessDenied(_))), "{error}");
    fake.refuse(Operation::GetRecords, "ResourceNotFoundException");
    let error = poller.next_batch().await.unwrap_err();
    assert!(matches!(error, Error::Stream(StreamError::NotFound(_))), "{error}");

    let mut poller = reader(&fake, &store).attempts(3).open().await.unwrap();
    for _ in 0..3 {
        fake.refuse(Operation::GetRecords, "ThrottlingException");
    }
    let error = poller.drain(async |_| Ok::<_, String>(())).await.unwrap_err();
    assert!(matches!(error, RunError::Stream(Error::Throttled(_))), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_was_switched_off_ends_after_its_last_record() {
    let (fake, store) = (Fake::new(), MemoryCheckpoints::new());
    let written = fake.write(1);
    let mut poller = open(&fake, &store).await;
    fake.state().disabled = true;
    assert_eq!(drain(&mut poller).await, [written]);
    fake.split(1, 0);
    let error = poller.run(async |_| Ok::<_, String>(())).await.map(|never| match never {}).unwrap_err();
    assert!(matches!(error, RunError::Stream(Error::Stream(StreamError::Disabled { .. }))), "{error}");
}

#[tokio::test]
async fn a_stream_that_carries_less_is_refused_at_once() {
    let fake = Fake::new();
    fake.state().view = Some("NEW_IMAGE");
    let error = reader(&fake, &MemoryCheckpoints::new()).open().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "table `rooms` is not as its struct says; stream view type: expected NEW_AND_OLD_IMAGES, found NEW_IMAGE"
    );
}

#[tokio::test(start_paused = true)]
async fn empty_pages_are_not_the_end() {
    let fake = Fake::new();
    fake.state().empty_every = 2;
    let written: Vec<u64> = (0..20).map(|key| fake.write(key)).collect();
    let mut poller = reader(&fake, &MemoryCheckpoints::new()).page_size(3).open().await.unwrap();
    assert_eq!(drain(&mut poller).await, written);
}
