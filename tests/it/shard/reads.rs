//! Every way to read a key in shards, on every backend.

use futures_util::TryStreamExt;
use tablewright::prelude::*;
use tablewright::{Error, Item, tables};

use super::{Event, event, with_events};
use crate::runtime::backends::for_each_backend;

/// Some of an event's attributes.
#[derive(DynamoAttribute, Debug, PartialEq)]
struct Text {
    text: String,
}

fn times(events: &[Event]) -> Vec<u32> {
    events.iter().map(|event| event.at).collect()
}

#[tokio::test]
async fn a_query_gives_the_items_of_all_shards_in_order() {
    for_each_backend(async |db: Dynamo| {
        db.create_tables(tables![Event]).await.unwrap();
        let events = with_events(&db, "d", 60).await;
        with_events(&db, "d#", 3).await;
        let query = || db.query(Event::query("d"));
        assert_eq!(query().await.unwrap(), events);
        assert_eq!(query().consistent().page_size(2).await.unwrap(), events);
        assert_eq!(times(&query().descending().take(5).await.unwrap()), [59, 58, 57, 56, 55]);
        assert_eq!(times(&query().page_size(1).take(7).await.unwrap()), [0, 1, 2, 3, 4, 5, 6]);
        let some = db.query(Event::query("d").at().between(10_u32, 12_u32)).await.unwrap();
        assert_eq!(times(&some), [10, 11, 12]);
        assert_eq!(times(&db.query(Event::query("d").at().eq(9_u32).id().begins_with("i")).await.unwrap()), [9]);
        let kept = query().filter(|event| event.rank.eq(0)).page_size(3);
        assert_eq!(times(&kept.clone().await.unwrap()), [3, 10, 17, 24, 31, 38, 45, 52, 59]);
        assert_eq!(kept.clone().count().await.unwrap(), 9);
        assert_eq!(kept.clone().take(4).count().await.unwrap(), 4);
        assert_eq!(query().count().await.unwrap(), 60);
        assert_eq!(kept.first().await.unwrap().unwrap().at, 3);
        assert_eq!(db.query(Event::query("d").at().eq(9_u32).id().eq("i4")).one().await.unwrap(), Some(event("d", 9)));
        assert!(matches!(query().one().await, Err(Error::NotUnique { .. })));
        assert_eq!(query().take(0).await.unwrap(), []);
        assert!(matches!(query().take(0).page().await, Err(Error::Invalid(_))));
        let none: Vec<Event> = db.query(Event::query("nothing")).stream().try_collect().await.unwrap();
        assert_eq!(none, []);
    })
    .await;
}

#[tokio::test]
async fn narrow_reads_streams_and_bytes_are_in_order_too() {
    for_each_backend(async |db: Dynamo| {
        db.create_tables(tables![Event]).await.unwrap();
        let events = with_events(&db, "d", 60).await;
        let query = || db.query(Event::query("d"));
        let streamed: Vec<Event> = query().page_size(2).stream().try_collect().await.unwrap();
        assert_eq!(streamed, events);
        let pages: Vec<_> = query().page_size(2).pages().try_collect().await.unwrap();
        assert!(pages.len() > 2 && pages.last().unwrap().is_last(), "{pages:?}");
        assert_eq!(pages.iter().map(|page| page.scanned).sum::<u64>(), 60, "a stream of pages reads each item once");
        assert_eq!(pages.into_iter().flat_map(|page| page.items).collect::<Vec<_>>(), events);
        let texts: Vec<Text> = query().read_as::<Text>().take(50).await.unwrap();
        assert!(texts.iter().map(|item| item.text.len()).eq((0..50).map(|at| at % 50)));
        let items: Vec<Item> = query().project(|event| event.rank).descending().await.unwrap();
        assert_eq!(items.len(), 60);
        assert!(items[0].get("sk").is_some(), "the keys that order the items are read as well");
        let page = query().take(9).page_bytes().await.unwrap();
        assert_eq!(page.items::<Event>().unwrap(), events[..9]);
        assert!(page.cursor().is_some());
    })
    .await;
}

#[tokio::test]
async fn an_index_in_shards_is_in_the_order_of_its_sort_key() {
    for_each_backend(async |db: Dynamo| {
        db.create_tables(tables![Event]).await.unwrap();
        let events = with_events(&db, "d", 60).await;
        let query = || db.query(Event::query_by_kind("k1"));
        let mut expected: Vec<_> = events.iter().filter(|event| event.kind.as_deref() == Some("k1")).collect();
        expected.sort_by_key(|event| (event.rank, event.at));
        let mut found = query().page_size(2).await.unwrap();
        assert!(found.is_sorted_by_key(|event| event.rank), "numbers are in their order, with ties: {found:?}");
        let again = query().await.unwrap();
        assert_eq!(found, again, "ties have one order");
        let mut back = query().descending().await.unwrap();
        back.reverse();
        assert!(back.is_sorted_by_key(|event| event.rank));
        found.sort_by_key(|event| (event.rank, event.at));
        assert!(found.iter().eq(expected), "each once");
        let hydrated = db.query(Event::query_by_kind("k1").rank().ge(0)).hydrate().await.unwrap();
        let known: Vec<_> = again.into_iter().filter(|event| event.rank >= 0).collect();
        assert_eq!(hydrated, known);
    })
    .await;
}

#[tokio::test]
async fn a_page_reads_a_share_of_each_shard() {
    let db = Dynamo::embedded().await.unwrap();
    db.create_tables(tables![Event]).await.unwrap();
    with_events(&db, "d", 300).await;
    let query = || db.query(Event::query("d"));
    let page = query().take(16).page().await.unwrap();
    assert_eq!(page.items.len(), 16, "a share that is too small is no short page");
    assert!(page.scanned <= 16 * 5 + 5, "{page:?}");
    assert!((0.5 * 16.0..).contains(&page.capacity_units), "each shard's units are rounded up by themselves: {page:?}");
    let whole = query().page().await.unwrap();
    assert_eq!((whole.items.len(), whole.scanned, whole.is_last()), (300, 300, true));
    let first = query().take(1).page().await.unwrap();
    assert_eq!(first.scanned, 16, "one item of each shard");
}

#[test]
fn a_preview_is_the_request_of_the_first_shard() {
    let db = Dynamo::with_executor(tablewright::testing::Spy::new());
    let body = db.query(Event::query("d")).take(16).preview().unwrap().body;
    let body = std::str::from_utf8(&body).unwrap();
    assert!(body.contains(r#"{"S":"DAY#d#00"}"#) && body.contains(r#""Limit":5"#), "{body}");
}
