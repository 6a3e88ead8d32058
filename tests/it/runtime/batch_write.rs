//! Putting and deleting many items.

use std::time::Duration;

use serde_json::{Value, json};
use tablewright::prelude::*;
use tablewright::testing::Spy;
use tablewright::{Error, Failure, InvalidRequest, Operation, tables};
use tokio::time::Instant;

use super::backends::for_each_backend;
use super::batch_get::Counter;
use super::model::{Order, Reserved, order};

pub(super) fn counter(id: i64) -> Counter {
    Counter { id, count: Some(1) }
}

pub(super) fn counters(ids: std::ops::Range<i64>) -> Vec<Counter> {
    ids.map(counter).collect()
}

/// An answer that leaves the puts of these counters.
fn left(ids: &[&str]) -> String {
    let put = |id| json!({"PutRequest": {"Item": {"id": {"N": id}, "count": {"N": "1"}}}});
    json!({"UnprocessedItems": {"counting": ids.iter().map(put).collect::<Vec<_>>()}}).to_string()
}

/// How many writes each call had.
pub(super) fn writes_of_calls(spy: &Spy) -> Vec<usize> {
    let count = |body: Value| -> usize {
        body["RequestItems"].as_object().expect("tables").values().map(|of| of.as_array().expect("writes").len()).sum()
    };
    spy.requests().iter().map(|request| count(serde_json::from_str(request.json()).expect("JSON"))).collect()
}

#[tokio::test]
async fn items_are_put_and_deleted_in_several_tables() {
    for_each_backend(async |db: Dynamo| {
        db.create_tables(tables![Order, Reserved, Counter]).await.unwrap();
        for id in 0..3 {
            db.put(&order("bob", id)).await.unwrap();
        }
        let orders: Vec<Order> = (0..40).map(|id| order("ann", id)).collect();
        let word = Reserved { name: "x".into(), status: "on".into(), size: 3, odd: None };
        let batch = db.batch_write().put_all(&orders).put(&word).delete_all((0..2).map(|id| Order::key("bob", id)));
        let report = batch.delete(Counter::key(5)).put_all(counters(10..12).iter()).await.unwrap();
        assert!(report.is_complete(), "{report:?}");
        assert_eq!((report.written(), report.calls(), report.taken()), (46, 2, 46));
        assert_eq!(report.complete().unwrap(), 46);
        let stored = db.query(Order::query("ann")).consistent().await.unwrap();
        assert_eq!(stored.len(), 40);
        assert_eq!(stored[7].lines, orders[7].lines);
        assert_ne!(stored[7].updated_at, orders[7].updated_at, "the clock sets it, as with `put`");
        assert_eq!(stored[7].created_at, orders[7].created_at);
        assert_eq!(db.query(Order::query("bob")).consistent().count().await.unwrap(), 1);
        assert_eq!(db.get(Reserved::key("x")).consistent().await.unwrap(), Some(word));
        assert_eq!(db.get(Counter::key(11)).consistent().await.unwrap(), Some(counter(11)));
    })
    .await;
}

#[tokio::test]
async fn a_hundred_and_six_items_are_five_calls() {
    let spy = Spy::new();
    let db = Dynamo::with_executor(spy.clone());
    assert_eq!(db.batch_write().put_all(&counters(0..106)).await.unwrap().complete().unwrap(), 106);
    assert_eq!(writes_of_calls(&spy), [25, 25, 25, 25, 6]);
    assert_eq!(db.batch_write().put_all(&counters(0..106)).preview().unwrap(), spy.requests());
    let spy = Spy::new();
    let db = Dynamo::with_executor(spy.clone());
    assert_eq!(db.batch_write_iter(counters(0..106)).await.unwrap().complete().unwrap(), 106);
    assert_eq!(writes_of_calls(&spy), [25, 25, 25, 25, 6]);
}

#[test]
fn the_request_says_what_is_written() {
    let db = Dynamo::with_executor(Spy::new());
    let word = Reserved { name: "x".into(), status: "on".into(), size: 3, odd: None };
    let batch = db.batch_write().put(&counter(1)).put(&word).delete(Counter::key(-2));
    let requests = batch.preview().unwrap();
    assert_eq!((requests.len(), requests[0].operation), (1, Operation::BatchWriteItem));
    assert_eq!(
        requests[0].json(),
        r#"{"RequestItems":{"counting":[{"PutRequest":{"Item":{"id":{"N":"1"},"count":{"N":"1"}}}},{"DeleteRequest":{"Key":{"id":{"N":"-2"}}}}],"reserved.words":[{"PutRequest":{"Item":{"name":{"S":"x"},"status":{"S":"on"},"size":{"N":"3"}}}}]},"ReturnConsumedCapacity":"TOTAL"}"#
    );
    assert!(!format!("{batch:?}").contains("on"));
}

#[tokio::test]
async fn large_items_are_in_calls_of_16_megabytes() {
    let spy = Spy::new();
    let db = Dynamo::with_executor(spy.clone());
    // Control characters are six bytes each on their way and one when stored, so that an item is 2.4 MB of JSON.
    let word = |name: usize| Reserved { name: name.to_string(), status: "\u{1}".repeat(400_000), size: 0, odd: None };
    let words: Vec<Reserved> = (0..7).map(word).collect();
    assert_eq!(db.batch_write().put_all(&words).await.unwrap().complete().unwrap(), 7);
    assert_eq!(writes_of_calls(&spy), [6, 1]);
    assert!(spy.requests().iter().all(|request| request.body.len() <= 16 * 1024 * 1024));
    assert_eq!(db.batch_write_iter(words).await.unwrap().complete().unwrap(), 7);
    assert_eq!(writes_of_calls(&spy)[2..], [6, 1]);
}

#[tokio::test(start_paused = true)]
async fn unprocessed_items_are_written_after_a_pause() {
    let spy = Spy::new().answer(left(&["3", "7", "24"])).answer(left(&["3.0", "7E+0", "24"]));
    let db = Dynamo::builder().jitter(|| u64::MAX).executor(spy.clone());
    let began = Instant::now();
    let report = db.batch_write().put_all(&counters(0..25)).await.unwrap();
    // 50 ms after the first answer, because 22 were written, and 100 ms after the second, which is the second failure.
    let paused = began.elapsed().as_millis();
    assert!((148..=154).contains(&paused), "{paused}");
    assert_eq!((report.written(), report.calls(), report.repeated()), (25, 3, 0));
    assert_eq!(report.complete().unwrap(), 25);
    assert_eq!(writes_of_calls(&spy), [25, 3, 3]);
}

#[tokio::test(start_paused = true)]
async fn what_is_not_written_is_reported_in_its_place() {
    let mut spy = Spy::new();
    for _ in 0..100 {
        spy = spy.answer(left(&["30", "26"]));
    }
    let db = Dynamo::with_executor(spy);
    let batch = db.batch_write().concurrency(1).deadline(Duration::from_secs(1));
    let report = batch.put_all(&counters(26..50)).put_all(&counters(0..20)).await.unwrap();
    assert_eq!((report.written(), report.taken(), report.unknown().len()), (23, 44, 0));
    let places: Vec<u64> = report.unprocessed().iter().map(|left| left.position()).collect();
    // The call with these two is never done, so that what comes after it is not sent at all.
    assert_eq!(places, [0, 4].into_iter().chain(25..44).collect::<Vec<u64>>());
    assert_eq!(report.unprocessed()[1].request().json(), r#"{"id":{"N":"30"},"count":{"N":"1"}}"#);
    let error = report.complete().unwrap_err();
    assert_eq!(
        error.to_string(),
        "BatchWriteItem on table `counting` is incomplete: of 44 items 23 were written and 21 were not; DynamoDB left them \
         unprocessed until the attempts or the time were used up"
    );
    assert!(!error.is_definitely_not_applied());
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_is_unknown_until_a_sound_one_comes() {
    // The second answer leaves item 1, but the first attempt may have written it.
    let leaves_one = (0..50).fold(Spy::new().play(Err(Failure::TimedOut)), |spy, _| spy.answer(left(&["1"])));
    let db = Dynamo::with_executor(leaves_one);
    let report = db.batch_write().put_all(&counters(0..3)).await.unwrap();
    assert_eq!((report.written(), report.repeated(), report.unprocessed().len()), (2, 2, 0));
    assert_eq!(report.unknown()[0].position(), 1);
    let error = report.complete().unwrap_err();
    assert!(error.to_string().contains("2 were written, 0 were not, and 1 may or may not have been"), "{error}");

    // Every attempt was throttled, so that nothing was written.
    let throttled = (0..50).fold(Spy::new(), |spy, _| spy.refuse("ThrottlingException"));
    let report = Dynamo::with_executor(throttled).batch_write().put_all(&counters(0..3)).await.unwrap();
    assert_eq!((report.unprocessed().len(), report.unknown().len()), (3, 0));
    assert!(matches!(report.complete(), Err(Error::Throttled(_))));

    // A call that is under way when the time is over.
    #[derive(Debug)]
    struct Hangs;
    impl tablewright::Executor for Hangs {
        fn execute(
            &self,
            _: tablewright::Request,
        ) -> std::pin::Pin<Box<dyn Future<Output = Result<tablewright::Response, Failure>> + Send + '_>> {
            Box::pin(std::future::pending())
        }
    }
    let report = Dynamo::with_executor(Hangs).batch_write().put_all(&counters(0..30)).concurrency(1).await.unwrap();
    assert_eq!((report.unknown().len(), report.unprocessed().len(), report.calls()), (25, 5, 0));
}

#[tokio::test]
async fn a_refusal_ends_the_batch_and_is_its_error() {
    let spy = Spy::new().refuse("AccessDeniedException");
    let db = Dynamo::with_executor(spy.clone());
    let report = db.batch_write().concurrency(1).put_all(&counters(0..60)).await.unwrap();
    assert_eq!((report.unprocessed().len(), spy.requests().len()), (60, 1));
    assert!(matches!(report.cause(), Some(Error::AccessDenied(_))));
    assert!(matches!(report.complete(), Err(Error::AccessDenied(_))), "nothing was written, so it is as with one call");

    let spy = Spy::new().answer("{}").refuse("ValidationException");
    let db = Dynamo::with_executor(spy.clone());
    let report = db.batch_write().concurrency(1).put_all(&counters(0..60)).await.unwrap();
    let left = report.into_leftovers();
    assert_eq!((left.len(), spy.requests().len()), (35, 2));
    let again = db.batch_write_iter(left).await.unwrap();
    assert_eq!((again.complete().unwrap(), writes_of_calls(&spy)), (35, vec![25, 25, 25, 10]));
}

#[tokio::test]
async fn an_answer_to_another_request_leaves_all_unknown() {
    let db = Dynamo::with_executor(Spy::new().answer(left(&["77"])));
    let report = db.batch_write().put_all(&counters(0..2)).await.unwrap();
    assert_eq!((report.written(), report.unknown().len()), (0, 2));
    assert!(matches!(report.cause(), Some(Error::Decode(_))), "{report:?}");
}

#[tokio::test]
async fn two_writes_of_an_item_are_refused_or_the_last_wins() {
    let spy = Spy::new();
    let db = Dynamo::with_executor(spy.clone());
    let batch = || db.batch_write().put(&counter(1)).put(&counter(2)).delete(Counter::key(1));
    let error = batch().await.unwrap_err();
    let Error::Invalid(InvalidRequest::WrittenTwice { entity, first, second }) = &error else { panic!("{error}") };
    assert_eq!((*entity, *first, *second), ("Counter", 0, 2));
    assert_eq!(
        error.to_string(),
        "writes 1 and 3 of the batch are of one item of `Counter`, and a batch has no order; write it once, or add \
         `.last_wins()` to send only the later one; nothing was sent"
    );
    assert!(batch().preview().is_err() && spy.requests().is_empty());

    let report = batch().last_wins().await.unwrap();
    assert_eq!((report.written(), report.superseded(), report.taken()), (2, 1, 3));
    assert_eq!(report.complete().unwrap(), 2);
    assert!(spy.requests()[0].json().contains(r#"{"DeleteRequest":{"Key":{"id":{"N":"1"}}}}"#));
    // Without the one that is superseded the places are still those of the list.
    let spy = Spy::new().refuse("ValidationException");
    let report = Dynamo::with_executor(spy).batch_write().put(&counter(1)).put(&counter(2)).delete(Counter::key(1));
    let report = report.last_wins().await.unwrap();
    assert_eq!(report.unprocessed().iter().map(|left| left.position()).collect::<Vec<_>>(), [1, 2]);
}

#[tokio::test]
async fn nothing_is_sent_of_a_list_with_a_mistake() {
    let spy = Spy::new();
    let db = Dynamo::with_executor(spy.clone());
    let empty = Reserved { name: String::new(), status: String::new(), size: 0, odd: None };
    assert!(matches!(db.batch_write().put(&counter(1)).put(&empty).await, Err(Error::Encode(_))));
    let large = Reserved { name: "x".into(), status: "x".repeat(500_000), size: 0, odd: None };
    let error = db.batch_write().put(&large).put(&counter(1)).await.unwrap_err();
    assert!(matches!(error, Error::Invalid(InvalidRequest::ItemTooLarge { .. })), "{error}");
    assert!(spy.requests().is_empty());
}
