//! Records of Lambda's events, by stream view type and by what can be wrong with them.

use std::time::{Duration, UNIX_EPOCH};

use serde_json::{Value, json};
use tablewright::codec::DecodeProblem;
use tablewright::prelude::*;
use tablewright::stream::{Batch, Change, NoImage, RecordError, RecordProblem, StreamError, StreamRecord, Streamed};
use tablewright::{Dynamo, Error, testing::Spy};

use super::{Room, event, image, insert, keys, record, room};

const EVENTS: &str = include_str!("events.json");

fn read<T: Streamed>(event: &str) -> Vec<Result<StreamRecord<T>, RecordError>> {
    Batch::from_event(event).expect("it is an event").into_records()
}

fn only<T: Streamed>(record: Value) -> Result<StreamRecord<T>, RecordError> {
    read(&event([record])).remove(0)
}

fn problem<T: Streamed>(record: Value) -> (RecordProblem, String) {
    let error = only::<T>(record).expect_err("the record cannot be read");
    (error.problem().clone(), error.to_string())
}

#[test]
fn an_event_of_lambda_is_read_whole() {
    let records: Vec<StreamRecord<Room>> = read(EVENTS).into_iter().map(Result::unwrap).collect();
    let [inserted, modified, expired, removed] = &records[..] else { panic!("four records") };

    let mut first = room(7, "Tee & \"Kekse\" 🍪");
    first.expires_at = Some(EpochSeconds(1_479_586_140));
    assert!(inserted.change == Change::Insert { new: first });
    assert_eq!(&*inserted.event_id, "7de3041dd709b024af6f29e4fa13d34c");
    assert_eq!(inserted.sequence_number.as_str(), "4421584500000000017450439091");
    assert_eq!(inserted.region.as_deref(), Some("us-west-2"));
    assert!(inserted.stream_arn.as_deref().unwrap().ends_with("table/rooms/stream/2016-11-16T20:42:48.104"));
    assert_eq!(inserted.size_bytes, Some(81));
    assert_eq!(inserted.keys.get("number"), Some(&7_u64.into()));
    assert_eq!(inserted.keys.len(), 2);

    assert!(modified.change == Change::Modify { old: room(7, "tea"), new: room(7, "coffee") });
    assert!(expired.change == Change::Remove { old: room(7, "coffee") });
    assert!(removed.change == Change::Remove { old: room(8, "quiet") }, "`NewImage: null` is no image");

    let at = |second| Some(UNIX_EPOCH + Duration::from_secs(second));
    let times: Vec<_> = records.iter().map(|record| record.created_at).collect();
    assert_eq!(times, [at(1_479_499_740), at(1_479_499_741), None, at(1_479_499_743)]);
    assert!(modified.sequence_number > inserted.sequence_number);
}

#[test]
fn a_removal_by_time_to_live_is_told_from_others() {
    let records: Vec<StreamRecord<Room>> = read(EVENTS).into_iter().map(Result::unwrap).collect();
    let expiries: Vec<bool> = records.iter().map(StreamRecord::is_expiry).collect();
    assert_eq!(expiries, [false, false, true, false]);
    let identity = records[2].user_identity.as_ref().unwrap();
    assert_eq!((&*identity.identity_type, &*identity.principal_id), ("Service", "dynamodb.amazonaws.com"));
    assert_eq!(records[1].user_identity, None);

    let by = |name: &str, identity: Value| {
        let mut record = record(name, 1, 7, Some(image(&room(7, "a"))), Some(image(&room(7, "b"))));
        record["userIdentity"] = identity;
        only::<Room>(record).unwrap().is_expiry()
    };
    assert!(by("REMOVE", json!({ "type": "Service", "principalId": "dynamodb.amazonaws.com" })));
    assert!(by("REMOVE", json!({ "Type": "Service", "PrincipalId": "dynamodb.amazonaws.com" })));
    assert!(!by("MODIFY", json!({ "type": "Service", "principalId": "dynamodb.amazonaws.com" })));
    assert!(!by("REMOVE", json!({ "type": "Service", "principalId": "replication.dynamodb.amazonaws.com" })));
    assert!(!by("REMOVE", json!({ "type": "AWSAccount" })));
    assert!(!by("REMOVE", json!("Service")));
}

/// Tables that differ in what their streams carry.
macro_rules! views {
    ($($name:ident = $view:ident;)*) => {$(
        #[derive(DynamoTable, Debug, Clone, PartialEq)]
        #[dynamo(table = "views", stream = $view)]
        struct $name {
            #[dynamo(partition_key)]
            number: u64,
            topic: String,
        }
    )*};
}

views! {
    KeysOnly = keys_only;
    NewOnly = new_image;
    OldOnly = old_image;
    Both = new_and_old_images;
}

/// A record of a change with the images that a stream of that view carries.
fn viewed(name: &str, view: &str) -> Value {
    let image = |topic: &str| json!({ "number": { "N": "7" }, "topic": { "S": topic } });
    let old = (name != "INSERT" && view.contains("OLD")).then(|| image("old"));
    let new = (name != "REMOVE" && view.contains("NEW")).then(|| image("new"));
    let mut record = record(name, 1, 7, old, new);
    record["dynamodb"]["Keys"] = json!({ "number": { "N": "7" } });
    record["dynamodb"]["StreamViewType"] = view.into();
    record
}

/// Checks the three changes of a view, given what its images are.
fn check_view<T: Streamed>(view: &str, old: impl Fn() -> T::Old, new: impl Fn() -> T::New)
where
    T::Old: PartialEq,
    T::New: PartialEq,
{
    let change = |name| only::<T>(viewed(name, view)).unwrap().change;
    assert!(change("INSERT") == Change::Insert { new: new() }, "{view}");
    assert!(change("MODIFY") == Change::Modify { old: old(), new: new() }, "{view}");
    assert!(change("REMOVE") == Change::Remove { old: old() }, "{view}");
}

#[test]
fn each_view_has_the_images_that_it_carries() {
    let both = |topic: &str| Both { number: 7, topic: topic.into() };
    check_view::<KeysOnly>("KEYS_ONLY", || NoImage, || NoImage);
    check_view::<NewOnly>("NEW_IMAGE", || NoImage, || NewOnly { number: 7, topic: "new".into() });
    check_view::<OldOnly>("OLD_IMAGE", || OldOnly { number: 7, topic: "old".into() }, || NoImage);
    check_view::<Both>("NEW_AND_OLD_IMAGES", || both("old"), || both("new"));
    // A live stream that carries more than the type says is no mistake.
    check_view::<KeysOnly>("NEW_AND_OLD_IMAGES", || NoImage, || NoImage);
}

#[test]
fn images_are_given_by_reference_and_by_value() {
    let change = |name| only::<Both>(viewed(name, "NEW_AND_OLD_IMAGES")).unwrap().change;
    let topics = |change: &Change<Both>| {
        let topic = |image: Option<&Both>| image.map(|image| image.topic.clone());
        (topic(change.old_image()), topic(change.new_image()))
    };
    let (old, new) = (Some("old".to_owned()), Some("new".to_owned()));
    assert_eq!(topics(&change("INSERT")), (None, new.clone()));
    assert_eq!(topics(&change("MODIFY")), (old.clone(), new.clone()));
    assert_eq!(topics(&change("REMOVE")), (old.clone(), None));
    assert_eq!(change("MODIFY").into_old_image().map(|image| image.topic), old);
    assert_eq!(change("MODIFY").into_new_image().map(|image| image.topic), new);
    assert!(change("INSERT").into_old_image().is_none() && change("REMOVE").into_new_image().is_none());
}

#[test]
fn a_stream_that_carries_less_than_the_type_says_is_an_error_that_says_so() {
    let (found, message) = problem::<Both>(viewed("MODIFY", "NEW_IMAGE"));
    assert_eq!(found, RecordProblem::NoImage { image: "OldImage", carried: Some("NEW_IMAGE".into()) });
    assert_eq!(
        message,
        format!(
            "a record of the stream of table `views` (sequence number {}) cannot be read: it has no `OldImage`, because \
             the stream carries NEW_IMAGE; let the stream of the live table be as `stream = …` above the table's type \
             says",
            super::sequence_number(1)
        )
    );
    assert!(problem::<Both>(viewed("INSERT", "KEYS_ONLY")).1.contains("no `NewImage`"));
    assert!(problem::<OldOnly>(viewed("REMOVE", "KEYS_ONLY")).1.contains("no `OldImage`"));
}

#[test]
fn one_unknown_record_leaves_the_others() {
    let mut foreign = insert(2, 8, "b");
    foreign["dynamodb"]["NewImage"] = json!({ "building": { "S": "north" }, "color": { "S": "secret" } });
    let records = read::<Room>(&event([insert(1, 7, "a"), foreign, insert(3, 9, "c")]));
    assert!(records[0].is_ok() && records[2].is_ok());
    let error = records[1].as_ref().unwrap_err();
    assert_eq!(error.event_id(), "event-2");
    assert_eq!(error.sequence_number(), Some(&*super::sequence_number(2)));
    assert_eq!(error.keys().and_then(|keys| keys.get("number")), Some(&8_u64.into()));
    let RecordProblem::Image { image: "NewImage", error: decode } = error.problem() else { panic!("{error}") };
    assert_eq!(decode.problem(), &DecodeProblem::Missing);
    assert!(error.to_string().contains("`NewImage`: attribute `number` of `Room`"), "{error}");
    for text in [format!("{error}"), format!("{error:?}"), format!("{records:?}")] {
        assert!(!text.contains("secret") && !text.contains("north") && !text.contains("tea"), "{text}");
    }
}

#[test]
fn what_every_record_needs_is_missed_by_its_name() {
    let without = |member: &str| {
        let mut record = insert(1, 7, "a");
        record["dynamodb"].as_object_mut().unwrap().remove(member);
        problem::<Room>(record).0
    };
    assert_eq!(without("Keys"), RecordProblem::Missing { member: "Keys" });
    assert_eq!(without("SequenceNumber"), RecordProblem::Missing { member: "SequenceNumber" });
    assert_eq!(
        without("NewImage"),
        RecordProblem::NoImage { image: "NewImage", carried: Some("NEW_AND_OLD_IMAGES".into()) }
    );

    let with = |member: &str, value: Value| {
        let mut record = insert(1, 7, "a");
        record["dynamodb"][member] = value;
        problem::<Room>(record).0
    };
    assert_eq!(with("SequenceNumber", "one".into()), RecordProblem::SequenceNumber);
    assert_eq!(with("SequenceNumber", 111.into()), RecordProblem::Missing { member: "SequenceNumber" });
    assert_eq!(with("Keys", Value::Null), RecordProblem::Missing { member: "Keys" });
    assert!(matches!(with("Keys", json!({ "a": 1 })), RecordProblem::Image { image: "Keys", .. }));
    assert!(matches!(with("NewImage", json!({ "topic": {} })), RecordProblem::Image { image: "NewImage", .. }));

    let mut unknown = insert(1, 7, "a");
    unknown["eventName"] = "TRUNCATE".into();
    assert_eq!(problem::<Room>(unknown).0, RecordProblem::UnknownEvent { name: "TRUNCATE".into() });
    for record in [json!({}), json!(null), json!([]), json!("x"), json!({ "dynamodb": [] })] {
        assert_eq!(problem::<Room>(record).0, RecordProblem::Missing { member: "Keys" });
    }
}

#[test]
fn what_is_not_known_of_a_record_is_passed_over() {
    let mut record = insert(1, 7, "a");
    record["someday"] = json!({ "x": [1, 2, { "y": null }] });
    record["dynamodb"]["someday"] = json!([[], {}]);
    record["dynamodb"]["ApproximateCreationDateTime"] = json!("soon");
    record["dynamodb"]["SizeBytes"] = json!(-1);
    record["awsRegion"] = json!(7);
    record.as_object_mut().unwrap().remove("eventID");
    let record = only::<Room>(record).unwrap();
    assert_eq!((record.created_at, record.size_bytes, record.region.as_deref()), (None, None, None));
    assert_eq!(&*record.event_id, "");
}

#[test]
fn what_is_no_event_is_refused_whole() {
    let refused = |event: &[u8]| match Batch::<Room>::from_event(event) {
        Err(Error::Stream(error @ StreamError::Event(_))) => error.to_string(),
        other => panic!("{other:?} of {}", String::from_utf8_lossy(event)),
    };
    let whole = event([insert(1, 7, "a")]);
    for end in 0..whole.len() {
        refused(&whole.as_bytes()[..end]);
    }
    for event in ["{}", "null", "7", "\"Records\"", r#"{"Records":null}"#, r#"{"Records":{}}"#, "[]]", "{\"a\":1}{}"] {
        let message = refused(event.as_bytes());
        assert!(message.starts_with("this is not the event of a DynamoDB stream"), "{message}");
    }
    refused(b"\xff\xfe");
    // EventBridge Pipes pass on the records without an object around them.
    assert_eq!(Batch::<Room>::from_event("[]").unwrap().records().len(), 0);
    assert_eq!(Batch::<Room>::from_event(format!(" [{}]", insert(1, 7, "a"))).unwrap().records().len(), 1);
    assert_eq!(Batch::<Room>::from_event(whole.into_bytes()).unwrap().records().len(), 1);
}

#[tokio::test]
async fn a_record_of_any_view_has_the_key_of_its_item() {
    let spy = Spy::new();
    let db = Dynamo::with_executor(spy.clone());
    let record = only::<KeysOnly>(viewed("REMOVE", "KEYS_ONLY")).unwrap();
    db.delete(record.key()).await.unwrap();
    assert!(spy.requests()[0].json().contains(r#""Key":{"number":{"N":"7"}}"#), "{}", spy.requests()[0].json());

    let room = only::<Room>(insert(1, 7, "a")).unwrap();
    assert!(room.key() == Room::key("north", 7));
    let mut narrow = insert(1, 7, "a");
    narrow["dynamodb"]["Keys"] = json!({ "building": keys(7)["building"] });
    let error = db.get(only::<Room>(narrow).unwrap().key()).await.unwrap_err();
    assert!(error.to_string().contains("attribute `number` of `Room`"), "{error}");
}
