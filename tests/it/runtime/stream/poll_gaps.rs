//! Where reading begins, and records that nobody read in time.

use std::time::Duration;

use tablewright::stream::{CheckpointStore, MemoryCheckpoints, RunError, ShardPosition, StreamError};
use tablewright::{Dynamo, Error};

use super::Room;
use super::fake::Fake;
use super::poller::{drain, open, reader};

#[tokio::test(start_paused = true)]
async fn latest_begins_now_and_goes_on_from_then() {
    let (fake, store) = (Fake::new(), MemoryCheckpoints::new());
    fake.write(0);
    fake.split(0, 2);
    fake.write(0);
    fake.write(1);
    let mut poller = reader(&fake, &store).latest().open().await.unwrap();
    assert_eq!(drain(&mut poller).await, [0; 0]);
    let later = fake.write(1);
    assert_eq!(drain(&mut poller).await, [later]);
    fake.split(1, 1);
    let child = fake.write(1);
    assert_eq!(drain(&mut poller).await, [child]);
    // A shard without a record since then is read again from its beginning, and what is older is left out.
    fake.expire();
    assert_eq!(drain(&mut poller).await, [0; 0]);
    let mut again = reader(&fake, &store).latest().open().await.unwrap();
    let unseen = fake.write(1);
    assert_eq!(drain(&mut again).await, [unseen]);
}

#[tokio::test(start_paused = true)]
async fn a_restart_before_the_first_record_goes_on_from_the_first_start() {
    let (fake, store) = (Fake::new(), MemoryCheckpoints::new());
    let clock = || std::time::UNIX_EPOCH + Duration::from_secs(1_479_499_740 + 30);
    let db = Dynamo::builder().clock(clock).executor(fake.clone());
    let latest = || db.stream::<Room>().checkpoints(store.clone()).latest();
    drop(latest().open().await.unwrap());
    // Written while nobody reads.
    let written = fake.write(1);
    assert_eq!(drain(&mut latest().open().await.unwrap()).await, [written]);
    let checkpoints = store.load("default/arn:stream").await.unwrap();
    assert!(matches!(checkpoints[0].position, ShardPosition::After(_)), "{checkpoints:?}");
}

#[tokio::test(start_paused = true)]
async fn trimmed_records_are_reported_until_they_are_given_up() {
    let (fake, store) = (Fake::new(), MemoryCheckpoints::new());
    let written: Vec<u64> = (0..5).map(|_| fake.write(1)).collect();
    let mut poller = reader(&fake, &store).page_size(2).open().await.unwrap();
    drop(poller.next_batch().await.unwrap());
    poller.commit_all().await.unwrap();
    drop(poller);
    fake.trim(0, 4);
    let mut poller = open(&fake, &store).await;
    for _ in 0..2 {
        let error = poller.next_batch().await.unwrap_err();
        let Error::Stream(StreamError::Trimmed { shard, after: Some(after), .. }) = &error else { panic!("{error}") };
        assert_eq!((&**shard, after.as_str()), ("s0", &*super::sequence_number(written[1])));
        assert!(error.to_string().contains("skip_trimmed"), "{error}");
    }
    let ended = open(&fake, &store).await.run(async |_| Ok::<_, String>(())).await;
    assert!(matches!(ended, Err(RunError::Stream(Error::Stream(StreamError::Trimmed { .. })))), "{ended:?}");
    let mut poller = reader(&fake, &store).skip_trimmed().open().await.unwrap();
    assert_eq!(drain(&mut poller).await, [written[4]]);
    drop(open(&fake, &store).await.next_batch().await.unwrap());
}

#[tokio::test(start_paused = true)]
async fn a_shard_that_went_away_unfinished_is_a_gap() {
    let (fake, store) = (Fake::new(), MemoryCheckpoints::new());
    fake.write(1);
    assert_eq!(drain(&mut open(&fake, &store).await).await.len(), 1);
    fake.split(1, 1);
    fake.forget(0);
    let last = fake.write(1);
    for _ in 0..2 {
        let error = reader(&fake, &store).open().await.unwrap_err();
        assert!(matches!(&error, Error::Stream(StreamError::Trimmed { shard, .. }) if &**shard == "s0"), "{error}");
    }
    let mut poller = reader(&fake, &store).skip_trimmed().open().await.unwrap();
    assert_eq!(drain(&mut poller).await, [last]);
    assert_eq!(drain(&mut open(&fake, &store).await).await, [0; 0]);
}

#[tokio::test(start_paused = true)]
async fn a_shard_that_came_and_went_unread_is_a_gap() {
    let (fake, store) = (Fake::new(), MemoryCheckpoints::new());
    fake.write(1);
    fake.split(1, 1);
    assert_eq!(drain(&mut open(&fake, &store).await).await.len(), 1);
    fake.split(1, 1);
    fake.write(1);
    fake.split(1, 1);
    (0..3).for_each(|shard| fake.forget(shard));
    let error = reader(&fake, &store).open().await.unwrap_err();
    assert!(matches!(&error, Error::Stream(StreamError::Trimmed { .. })), "{error}");
}

#[tokio::test(start_paused = true)]
async fn checkpoints_of_old_shards_are_removed_when_nothing_needs_them() {
    let (fake, store) = (Fake::new(), MemoryCheckpoints::new());
    fake.write(1);
    fake.split(1, 1);
    fake.write(1);
    assert_eq!(drain(&mut open(&fake, &store).await).await.len(), 2);
    fake.forget(0);
    assert_eq!(drain(&mut open(&fake, &store).await).await, [0; 0]);
    let shards = async || -> Vec<String> {
        let checkpoints = store.load("default/arn:stream").await.unwrap();
        checkpoints.into_iter().map(|checkpoint| checkpoint.shard.into()).collect()
    };
    assert_eq!(shards().await, ["s0", "s1"], "the child names its parent, whose end must be known");
    fake.split(1, 1);
    fake.write(1);
    assert_eq!(drain(&mut open(&fake, &store).await).await.len(), 1);
    fake.forget(1);
    assert_eq!(drain(&mut open(&fake, &store).await).await, [0; 0]);
    assert_eq!(shards().await, ["s1", "s2"]);
}
