//! Handlers that fail: what is handled, what is held back, and what Lambda is told.

use std::cell::RefCell;
use std::rc::Rc;

use serde_json::{Value, json};
use tablewright::prelude::*;
use tablewright::stream::{Batch, BatchReport, Change, FailureReason, SequenceNumber, StreamRecord, handle_batch};
use tablewright::{Dynamo, Error, tables};

use super::{Room, event, insert, keys, record, sequence_number};

/// Handles an event, and gives the topics of the records that the handler saw. It fails on those that begin with `bad`.
async fn handle(event: &str) -> (Vec<String>, BatchReport<String>) {
    run(Batch::from_event(event).unwrap()).await
}

async fn run(batch: Batch<Room>) -> (Vec<String>, BatchReport<String>) {
    let seen = Rc::new(RefCell::new(Vec::new()));
    let report = batch
        .handle(async |record: StreamRecord<Room>| {
            let topic = record.change.into_new_image().unwrap().topic;
            seen.borrow_mut().push(topic.clone());
            tokio::task::yield_now().await;
            if topic.starts_with("bad") { Err(topic) } else { Ok(()) }
        })
        .await;
    (Rc::try_unwrap(seen).unwrap().into_inner(), report)
}

fn reported(report: &BatchReport<String>) -> Vec<String> {
    report.response().identifiers().map(str::to_owned).collect()
}

fn numbers<const N: usize>(numbers: [u64; N]) -> Vec<String> {
    numbers.map(sequence_number).into()
}

#[tokio::test]
async fn a_batch_without_failures_is_a_success() {
    let (seen, report) = handle(&event([insert(1, 7, "a"), insert(2, 8, "b"), insert(3, 7, "c")])).await;
    assert_eq!(seen, ["a", "b", "c"]);
    assert_eq!(report.handled(), 3);
    assert!(report.failures().is_empty() && report.skipped().is_empty());
    assert_eq!(report.response().to_json(), r#"{"batchItemFailures":[]}"#);
    assert_eq!(report.into_result().unwrap(), 3);
    let (seen, report) = handle(r#"{"Records":[]}"#).await;
    assert_eq!((seen.len(), report.into_result().unwrap()), (0, 0));
}

#[tokio::test]
async fn the_third_of_five_fails_and_holds_back_its_key_only() {
    let batch =
        event([insert(1, 7, "a"), insert(2, 8, "b"), insert(3, 7, "bad"), insert(4, 7, "d"), insert(5, 8, "e")]);
    let (seen, report) = handle(&batch).await;
    assert_eq!(seen, ["a", "b", "bad", "e"], "the later record of the same key was not handled");
    assert_eq!(report.handled(), 3);
    assert_eq!(reported(&report), numbers([3, 4]), "Lambda takes the lowest as its checkpoint");
    let reasons: Vec<_> = report.failures().iter().map(|failure| (failure.event_id(), failure.reason())).collect();
    assert!(matches!(reasons[0], ("event-3", FailureReason::Handler(error)) if error == "bad"), "{reasons:?}");
    assert!(matches!(reasons[1], ("event-4", FailureReason::Held)), "{reasons:?}");
    let response = format!(
        r#"{{"batchItemFailures":[{{"itemIdentifier":"{}"}},{{"itemIdentifier":"{}"}}]}}"#,
        sequence_number(3),
        sequence_number(4)
    );
    assert_eq!(report.response().to_json(), response);
    assert_eq!(Value::from(report.response()).to_string(), response);
    assert_eq!(serde_json::to_string(&report.response()).unwrap(), response);
    let held = report.failures()[1].to_string();
    assert!(held.contains(&sequence_number(4)) && held.contains("held back"), "{held}");
    let first = report.into_result().unwrap_err();
    assert_eq!(first.sequence_number(), Some(&*sequence_number(3)));
    let message = format!("the handler failed on the record with sequence number {}: bad", sequence_number(3));
    assert_eq!(first.to_string(), message);
}

#[tokio::test]
async fn a_record_that_cannot_be_read_fails_and_holds_back_its_key() {
    let mut foreign = insert(2, 7, "b");
    foreign["dynamodb"]["NewImage"] = json!({ "color": { "S": "red" } });
    let records = [insert(1, 7, "a"), foreign, insert(3, 7, "c"), insert(4, 8, "d")];
    let (seen, report) = handle(&event(records.clone())).await;
    assert_eq!(seen, ["a", "d"]);
    assert_eq!(reported(&report), numbers([2, 3]));
    assert!(matches!(report.failures()[0].reason(), FailureReason::Undecodable(_)));
    assert!(report.failures()[0].to_string().contains("`NewImage`"), "{}", report.failures()[0]);

    let (seen, report) = run(Batch::from_event(event(records)).unwrap().skip_undecodable()).await;
    assert_eq!(seen, ["a", "c", "d"]);
    assert_eq!(report.handled(), 3);
    assert_eq!(report.skipped().len(), 1);
    assert_eq!(report.skipped()[0].sequence_number(), Some(&*sequence_number(2)));
    assert!(report.failures().is_empty());
}

#[tokio::test]
async fn a_record_whose_key_is_unknown_holds_back_everything_after_it() {
    let mut keyless = insert(2, 7, "b");
    keyless["dynamodb"].as_object_mut().unwrap().remove("Keys");
    let records = [insert(1, 7, "a"), keyless, insert(3, 8, "c"), insert(4, 9, "d")];
    for concurrency in [1, 4] {
        let (seen, report) = run(Batch::from_event(event(records.clone())).unwrap().concurrency(concurrency)).await;
        assert_eq!(seen, ["a"]);
        assert_eq!(reported(&report), numbers([2, 3, 4]));
    }
    let (seen, _) = run(Batch::from_event(event(records)).unwrap().skip_undecodable()).await;
    assert_eq!(seen, ["a", "c", "d"]);
}

#[tokio::test]
async fn a_record_without_a_number_makes_the_whole_batch_come_again() {
    let mut numberless = insert(2, 7, "b");
    numberless["dynamodb"].as_object_mut().unwrap().remove("SequenceNumber");
    let (seen, report) = handle(&event([insert(1, 8, "a"), numberless, insert(3, 7, "c"), insert(4, 8, "d")])).await;
    assert_eq!(seen, ["a", "d"]);
    // Lambda takes an empty identifier for the failure of the whole batch.
    assert_eq!(reported(&report), ["".to_owned(), sequence_number(3)]);
}

#[tokio::test]
async fn several_keys_run_at_once_and_one_key_never() {
    let (running, most) = (RefCell::new(Vec::new()), RefCell::new(0));
    let records = (0..40).map(|sequence| insert(sequence, sequence % 5, "x"));
    let batch = Batch::<Room>::from_event(event(records)).unwrap().concurrency(3);
    let report = batch
        .handle(async |record| {
            let key = record.keys.get("number").cloned();
            assert!(!running.borrow().contains(&key), "two records of one key at once");
            running.borrow_mut().push(key.clone());
            let now = running.borrow().len();
            most.replace_with(|most| now.max(*most));
            for _ in 0..record.sequence_number.as_str().len() % 7 {
                tokio::task::yield_now().await;
            }
            running.borrow_mut().retain(|running| *running != key);
            Ok::<_, Error>(())
        })
        .await;
    assert_eq!(report.handled(), 40);
    assert_eq!(*most.borrow(), 3);
}

#[tokio::test]
async fn a_handler_can_run_on_another_thread() {
    let batch = event([insert(1, 7, "a"), insert(2, 8, "b")]);
    let db = Dynamo::embedded().await.unwrap();
    db.create_tables(tables![Seen]).await.unwrap();
    let handled = tokio::spawn(async move {
        let handler = async |record: StreamRecord<Room>| mark(&db, record).await;
        handle_batch(batch, handler).await?.into_result().map_err(|failure| panic!("{failure}"))
    });
    assert_eq!(handled.await.unwrap().map_err(|error: Error| error.to_string()), Ok(2));
}

/// What the handler keeps of a room: how often it changed, and the last change that it knows of.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "seen")]
struct Seen {
    #[dynamo(partition_key)]
    number: u64,
    topic: Option<String>,
    changes: u64,
    last: SequenceNumber,
}

/// A handler that does nothing the second time: it counts a change only if its number is higher than the last one.
async fn mark(db: &Dynamo, record: StreamRecord<Room>) -> Result<(), Error> {
    let number = match &record.change {
        Change::Insert { new } | Change::Modify { new, .. } => new.number,
        Change::Remove { old } => old.number,
    };
    let update = db
        .upsert(Seen::key(number))
        .increment(|seen| seen.changes, 1)
        .set(|seen| seen.last, &record.sequence_number)
        .condition(|seen| seen.last.not_exists().or(seen.last.lt(&record.sequence_number)));
    let update = match record.change.into_new_image() {
        Some(new) => update.set(|seen| seen.topic, new.topic),
        None => update.remove(|seen| seen.topic),
    };
    update.if_met().await?;
    Ok(())
}

#[tokio::test]
async fn a_replay_of_a_whole_batch_changes_nothing_more() {
    let db = Dynamo::embedded().await.unwrap();
    db.create_tables(tables![Seen]).await.unwrap();
    let old = |topic: &str| Some(super::image(&super::room(7, topic)));
    let batch = event([
        insert(9, 7, "a"),
        record("MODIFY", 10, 7, old("a"), old("b")),
        insert(11, 8, "c"),
        record("REMOVE", 12, 7, old("b"), None),
    ]);
    let handle = async || handle_batch(&batch, async |record| mark(&db, record).await).await.unwrap();
    assert_eq!(handle().await.handled(), 4);
    let mut all = db.scan::<Seen>().await.unwrap();
    all.sort_by_key(|seen| seen.number);
    assert_eq!(all.iter().map(|seen| (seen.number, seen.changes)).collect::<Vec<_>>(), [(7, 3), (8, 1)]);
    assert_eq!((all[0].topic.as_deref(), all[1].topic.as_deref()), (None, Some("c")));
    for _ in 0..3 {
        assert_eq!(handle().await.handled(), 4);
        let mut again = db.scan::<Seen>().await.unwrap();
        again.sort_by_key(|seen| seen.number);
        assert_eq!(again, all);
    }
    let keys = keys(7);
    assert!(batch.contains(&keys["number"].to_string()));
}
