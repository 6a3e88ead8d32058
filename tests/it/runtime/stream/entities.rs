//! The stream of a table of several entities.

use std::cell::RefCell;

use tablewright::prelude::*;
use tablewright::stream::{Change, MemoryCheckpoints, RecordProblem, RunError, StreamRecord};
use tablewright::{Dynamo, Error, tables};

use super::super::backends::{for_each_backend, put_json};

/// Conversations and their messages.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "chat", partition_key = "pk", sort_key = "sk", stream = new_and_old_images)]
enum Chat {
    Group(Group),
    Message(Message),
}

/// A conversation in a user's list.
#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(table = Chat, partition_key = "GRP#{user}", sort_key = "{group}")]
struct Group {
    #[dynamo(key_only)]
    user: u64,
    #[dynamo(key_only)]
    group: String,
    last: String,
}

/// A message.
#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(table = Chat, partition_key = "MSG#{group}", sort_key = "{id}")]
struct Message {
    #[dynamo(key_only)]
    group: String,
    #[dynamo(key_only)]
    id: u32,
    text: String,
}

fn message(id: u32, text: &str) -> Message {
    Message { group: "g".into(), id, text: text.into() }
}

async fn with_changes(db: &Dynamo) {
    db.create_tables(tables![Chat]).await.unwrap();
    db.create(&Group { user: 7, group: "g".into(), last: String::new() }).await.unwrap();
    db.create(&message(1, "hello")).await.unwrap();
    db.update(Group::key(7, "g")).set(|group| group.last, "hello").await.unwrap();
    db.delete(Message::key("g", 1_u32)).await.unwrap();
}

#[tokio::test]
async fn a_record_is_of_the_entity_that_its_item_is() {
    for_each_backend(async |db: Dynamo| {
        with_changes(&db).await;
        let seen = RefCell::new(Vec::new());
        let handler = async |record: StreamRecord<Chat>| {
            seen.borrow_mut().push(match record.change {
                Change::Insert { new: Chat::Message(new) } => {
                    format!("message {} in {}: {}", new.id, new.group, new.text)
                }
                Change::Insert { new: Chat::Group(new) } => format!("{} is in {}", new.user, new.group),
                Change::Modify { old: Chat::Group(old), new: Chat::Group(new) } => {
                    format!("{} of {}: {:?} → {:?}", new.group, new.user, old.last, new.last)
                }
                Change::Remove { old: Chat::Message(old) } => format!("message {} in {} is gone", old.id, old.group),
                other => panic!("{other:?}"),
            });
            Ok::<_, Error>(())
        };
        db.stream::<Chat>().open().await.unwrap().drain(handler).await.unwrap();
        let expected = ["7 is in g", "message 1 in g: hello", r#"g of 7: "" → "hello""#, "message 1 in g is gone"];
        assert_eq!(seen.take(), expected);
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn an_item_of_no_entity_fails_alone_or_is_passed_over() {
    let db = Dynamo::embedded().await.unwrap();
    with_changes(&db).await;
    put_json::<Chat>(&db, r#"{"pk":{"S":"USR#1"},"sk":{"S":"secret"}}"#).await;
    db.create(&message(2, "still here")).await.unwrap();

    let store = MemoryCheckpoints::new();
    let handled = RefCell::new(0);
    let handler = async |_: StreamRecord<Chat>| {
        handled.replace_with(|handled| *handled + 1);
        Ok::<_, Error>(())
    };
    let reader = || db.stream::<Chat>().checkpoints(store.clone()).attempts(2);
    let error = match reader().open().await.unwrap().drain(handler).await {
        Err(RunError::Record(failure)) => failure,
        other => panic!("{other:?}"),
    };
    let text = format!("{error} {error:?}");
    assert!(text.contains("`NewImage`") && !text.contains("secret"), "{text}");
    let tablewright::stream::FailureReason::Undecodable(record) = error.reason() else { panic!("{error}") };
    assert!(matches!(record.problem(), RecordProblem::Image { image: "NewImage", .. }), "{record}");
    assert!(handled.take() >= 5, "the record after it is of another key");

    let drained = reader().skip_undecodable().open().await.unwrap().drain(handler).await.unwrap();
    assert_eq!((drained.handled, drained.skipped), (1, 1));
}
