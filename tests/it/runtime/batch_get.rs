//! Reading many items by their keys.

use std::time::Duration;

use serde_json::{Value, json};
use tablewright::prelude::*;
use tablewright::request::Answer;
use tablewright::testing::Spy;
use tablewright::{Error, Failure, Operation, tables};
use tokio::time::Instant;

use super::backends::for_each_backend;
use super::model::{Order, OrderKeys, Reserved, order};

/// A table whose key is a number.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "counting")]
pub(crate) struct Counter {
    #[dynamo(partition_key)]
    pub(crate) id: i64,
    pub(crate) count: Option<u64>,
}

fn reserved(name: &str) -> Reserved {
    Reserved { name: name.into(), status: "on".into(), size: 3, odd: Some(1) }
}

/// How many keys each call asked for, over all tables.
fn keys_of_calls(spy: &Spy) -> Vec<usize> {
    let count = |body: Value| -> usize {
        let tables = body["RequestItems"].as_object().expect("tables").values();
        tables.map(|table| table["Keys"].as_array().expect("keys").len()).sum()
    };
    spy.requests().iter().map(|request| count(serde_json::from_str(request.json()).expect("JSON"))).collect()
}

fn counter_answer(items: &[&str], unprocessed: &[&str]) -> String {
    let of = |ids: &[&str]| ids.iter().map(|id| json!({"id": {"N": id}})).collect::<Vec<_>>();
    let mut answer = json!({
        "Responses": {"counting": of(items)},
        "ConsumedCapacity": [{"TableName": "counting", "CapacityUnits": 0.5}],
    });
    if !unprocessed.is_empty() {
        answer["UnprocessedKeys"] = json!({"counting": {"Keys": of(unprocessed)}});
    }
    answer.to_string()
}

#[tokio::test]
async fn items_come_in_the_order_of_their_keys() {
    for_each_backend(async |db: Dynamo| {
        db.create_tables(tables![Order]).await.unwrap();
        for id in 0..120 {
            db.put(&order("ann", id)).await.unwrap();
        }
        // From the last to the first, every third of them not there, and the first ten asked for again.
        let ids: Vec<u64> = (0..180).rev().chain(0..10).collect();
        let keys: Vec<_> = ids.iter().map(|id| Order::key("ann", *id)).collect();
        let read = db.batch_get(&keys).consistent().await.unwrap();
        assert!(read.is_complete() && read.calls() == 2, "{read:?}");
        let items = read.complete().unwrap();
        let found: Vec<_> = items.iter().map(|item| item.as_ref().map(|order| order.id)).collect();
        assert_eq!(found, ids.iter().map(|id| Some(*id).filter(|id| *id < 120)).collect::<Vec<_>>());
        assert_eq!(items[179].as_ref().unwrap().lines, order("ann", 0).lines, "items come whole");
    })
    .await;
}

#[tokio::test]
async fn several_tables_are_read_at_once() {
    for_each_backend(async |db: Dynamo| {
        db.create_tables(tables![Order, Reserved, Counter]).await.unwrap();
        db.put(&order("ann", 1)).await.unwrap();
        db.put(&reserved("x")).await.unwrap();
        db.put(&Counter { id: -5, count: None }).await.unwrap();
        let keys = (
            [Order::key("ann", 2), Order::key("ann", 1)],
            vec![Reserved::key("x")],
            (-6..-4).map(Counter::key),
            [Counter::key(-5)],
        );
        let read = db.batch_get_all(keys).await.unwrap();
        assert_eq!(read.calls(), 1);
        let (orders, words, counters, again) = read.complete().unwrap();
        assert_eq!(orders.iter().map(Option::is_some).collect::<Vec<_>>(), [false, true]);
        assert_eq!(words, [Some(reserved("x"))]);
        assert_eq!(counters, [None, Some(Counter { id: -5, count: None })]);
        assert_eq!(again, [Some(Counter { id: -5, count: None })]);
    })
    .await;
}

#[tokio::test]
async fn a_part_of_each_item_can_be_read() {
    for_each_backend(async |db: Dynamo| {
        db.create_tables(tables![Order]).await.unwrap();
        db.put(&order("ann", 1)).await.unwrap();
        #[derive(DynamoAttribute, Debug, PartialEq)]
        struct Total {
            total: i64,
        }
        let read = db.batch_get([Order::key("ann", 1), Order::key("bob", 1)]).read_as::<Total>().await.unwrap();
        assert_eq!(read.complete().unwrap(), [Some(Total { total: 5 }), None]);
    })
    .await;
}

#[tokio::test]
async fn no_keys_need_no_call() {
    let spy = Spy::new();
    let db = Dynamo::with_executor(spy.clone());
    assert_eq!(db.batch_get::<tablewright::Key<Counter>>([]).await.unwrap().complete().unwrap(), []);
    assert!(spy.requests().is_empty());
}

#[test]
fn the_requests_say_what_is_read() {
    let db = Dynamo::with_executor(Spy::new());
    let read = db.batch_get((0..106).map(|id| Order::key("ann", id))).consistent().read_as::<OrderKeys>();
    let requests = read.preview().unwrap();
    assert_eq!(requests.iter().map(|request| request.operation).collect::<Vec<_>>(), [Operation::BatchGetItem; 2]);
    let body: Value = serde_json::from_str(requests[1].json()).unwrap();
    let expected = json!({
        "RequestItems": {"orders": {
            "Keys": (100..106).map(|id| json!({"customer": {"S": "ann"}, "id": {"N": id.to_string()}})).collect::<Vec<_>>(),
            "ConsistentRead": true,
            "ProjectionExpression": "#n0, #n1, #n2",
            "ExpressionAttributeNames": {"#n0": "customer", "#n1": "id", "#n2": "total"},
        }},
        "ReturnConsumedCapacity": "TOTAL",
    });
    assert_eq!(body, expected);
    let keys = ([Counter::key(1)], [Reserved::key("x")]);
    let request = db.batch_get_all(keys).preview().unwrap().remove(0);
    assert_eq!(
        request.json(),
        r#"{"RequestItems":{"counting":{"Keys":[{"id":{"N":"1"}}]},"reserved.words":{"Keys":[{"name":{"S":"x"}}]}},"ReturnConsumedCapacity":"TOTAL"}"#
    );
    assert_eq!(&*request.table, "counting, reserved.words");
}

#[tokio::test]
async fn a_key_twice_is_sent_once() {
    let spy = Spy::new().answer(counter_answer(&["1E+3"], &[]));
    let db = Dynamo::with_executor(spy.clone());
    let read = db.batch_get([1000, 7, 1000].map(Counter::key)).await.unwrap();
    assert_eq!(read.capacity_units(), 0.5);
    let found = Some(Counter { id: 1000, count: None });
    assert_eq!(read.complete().unwrap(), [found.clone(), None, found], "numbers are keys by their value");
    assert_eq!(keys_of_calls(&spy), [2]);
}

#[tokio::test(start_paused = true)]
async fn unprocessed_keys_are_read_again_after_a_pause() {
    let spy = Spy::new()
        .answer(counter_answer(&["1"], &["2", "3", "4"]))
        .answer(counter_answer(&[], &["2.0", "30e-1", "4"]))
        .answer(counter_answer(&["4", "3"], &[]));
    let db = Dynamo::builder().jitter(|| u64::MAX).executor(spy.clone());
    let began = Instant::now();
    let read = db.batch_get([4, 3, 2, 1].map(Counter::key)).await.unwrap();
    // 50 ms after the first answer, because it had items, and 100 ms after the second, which is the second failure.
    let paused = began.elapsed().as_millis();
    assert!((148..=154).contains(&paused), "{paused}");
    assert_eq!((read.calls(), read.capacity_units()), (3, 1.5));
    let found: Vec<_> = read.complete().unwrap().into_iter().map(|item| item.map(|counter| counter.id)).collect();
    assert_eq!(found, [Some(4), Some(3), None, Some(1)]);
    assert_eq!(keys_of_calls(&spy), [4, 3, 3]);
}

#[tokio::test(start_paused = true)]
async fn what_is_left_is_never_taken_for_absent() {
    let mut spy = Spy::new().answer(counter_answer(&["1"], &["2"]));
    for _ in 0..50 {
        spy = spy.answer(counter_answer(&[], &["2"]));
    }
    let db = Dynamo::with_executor(spy.clone());
    let keys = || [1, 2, 3, 2].map(Counter::key);
    let began = Instant::now();
    let read = db.batch_get(keys()).deadline(Duration::from_secs(2)).await.unwrap();
    assert!(began.elapsed() <= Duration::from_secs(2));
    assert_eq!((read.is_complete(), read.unread()), (false, 2));
    let text = format!("{read:?}");
    assert!(text.contains("unread: 2") && !text.contains("id"), "{text}");
    let answers = read.into_answers();
    assert_eq!(answers, [Answer::Item(Counter { id: 1, count: None }), Answer::Unread, Answer::Absent, Answer::Unread]);
    let error = db.batch_get(keys()).deadline(Duration::ZERO).await.unwrap().complete().unwrap_err();
    let Error::Incomplete(incomplete) = &error else { panic!("{error}") };
    assert_eq!((incomplete.done(), incomplete.unprocessed(), incomplete.unknown()), (0, 4, 0));
    assert_eq!(
        error.to_string(),
        "BatchGetItem on table `counting` is incomplete: of 4 items 0 were read and 4 were not, and reading these again is \
         safe; DynamoDB left them unprocessed until the attempts or the time were used up"
    );
}

#[tokio::test(start_paused = true)]
async fn a_throttled_call_is_repeated_and_then_reported() {
    let refuse =
        |times: usize| (0..times).fold(Spy::new(), |spy, _| spy.refuse("ProvisionedThroughputExceededException"));
    let spy = refuse(3).answer(counter_answer(&["1"], &[]));
    let db = Dynamo::with_executor(spy.clone());
    let read = db.batch_get([Counter::key(1)]).await.unwrap();
    assert_eq!(read.calls(), 4);
    assert!(read.cause().is_none() && read.complete().unwrap()[0].is_some());

    let db = Dynamo::with_executor(refuse(100));
    let error = db.batch_get([Counter::key(1)]).await.unwrap().complete().unwrap_err();
    let Error::Incomplete(incomplete) = &error else { panic!("{error}") };
    assert!(matches!(incomplete.cause(), Some(Error::Throttled(_))), "{error}");
    assert!(error.to_string().contains("ProvisionedThroughputExceededException"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn lost_answers_are_asked_for_again_and_refusals_are_not() {
    let spy = Spy::new()
        .play(Err(Failure::TimedOut))
        .play(Err(Failure::Corrupt("scripted")))
        .answer(counter_answer(&["1"], &[]));
    let db = Dynamo::with_executor(spy);
    assert!(db.batch_get([Counter::key(1)]).await.unwrap().complete().unwrap()[0].is_some());
    for (code, calls) in [("AccessDeniedException", 1), ("ValidationException", 1), ("ResourceNotFoundException", 1)] {
        let spy = Spy::new().refuse(code);
        let db = Dynamo::with_executor(spy.clone());
        assert!(db.batch_get([Counter::key(1)]).await.is_err());
        assert_eq!(spy.requests().len(), calls, "{code}");
    }
}

#[tokio::test]
async fn an_answer_to_another_question_is_no_answer() {
    for items in [&["1", "8"][..], &["1", "1"]] {
        let db = Dynamo::with_executor(Spy::new().answer(counter_answer(items, &[])));
        let error = db.batch_get([Counter::key(1), Counter::key(2)]).await.unwrap_err();
        assert!(error.to_string().contains("an item that was not asked for"), "{error}");
    }
}

#[tokio::test]
async fn a_key_that_cannot_be_is_refused_before_anything_is_sent() {
    let spy = Spy::new();
    let db = Dynamo::with_executor(spy.clone());
    let error = db.batch_get([Reserved::key("x"), Reserved::key("")]).await.unwrap_err();
    assert!(matches!(error, Error::Encode(_)), "{error}");
    assert!(spy.requests().is_empty());
}
