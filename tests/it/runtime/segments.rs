//! Scans in segments that are read side by side.

use std::collections::BTreeMap;
use std::time::Duration;

use futures_util::TryStreamExt;
use tablewright::prelude::*;
use tablewright::request::ScanCheckpoint;
use tablewright::testing::Spy;
use tablewright::{CursorError, Error, Operation, tables};
use tokio::time::Instant;

use super::backends::for_each_backend;
use super::batch_get::Counter;

async fn with_counters(db: &Dynamo, count: i64) {
    db.create_tables(tables![Counter]).await.unwrap();
    let counters = (0..count).map(|id| Counter { id, count: Some(id.unsigned_abs() % 3) });
    assert_eq!(db.batch_write_iter(counters).await.unwrap().complete().unwrap(), count.unsigned_abs());
}

fn sorted(items: Vec<Counter>) -> Vec<i64> {
    let mut ids: Vec<i64> = items.into_iter().map(|counter| counter.id).collect();
    ids.sort_unstable();
    ids
}

/// A page of a scan of the counters, with these ids and perhaps a place to go on from.
fn page(ids: &[i64], more: bool, units: f64) -> String {
    let items: Vec<_> = ids.iter().map(|id| serde_json::json!({"id": {"N": id.to_string()}})).collect();
    let mut answer = serde_json::json!({
        "Items": items, "Count": ids.len(), "ScannedCount": ids.len(),
        "ConsumedCapacity": {"TableName": "counting", "CapacityUnits": units},
    });
    if more {
        answer["LastEvaluatedKey"] = items.last().cloned().unwrap();
    }
    answer.to_string()
}

#[tokio::test]
async fn every_item_is_read_once() {
    for_each_backend(async |db: Dynamo| {
        with_counters(&db, 500).await;
        for segments in [1, 2, 7, 40] {
            let scan = || db.scan::<Counter>().consistent().page_size(9).segments(segments);
            assert_eq!(sorted(scan().await.unwrap()), (0..500).collect::<Vec<_>>(), "{segments} segments");
            let streamed: Vec<Counter> = scan().concurrency(3).stream().try_collect().await.unwrap();
            assert_eq!(sorted(streamed), (0..500).collect::<Vec<_>>());
        }
        let filtered = db.scan::<Counter>().filter(|c| c.count.eq(1)).segments(4).await.unwrap();
        assert_eq!(filtered.len(), 167);
    })
    .await;
}

#[tokio::test]
async fn a_checkpoint_goes_on_after_each_page() {
    for_each_backend(async |db: Dynamo| {
        with_counters(&db, 120).await;
        let scan = || db.scan::<Counter>().consistent().page_size(7).segments(5);
        let mut seen = Vec::new();
        let mut checkpoint: Option<ScanCheckpoint> = None;
        let mut rounds = 0;
        // Each round reads three pages and is then given up, with two others perhaps under way.
        loop {
            let mut pages = scan().concurrency(3).after(checkpoint.clone()).pages();
            let mut ended = true;
            for _ in 0..3 {
                let Some(page) = pages.try_next().await.unwrap() else { break };
                assert!(page.segment < 5);
                assert!(page.page.cursor.as_ref().is_none_or(|c| c.segment() == Some((page.segment, 5))));
                seen.extend(page.page.items);
                ended = false;
            }
            // The checkpoint goes through text, as through a file.
            checkpoint = Some(ScanCheckpoint::from_text(pages.checkpoint().as_str()));
            if ended {
                break;
            }
            rounds += 1;
        }
        assert!(rounds > 5, "{rounds}");
        assert_eq!(sorted(seen), (0..120).collect::<Vec<_>>(), "nothing is lost and nothing comes twice");
    })
    .await;
}

#[tokio::test]
async fn cursors_carry_their_segment() {
    for_each_backend(async |db: Dynamo| {
        with_counters(&db, 60).await;
        let mut pages = db.scan::<Counter>().page_size(4).segments(3).concurrency(1).pages();
        let first = pages.try_next().await.unwrap().unwrap();
        let cursor = first.page.cursor.expect("there is more");
        assert_eq!((first.segment, cursor.segment()), (0, Some((0, 3))));
        // It goes on in its own segment, also alone.
        let alone = db.scan::<Counter>().segment(0, 3).after(cursor.clone()).await.unwrap();
        let mut own = first.page.items;
        own.extend(alone);
        let whole = db.scan::<Counter>().segment(0, 3).await.unwrap();
        assert_eq!(own, whole);
        for (segment, total) in [(1, 3), (0, 4)] {
            let error = db.scan::<Counter>().segment(segment, total).after(cursor.clone()).await.unwrap_err();
            assert!(matches!(error, Error::Cursor(CursorError::OtherSegment { segment: 0, total: 3 })), "{error}");
            assert!(error.to_string().contains("use it with `.segment(0, 3)`"), "{error}");
        }
        let error = db.scan::<Counter>().after(cursor).await.unwrap_err();
        assert!(matches!(error, Error::Cursor(CursorError::OtherSegment { .. })), "{error}");
        let plain = db.scan::<Counter>().take(2).page().await.unwrap().cursor.unwrap();
        assert_eq!(plain.segment(), None);
        let error = db.scan::<Counter>().segment(0, 3).after(plain).await.unwrap_err();
        assert!(matches!(error, Error::Cursor(CursorError::OtherQuery)), "{error}");
    })
    .await;
}

#[tokio::test]
async fn a_checkpoint_belongs_to_its_scan() {
    let spy = Spy::new().answer(page(&[1], true, 0.5));
    let db = Dynamo::with_executor(spy.clone());
    let mut pages = db.scan::<Counter>().segments(2).concurrency(1).pages();
    pages.try_next().await.unwrap().unwrap();
    let checkpoint = pages.checkpoint();
    assert!(!format!("{checkpoint:?} {pages:?}").contains('1'), "{checkpoint:?} {pages:?}");
    let text = checkpoint.as_str().to_owned();
    let others = [
        (db.scan::<Counter>().segments(3).after(checkpoint.clone()).await, "in 2 segments: use it with `.segments(2)`"),
        (
            db.scan::<Counter>().filter(|c| c.count.eq(1)).segments(2).after(checkpoint).await,
            "belongs to another query",
        ),
        (db.scan::<Counter>().segments(2).after(ScanCheckpoint::from_text(&text[..30])).await, "damaged"),
        (db.scan::<Counter>().segments(2).after(ScanCheckpoint::from_text("")).await, "damaged"),
        (db.scan::<Counter>().segments(0).await, "`segments` is 0"),
        (db.scan::<Counter>().segments(2_000_000).await, "at most 1000000"),
        (db.scan::<Counter>().take(5).segments(2).await, "neither `take` nor `max_pages`"),
        (db.scan::<Counter>().segment(0, 4).segments(2).await, "neither `segment` nor a cursor"),
        (db.scan::<Counter>().segments(2).units_per_second(0.0).await, "`units_per_second` is 0"),
    ];
    for (result, message) in others {
        let error = result.unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
    }
    assert_eq!(spy.requests().len(), 1, "nothing was sent for any of them");
}

#[tokio::test]
async fn an_error_ends_the_pages_and_leaves_the_checkpoint() {
    let spy = Spy::new().answer(page(&[1, 2], true, 0.5)).refuse("AccessDeniedException");
    let db = Dynamo::with_executor(spy.clone());
    let mut pages = db.scan::<Counter>().segments(1).pages();
    assert_eq!(pages.try_next().await.unwrap().unwrap().page.items.len(), 2);
    let before = pages.checkpoint();
    assert!(matches!(pages.try_next().await, Err(Error::AccessDenied(_))));
    assert!(pages.try_next().await.unwrap().is_none());
    assert_eq!(pages.checkpoint(), before);
    assert_eq!(sorted(db.scan::<Counter>().segments(1).after(before).await.unwrap()), [0; 0]);
    let last = spy.requests().pop().unwrap();
    assert!(last.json().contains(r#""ExclusiveStartKey":{"id":{"N":"2"}}"#), "{}", last.json());
}

#[tokio::test(start_paused = true)]
async fn a_throttled_page_is_read_again() {
    let spy = (0..5).fold(Spy::new(), |spy, _| spy.refuse("ProvisionedThroughputExceededException"));
    let db = Dynamo::with_executor(spy.answer(page(&[3], false, 0.5)));
    assert_eq!(sorted(db.scan::<Counter>().segments(1).await.unwrap()), [3]);
}

#[tokio::test(start_paused = true)]
async fn capacity_is_used_at_the_rate_over_all_segments() {
    // 4 segments of 5 pages with 20 units each are 400 units.
    let mut spy = Spy::new();
    for id in 0..20 {
        spy = spy.answer(page(&[id], id < 16, 20.0));
    }
    let db = Dynamo::with_executor(spy.clone());
    let began = Instant::now();
    let read = db.scan::<Counter>().segments(4).units_per_second(50.0).await.unwrap();
    let took = began.elapsed();
    assert_eq!(sorted(read), (0..20).collect::<Vec<_>>());
    assert!(took > Duration::from_secs(7) && took < Duration::from_secs(9), "400 units at 50 a second took {took:?}");
    let mut segments = BTreeMap::new();
    for request in spy.requests() {
        assert_eq!(request.operation, Operation::Scan);
        let body: serde_json::Value = serde_json::from_str(request.json()).unwrap();
        *segments.entry(body["Segment"].as_u64().unwrap()).or_insert(0) += 1;
    }
    assert_eq!(segments.len(), 4);
}
