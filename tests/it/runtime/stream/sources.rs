//! The types of other crates as batches.

use aws_lambda_events::event::dynamodb::{Event, TimeWindowEvent};
use aws_lambda_events::streams::DynamoDbEventResponse;
use aws_sdk_dynamodbstreams::primitives::DateTime;
use aws_sdk_dynamodbstreams::types as sdk;
use tablewright::stream::{Batch, Change, RecordProblem, StreamRecord, handle_batch};
use tablewright::{Item, Value};

use super::{Room, event, image, insert, room, sequence_number};

const EVENTS: &str = include_str!("events.json");

/// Everything that a record says, for comparing.
fn parts(record: &StreamRecord<Room>) -> impl PartialEq + std::fmt::Debug + use<> {
    (
        (record.event_id.clone(), record.sequence_number.clone(), record.keys.clone()),
        (record.change.event_name(), record.change.old_image().cloned(), record.change.new_image().cloned()),
        (record.created_at, record.user_identity.clone(), record.region.clone(), record.size_bytes),
    )
}

#[tokio::test]
async fn the_events_of_aws_lambda_events_are_the_same_records() {
    let typed: Event = serde_json::from_str(EVENTS.replace("\"2016-11-18T20:09:03Z\"", "1479499743").as_str()).unwrap();
    let ours = Batch::<Room>::from_event(EVENTS).unwrap().into_records();
    let theirs = Batch::<Room>::from_event(&typed).unwrap().into_records();
    assert_eq!(ours.len(), 4);
    assert_eq!(theirs.len(), ours.len());
    for (ours, theirs) in ours.iter().zip(&theirs) {
        let (ours, theirs) = (ours.as_ref().unwrap(), theirs.as_ref().unwrap());
        assert_eq!(parts(ours), parts(theirs));
        assert_eq!(ours.is_expiry(), theirs.is_expiry());
        assert_eq!(ours.stream_arn, theirs.stream_arn);
    }

    let failing: Event = serde_json::from_str(&event([insert(1, 7, "a"), insert(2, 8, "b")])).unwrap();
    let handler = async |record: StreamRecord<Room>| if record.event_id.ends_with('2') { Err("bad") } else { Ok(()) };
    let report = handle_batch(&failing, handler).await.unwrap();
    let answer = DynamoDbEventResponse::from(report.response());
    assert_eq!(serde_json::to_string(&answer).unwrap(), report.response().to_json());
    let window = TimeWindowEvent::default();
    assert_eq!(Batch::<Room>::from_event(window).unwrap().records().len(), 0);
}

#[test]
fn an_event_without_images_has_none() {
    let event = serde_json::from_str::<Event>(&event([super::record("INSERT", 1, 7, None, None)])).unwrap();
    let records = Batch::<Room>::from_event(event).unwrap().into_records();
    let problem = records[0].as_ref().unwrap_err().problem();
    assert!(matches!(problem, RecordProblem::NoImage { image: "NewImage", .. }), "{problem:?}");
}

fn sdk_record() -> sdk::Record {
    let item = |item: &Room| std::collections::HashMap::from(Item::from_entity(item).unwrap());
    let keys: Item =
        [("building".to_owned(), Value::from("north")), ("number".to_owned(), Value::from(7))].into_iter().collect();
    let change = sdk::StreamRecord::builder()
        .approximate_creation_date_time(DateTime::from_secs(1_479_499_740))
        .set_keys(Some(keys.into()))
        .set_old_image(Some(item(&room(7, "a"))))
        .set_new_image(Some(item(&room(7, "b"))))
        .sequence_number(sequence_number(5))
        .size_bytes(59)
        .stream_view_type(sdk::StreamViewType::NewAndOldImages)
        .build();
    let identity = sdk::Identity::builder().r#type("Service").principal_id("dynamodb.amazonaws.com").build();
    sdk::Record::builder()
        .event_id("event-5")
        .event_name(sdk::OperationType::Modify)
        .aws_region("eu-central-1")
        .user_identity(identity)
        .dynamodb(change)
        .build()
}

#[test]
fn the_records_of_the_sdk_are_the_same_records() {
    let mut json = super::record("MODIFY", 5, 7, Some(image(&room(7, "a"))), Some(image(&room(7, "b"))));
    json["userIdentity"] = serde_json::json!({ "type": "Service", "principalId": "dynamodb.amazonaws.com" });
    let ours = Batch::<Room>::from_event(event([json])).unwrap().into_records();
    let theirs = Batch::<Room>::from_event(vec![sdk_record()]).unwrap().into_records();
    assert_eq!(parts(theirs[0].as_ref().unwrap()), parts(ours[0].as_ref().unwrap()));
    assert!(matches!(theirs[0].as_ref().unwrap().change, Change::Modify { .. }));
}

#[test]
fn records_of_the_sdk_that_lack_something_are_errors_of_their_own() {
    let bare = sdk::Record::builder().event_id("bare").build();
    let mut foreign = sdk_record();
    let number = sdk::AttributeValue::N("seven".into());
    foreign.dynamodb.as_mut().unwrap().new_image.as_mut().unwrap().insert("number".into(), number);
    let records = [bare, foreign, sdk_record()];
    let records = Batch::<Room>::from_event(&records[..]).unwrap().into_records();
    let problem = |place: usize| records[place].as_ref().unwrap_err().problem();
    assert_eq!(problem(0), &RecordProblem::Missing { member: "Keys" });
    let RecordProblem::Image { image: "NewImage", error } = problem(1) else { panic!("{:?}", problem(1)) };
    assert!(!error.to_string().contains("seven"), "{error}");
    assert!(records[2].is_ok());
}
