//! One of the two models, with a clock that stands still, and its stream as Lambda delivers it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use jiff::Timestamp;
use messaging::app::{AnyInbox, App, Model};
use messaging::inbox::{Inbox, ShownConversation, ShownMessage};
use messaging::lambda::on_event;
use messaging::people::{GroupId, Person};
use serde_json::{Value, json};
use tablewright::stream::BatchResponse;
use tablewright::{Dynamo, Operation, Request, RetryPolicy};

use crate::wire::Wire;

pub(crate) const MODELS: [Model; 2] = [Model::Stable, Model::Original];

pub(crate) struct World {
    pub(crate) app: App,
    pub(crate) wire: Wire,
    clock: Arc<AtomicU64>,
}

impl World {
    /// An empty table, which Terraform made or else the code, at one second before 2024.
    pub(crate) async fn new(model: Model) -> Self {
        let (wire, clock, ids) = (Wire::new(), Arc::new(AtomicU64::new(0)), AtomicU64::new(1));
        let now = clock.clone();
        let mut policy = RetryPolicy::default();
        policy.attempts = 2;
        let db = Dynamo::builder()
            .clock(move || SystemTime::UNIX_EPOCH + core::time::Duration::from_micros(now.load(Ordering::SeqCst)))
            .id_source(move || u128::from(ids.fetch_add(1, Ordering::SeqCst)) << 64)
            .retry_policy(policy)
            .executor(wire.clone());
        let world = Self { app: App { db, model }, wire, clock };
        world.set_clock("2023-12-31T23:59:59Z");
        let db = &world.app.db;
        if world.wire.has_tables() {
            db.verify_tables([model.table()]).await.unwrap();
        } else {
            db.create_tables([model.table()]).await.unwrap();
        }
        world
    }

    /// A conversation of two with one message, `first`, which both lists show.
    pub(crate) async fn with_group(model: Model) -> (Self, GroupId) {
        let world = Self::new(model).await;
        let group = world.inbox().create_group(&Person::andrew(), &Person::bayko(), "first").await.unwrap();
        (world, group)
    }

    pub(crate) fn set_clock(&self, moment: &str) {
        let moment: Timestamp = moment.parse().unwrap();
        self.clock.store(moment.as_microsecond().try_into().unwrap(), Ordering::SeqCst);
    }

    pub(crate) fn inbox(&self) -> AnyInbox {
        self.app.inbox()
    }

    /// A message a second after the last one.
    pub(crate) async fn say(&self, group: GroupId, text: &str) -> ShownMessage {
        self.clock.fetch_add(1_000_000, Ordering::SeqCst);
        self.inbox().create_message(group, &Person::bayko(), text).await.unwrap()
    }

    pub(crate) async fn messages(&self, group: GroupId) -> Vec<ShownMessage> {
        self.inbox().conversation(group, 100, None).await.unwrap().items
    }

    pub(crate) async fn list(&self, user: &Person) -> Vec<ShownConversation> {
        self.inbox().conversations(user.uuid, 100, None).await.unwrap().items
    }

    /// Every item as DynamoDB has it, in the order of the keys.
    pub(crate) async fn raw(&self) -> Vec<Value> {
        let table = self.app.db.name_of(self.app.model.table());
        let body = json!({ "TableName": &*table, "ConsistentRead": true }).to_string().into();
        let answer = self.app.db.execute_raw(Request { operation: Operation::Scan, table, body }).await.unwrap();
        let mut answer: Value = serde_json::from_slice(&answer.body).unwrap();
        let mut items: Vec<Value> = serde_json::from_value(answer["Items"].take()).unwrap();
        items.sort_by_key(|item| (item["pk"].to_string(), item["sk"].to_string()));
        items
    }

    pub(crate) async fn put_raw(&self, item: &Value) {
        let table = self.app.db.name_of(self.app.model.table());
        let body = json!({ "TableName": &*table, "Item": item }).to_string().into();
        self.app.db.execute_raw(Request { operation: Operation::PutItem, table, body }).await.unwrap();
    }

    /// The record of the message with this text, as the stream delivers it.
    pub(crate) async fn record_of(&self, sequence: u64, text: &str) -> Value {
        let items = self.raw().await;
        let is_message = |item: &&Value| item["pk"]["S"].as_str().is_some_and(|pk| pk.starts_with("MSG#"));
        let item = items.iter().filter(is_message).find(|item| item["message"]["S"] == text).unwrap();
        record("INSERT", sequence, item)
    }

    /// Hands records to the model's handler, as one event of Lambda.
    pub(crate) async fn handle(&self, records: &[Value]) -> BatchResponse {
        let event = json!({ "Records": records }).to_string();
        on_event(&self.app.db, self.app.model, &event).await.unwrap()
    }

    /// Hands records to the handler, which handles them all.
    pub(crate) async fn handle_all(&self, records: &[Value]) {
        assert_eq!(failed(&self.handle(records).await), [""; 0]);
    }

    /// Each user has one row of the conversation, and it shows this text.
    pub(crate) async fn assert_lists(&self, text: &str) {
        let rows = self.raw().await;
        let rows: Vec<_> = rows.iter().filter(|row| row["pk"]["S"].as_str().unwrap().starts_with("GRP#")).collect();
        assert_eq!(rows.len(), 2, "one row for each user: {rows:?}");
        for user in [Person::andrew(), Person::bayko()] {
            let list = self.list(&user).await;
            let texts: Vec<_> = list.iter().map(|listed| listed.last_message.as_str()).collect();
            assert_eq!(texts, [text], "the list of {}", user.handle);
        }
    }
}

/// A record of an event; what it holds is the new image, except for a deletion.
pub(crate) fn record(name: &str, sequence: u64, item: &Value) -> Value {
    let mut record = json!({
        "eventID": format!("event-{sequence}"),
        "eventName": name,
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": "eu-central-1",
        "dynamodb": {
            "ApproximateCreationDateTime": 1_700_000_000,
            "Keys": { "pk": item["pk"], "sk": item["sk"] },
            "SequenceNumber": number(sequence),
            "SizeBytes": 100,
            "StreamViewType": "NEW_IMAGE",
        },
        "eventSourceARN": "arn:aws:dynamodb:eu-central-1:123456789012:table/t/stream/2026-11-21T00:00:00.000",
    });
    if name != "REMOVE" {
        record["dynamodb"]["NewImage"] = item.clone();
    }
    record
}

pub(crate) fn number(sequence: u64) -> String {
    format!("42{sequence:024}")
}

pub(crate) fn failed(response: &BatchResponse) -> Vec<&str> {
    response.identifiers().collect()
}
