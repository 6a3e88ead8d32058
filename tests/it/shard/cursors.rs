//! Cursors of queries of several shards: they go on from every shard's place, and belong to their number of shards.

use tablewright::prelude::*;
use tablewright::request::PageCursor;
use tablewright::testing::Embedded;
use tablewright::{CursorError, CursorSeal, Error, tables};

use super::{Event, event, with_events};
use crate::runtime::backends::for_each_backend;

/// The same items in another number of shards.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "events", partition_key = "DAY#{day}", sort_key = "{at}#{id}", shard = 8)]
struct InEight {
    #[dynamo(key_only)]
    day: String,
    #[dynamo(key_only)]
    at: u32,
    #[dynamo(key_only)]
    id: String,
}

/// The same items in no shards.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "events", partition_key = "DAY#{day}", sort_key = "{at}#{id}")]
struct Whole {
    #[dynamo(key_only)]
    day: String,
    #[dynamo(key_only)]
    at: u32,
    #[dynamo(key_only)]
    id: String,
}

fn error<T: std::fmt::Debug>(read: tablewright::Result<T>) -> CursorError {
    match read {
        Err(Error::Cursor(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn pages_join_without_loss_or_repetition() {
    for_each_backend(async |db: Dynamo| {
        db.create_tables(tables![Event]).await.unwrap();
        let events = with_events(&db, "d", 60).await;
        for (take, page_size, descending) in
            [(7, None, false), (1, Some(1), true), (20, Some(2), false), (59, None, true)]
        {
            let (mut seen, mut cursor) = (Vec::new(), None);
            loop {
                let mut query = db.query(Event::query("d")).take(take).after(cursor);
                if let Some(items) = page_size {
                    query = query.page_size(items).max_pages(2);
                }
                let page = if descending { query.descending() } else { query }.page().await.unwrap();
                assert!(page.items.len() <= take);
                seen.extend(page.items);
                // The cursor goes through text, as through a URL.
                cursor = page.cursor.map(|cursor| PageCursor::from_text(cursor.as_str()));
                if cursor.is_none() {
                    break;
                }
            }
            if descending {
                seen.reverse();
            }
            assert_eq!(seen, events, "{take} {page_size:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_written_behind_the_cursor_is_not_seen_and_what_is_ahead_is() {
    let db = Dynamo::embedded().await.unwrap();
    db.create_tables(tables![Event]).await.unwrap();
    for at in (0..40).step_by(2) {
        db.put(&event("d", at)).await.unwrap();
    }
    let page = db.query(Event::query("d")).take(5).page().await.unwrap();
    assert_eq!(page.items.last().unwrap().at, 8);
    for at in (1..40).step_by(2) {
        db.put(&event("d", at)).await.unwrap();
    }
    db.delete(Event::key("d", 8_u32, "i3")).await.unwrap();
    let rest = db.query(Event::query("d")).after(page.cursor).await.unwrap();
    let rest: Vec<u32> = rest.into_iter().map(|event| event.at).collect();
    assert_eq!(rest, (9..40).collect::<Vec<_>>(), "as of a key without shards");
}

#[tokio::test]
async fn a_cursor_belongs_to_its_query_and_its_number_of_shards() {
    let db = Dynamo::embedded().await.unwrap();
    db.create_tables(tables![Event]).await.unwrap();
    with_events(&db, "d", 60).await;
    let cursor = db.query(Event::query("d")).take(5).page().await.unwrap().cursor.unwrap();
    assert_eq!(error(db.query(Event::query("e")).after(cursor.clone()).await), CursorError::OtherQuery);
    assert_eq!(error(db.query(Event::query("d")).descending().after(cursor.clone()).await), CursorError::OtherQuery);
    assert_eq!(error(db.query(Event::query_by_kind("k1")).after(cursor.clone()).await), CursorError::OtherQuery);
    let in_eight = error(db.query(InEight::query("d")).after(cursor.clone()).await);
    assert_eq!(in_eight, CursorError::OtherShards { shards: 16 });
    assert!(in_eight.to_string().contains("a key in 16 shards"), "{in_eight}");
    let whole = error(db.query(Whole::query("d")).after(cursor.clone()).await);
    assert_eq!(whole, CursorError::OtherShards { shards: 16 });
    assert_eq!(error(db.scan::<Event>().after(cursor.clone()).await), CursorError::OtherShards { shards: 16 });

    for at in 0..3 {
        db.put(&Whole { day: "w".into(), at, id: "x".into() }).await.unwrap();
    }
    let of_whole = db.query(Whole::query("w")).take(1).page().await.unwrap().cursor.unwrap();
    assert_eq!(error(db.query(Event::query("w")).after(of_whole).await), CursorError::OtherQuery);
    for damaged in ["", "not a cursor!", &cursor.as_str()[..40]] {
        let read = db.query(Event::query("d")).after(PageCursor::from_text(damaged)).await;
        assert_eq!(error(read), CursorError::Damaged, "{damaged}");
    }
}

#[tokio::test]
async fn sealed_cursors_hide_every_key_and_are_bound() {
    let engine = Embedded::memory().unwrap();
    let builder = || Dynamo::builder().cursor_seal(CursorSeal::new([7; 32]));
    let db = builder().executor(engine.clone());
    db.create_tables(tables![Event]).await.unwrap();
    let events = with_events(&db, "day", 60).await;
    let query = || db.query(Event::query("day"));
    let cursor = query().take(5).page().await.unwrap().cursor.unwrap();
    assert_eq!(query().after(cursor.clone()).await.unwrap(), events[5..]);
    let bytes = base64_simd::URL_SAFE_NO_PAD.decode_to_vec(cursor.as_str()).unwrap();
    assert!(!bytes.windows(3).any(|window| window == b"DAY"), "the key can be read");
    assert_eq!(error(query().cursor_tenant("ann").after(cursor.clone()).await), CursorError::Forged);
    assert_eq!(error(query().descending().after(cursor.clone()).await), CursorError::OtherQuery);
    let in_eight = db.query(InEight::query("day")).after(cursor.clone()).await;
    assert_eq!(error(in_eight), CursorError::OtherShards { shards: 16 });
    // The number of shards is readable, and cannot be changed.
    let mut forged = bytes;
    forged[2] = 8;
    let forged = PageCursor::from_text(base64_simd::URL_SAFE_NO_PAD.encode_to_string(forged));
    assert_eq!(error(db.query(InEight::query("day")).after(forged).await), CursorError::Forged);

    let unsealed = Dynamo::with_executor(engine);
    assert_eq!(error(unsealed.query(Event::query("day")).after(cursor).await), CursorError::Sealed);
    let plain = unsealed.query(Event::query("day")).take(5).page().await.unwrap().cursor.unwrap();
    assert_eq!(error(query().after(plain).await), CursorError::NotSealed);
}
