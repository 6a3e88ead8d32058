//! Streams of real tables: on the embedded engine, through the SDK's clients, and on a server if there is one.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use tablewright::prelude::*;
use tablewright::schema::{KeySchema, KeyType, TableSchema};
use tablewright::stream::{Change, MemoryCheckpoints, StreamError, StreamReader, StreamRecord, TableCheckpoints};
use tablewright::{Dynamo, Error, tables};

use super::super::backends::for_each_backend;
use super::{Room, room};

/// What happened, in words.
type Log = RefCell<Vec<String>>;

async fn log(log: &Log, record: StreamRecord<Room>) -> Result<(), Error> {
    let line = match record.change {
        Change::Insert { new } => format!("{}: {}", new.number, new.topic),
        Change::Modify { old, new } => format!("{}: {} → {}", new.number, old.topic, new.topic),
        Change::Remove { old } => format!("{}: no {}", old.number, old.topic),
    };
    log.borrow_mut().push(line);
    Ok(())
}

/// What happened since the last time.
async fn drained(reader: StreamReader<Room>) -> Vec<String> {
    let lines = Log::default();
    reader.open().await.unwrap().drain(|record| log(&lines, record)).await.unwrap();
    lines.take()
}

#[tokio::test]
async fn the_changes_of_a_table_come_in_their_order() {
    for_each_backend(async |db: Dynamo| {
        db.create_tables(tables![Room]).await.unwrap();
        let store = MemoryCheckpoints::new();
        let reader = || db.stream::<Room>().checkpoints(store.clone());
        assert_eq!(drained(reader()).await, [""; 0]);
        db.create(&room(7, "tea")).await.unwrap();
        db.put(&room(7, "coffee")).await.unwrap();
        db.update(Room::key("north", 7)).set(|room| room.topic, "cake").await.unwrap();
        db.create(&room(8, "quiet")).await.unwrap();
        db.delete(Room::key("north", 7)).await.unwrap();
        let expected = ["7: tea", "7: tea → coffee", "7: coffee → cake", "8: quiet", "7: no cake"];
        assert_eq!(drained(reader().page_size(2)).await, expected);
        assert_eq!(drained(reader()).await, [""; 0]);
        db.delete(Room::key("north", 8)).await.unwrap();
        assert_eq!(drained(reader()).await, ["8: no quiet"]);
        assert_eq!(drained(db.stream::<Room>()).await.len(), 6, "without its checkpoints it begins at the beginning");
    })
    .await;
}

#[tokio::test]
async fn latest_leaves_out_what_was_there_before() {
    for_each_backend(async |db: Dynamo| {
        db.create_tables(tables![Room]).await.unwrap();
        db.create(&room(7, "tea")).await.unwrap();
        let lines = Log::default();
        let mut poller = db.stream::<Room>().latest().open().await.unwrap();
        poller.drain(|record| log(&lines, record)).await.unwrap();
        assert_eq!(lines.take(), [""; 0]);
        db.create(&room(8, "quiet")).await.unwrap();
        poller.drain(|record| log(&lines, record)).await.unwrap();
        assert_eq!(lines.take(), ["8: quiet"]);
    })
    .await;
}

#[tokio::test]
async fn a_table_made_again_has_a_stream_of_its_own() {
    let db = Dynamo::embedded().await.unwrap();
    for topic in ["tea", "coffee"] {
        db.create_tables(tables![Room]).await.unwrap();
        db.create(&room(7, topic)).await.unwrap();
        assert_eq!(drained(db.stream::<Room>().from_beginning()).await, [format!("7: {topic}")]);
        db.delete(Room::key("north", 7)).await.unwrap();
        db.delete_table::<Room>().await.unwrap();
    }
}

/// The table of checkpoints, as a program would declare it that looks at them.
#[derive(DynamoTable, Debug, Clone, PartialEq, Eq)]
#[dynamo(table = "stream-checkpoints")]
struct StreamCheckpoint {
    #[dynamo(partition_key)]
    reader: String,
    #[dynamo(sort_key)]
    shard: String,
    handled: Option<String>,
    since: Option<EpochSeconds>,
    finished: bool,
    updated_at: EpochSeconds,
}

#[test]
fn the_table_of_checkpoints_is_what_a_derive_would_make_of_it() {
    let (ours, derived) = (TableCheckpoints::TABLE, StreamCheckpoint::TABLE);
    assert_eq!((ours.name, ours.partition_key, ours.sort_key), (derived.name, derived.partition_key, derived.sort_key));
    assert_eq!(ours.entities[0].attributes, derived.entities[0].attributes);
    assert_eq!(ours.source.package, "tablewright");
}

#[tokio::test]
async fn checkpoints_are_kept_in_a_table() {
    for_each_backend(async |db: Dynamo| {
        db.create_tables([Room::TABLE, TableCheckpoints::TABLE]).await.unwrap();
        let reader = |name: &str| db.stream::<Room>().checkpoints(TableCheckpoints::new(&db)).consumer(name);
        db.create(&room(7, "tea")).await.unwrap();
        assert_eq!(drained(reader("a")).await, ["7: tea"]);
        assert_eq!(drained(reader("a")).await, [""; 0]);
        assert_eq!(drained(reader("b")).await, ["7: tea"]);
        let stored = db.scan::<StreamCheckpoint>().await.unwrap();
        assert_eq!(stored.len(), 2);
        assert!(stored.iter().all(|stored| stored.handled.is_some() && !stored.finished && stored.since.is_none()));
        // A reader that began at the latest record, and started again before there was one, misses nothing from then on.
        drop(reader("c").latest().open().await.unwrap());
        assert_eq!(db.scan::<StreamCheckpoint>().filter(|stored| stored.since.exists()).await.unwrap().len(), 1);
        db.create(&room(8, "quiet")).await.unwrap();
        assert_eq!(drained(reader("c").latest()).await.last().map(String::as_str), Some("8: quiet"));
    })
    .await;
}

#[tokio::test]
async fn a_reader_of_a_file_goes_on_after_the_program_was_started_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tables.db");
    let db = async || Dynamo::embedded_file(&file).await.unwrap();
    {
        let db = db().await;
        db.create_tables([Room::TABLE, TableCheckpoints::TABLE]).await.unwrap();
        db.create(&room(7, "tea")).await.unwrap();
        assert_eq!(drained(db.stream().checkpoints(TableCheckpoints::new(&db))).await, ["7: tea"]);
        db.create(&room(8, "quiet")).await.unwrap();
    }
    let db = db().await;
    let reader = || db.stream::<Room>().checkpoints(TableCheckpoints::new(&db));
    assert_eq!(drained(reader()).await, ["8: quiet"]);
    assert_eq!(drained(reader()).await, [""; 0]);
}

#[tokio::test]
async fn an_item_whose_time_is_over_is_told_from_a_deleted_one() {
    let seconds = Arc::new(AtomicU64::new(1_800_000_000));
    let clock = Arc::clone(&seconds);
    let builder = Dynamo::builder().clock(move || UNIX_EPOCH + Duration::from_secs(clock.load(Ordering::Relaxed)));
    let db = builder.embedded().await.unwrap();
    db.create_tables(tables![Room]).await.unwrap();
    let mut expiring = room(7, "tea");
    expiring.expires_at = Some(EpochSeconds(1_800_000_060));
    db.create(&expiring).await.unwrap();
    db.create(&room(8, "quiet")).await.unwrap();
    db.delete(Room::key("north", 8)).await.unwrap();
    seconds.fetch_add(120, Ordering::Relaxed);
    let removed = RefCell::new(Vec::new());
    let handler = async |record: StreamRecord<Room>| {
        if let Change::Remove { old } = &record.change {
            removed.borrow_mut().push((old.number, record.is_expiry(), record.created_at.is_some()));
        }
        Ok::<_, Error>(())
    };
    db.stream::<Room>().open().await.unwrap().drain(handler).await.unwrap();
    assert_eq!(removed.take(), [(8, false, true), (7, true, true)]);
}

/// The rooms as a program without a stream declares them, which is not in the registry beside the others.
static PLAIN_ROOMS: TableSchema =
    TableSchema::new("rooms", KeySchema::new("building", KeyType::S), Some(KeySchema::new("number", KeyType::N)));

#[tokio::test]
async fn a_live_table_without_a_stream_says_so() {
    for_each_backend(async |db: Dynamo| {
        let error = db.stream::<Room>().open().await.unwrap_err();
        assert!(matches!(error, Error::TableNotFound(_)), "{error}");
        db.create_tables([&PLAIN_ROOMS]).await.unwrap();
        let error = db.stream::<Room>().open().await.unwrap_err();
        assert!(matches!(error, Error::Stream(StreamError::NoStream { .. })), "{error}");
        assert!(error.to_string().contains("has no stream: switch it on"), "{error}");
    })
    .await;
}

#[tokio::test]
async fn a_handle_without_a_client_for_streams_says_how_to_get_one() {
    let engine = tablewright::testing::Embedded::memory().unwrap();
    let db = Dynamo::builder().client(engine.sdk_client());
    db.create_tables(tables![Room]).await.unwrap();
    let error = db.stream::<Room>().open().await.unwrap_err();
    assert!(matches!(error, Error::Unreachable(_)), "{error}");
    assert!(error.to_string().contains("`Dynamo::builder().streams_client(…)`"), "{error}");
}
