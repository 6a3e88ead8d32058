//! Putting and deleting what a stream or an iterator gives.

use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt, stream};
use tablewright::prelude::*;
use tablewright::request::WriteRequest;
use tablewright::testing::Spy;
use tablewright::{Error, tables};
use tokio::time::Instant;

use super::backends::for_each_backend;
use super::batch_get::Counter;
use super::batch_write::{counter, counters, writes_of_calls};
use super::model::Reserved;

#[tokio::test]
async fn a_scan_is_copied_as_a_stream() {
    for_each_backend(async |db: Dynamo| {
        db.create_tables(tables![Counter, Reserved]).await.unwrap();
        assert_eq!(db.batch_write_iter(counters(0..106)).await.unwrap().complete().unwrap(), 106);
        let copies = db.scan::<Counter>().page_size(30).stream().map_ok(|counter| Reserved {
            name: counter.id.to_string(),
            status: String::new(),
            size: 0,
            odd: None,
        });
        assert_eq!(db.batch_write_stream(copies).await.unwrap().complete().unwrap(), 106);
        assert_eq!(db.scan::<Reserved>().count().await.unwrap(), 106);
        let deletes = db.scan::<Reserved>().stream().map_ok(|word| WriteRequest::delete(&db, word.primary_key()));
        assert_eq!(db.batch_write_stream(deletes).await.unwrap().complete().unwrap(), 106);
        assert_eq!(db.scan::<Reserved>().count().await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_stream_writes_an_item_in_the_order_of_its_writes() {
    for_each_backend(async |db: Dynamo| {
        db.create_tables(tables![Counter]).await.unwrap();
        let put = |count| WriteRequest::put(&db, &Counter { id: 1, count: Some(count) });
        let writes = [put(1), put(2), WriteRequest::delete(&db, Counter::key(1)), put(4)];
        let report = db.batch_write_stream(stream::iter(writes)).await.unwrap();
        assert_eq!((report.written(), report.calls()), (4, 4));
        assert_eq!(report.complete().unwrap(), 4);
        assert_eq!(db.get(Counter::key(1)).consistent().await.unwrap().unwrap().count, Some(4));
    })
    .await;
}

#[tokio::test]
async fn an_error_of_the_stream_ends_it_and_is_told() {
    let spy = Spy::new();
    let db = Dynamo::with_executor(spy.clone());
    let empty = Reserved { name: String::new(), status: String::new(), size: 0, odd: None };
    let writes = counters(0..30).into_iter().map(|counter| WriteRequest::put(&db, &counter));
    let writes = writes.chain([WriteRequest::put(&db, &empty)]).chain([WriteRequest::put(&db, &counter(99))]);
    let mut writes = writes.collect::<Vec<_>>().into_iter();
    let report = db.batch_write_iter(writes.by_ref()).await.unwrap();
    assert_eq!((report.written(), report.taken(), report.is_complete()), (30, 30, false));
    assert!(matches!(report.complete(), Err(Error::Incomplete(_))));
    assert_eq!(writes.len(), 1, "the rest stays in the source");
    assert_eq!(writes_of_calls(&spy), [25, 5]);
}

#[tokio::test(start_paused = true)]
async fn a_stream_is_written_at_a_rate() {
    let answer = r#"{"ConsumedCapacity":[{"TableName":"counting","CapacityUnits":25.0}]}"#;
    let spy = (0..8).fold(Spy::new(), |spy, _| spy.answer(answer));
    let db = Dynamo::with_executor(spy);
    let began = Instant::now();
    let mut told = Vec::new();
    let batch = db.batch_write_iter(counters(0..200)).units_per_second(50.0).on_progress(|so_far| told.push(*so_far));
    let report = batch.await.unwrap();
    assert_eq!((report.written(), report.capacity_units()), (200, 200.0));
    let took = began.elapsed().as_secs_f64();
    assert!((3.4..4.2).contains(&took), "200 units at 50 a second took {took}");
    assert_eq!(
        told.iter().map(|so_far| so_far.written).collect::<Vec<_>>(),
        (1..=8).map(|n| n * 25).collect::<Vec<_>>()
    );
    assert!(told.iter().all(|so_far| so_far.taken <= so_far.written + 5 * 25), "it takes no more than it can send");
    for units in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let error = db.batch_write_iter(counters(0..1)).units_per_second(units).await.unwrap_err();
        assert!(matches!(error, Error::Invalid(_)), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_slow_stream_is_not_held_back() {
    let spy = Spy::new();
    let db = Dynamo::with_executor(spy.clone());
    let slow = stream::iter(counters(0..3)).then(|counter| async move {
        tokio::time::sleep(Duration::from_secs(60)).await;
        counter
    });
    assert_eq!(db.batch_write_stream(slow).await.unwrap().complete().unwrap(), 3);
    assert_eq!(writes_of_calls(&spy), [1, 1, 1], "a call does not wait for 24 more");
}
