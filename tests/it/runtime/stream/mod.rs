//! Streams: records as types, batches, and the poller.

mod aws;
mod batch;
mod entities;
mod events;
mod fake;
mod local;
mod order;
mod poll_breaks;
mod poll_gaps;
mod poll_order;
mod poller;
mod sources;

use serde_json::{Value, json};
use tablewright::prelude::*;

/// A room of a chat, whose stream carries both images.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(table = "rooms", stream = new_and_old_images)]
pub(super) struct Room {
    #[dynamo(partition_key)]
    pub(super) building: String,
    #[dynamo(sort_key)]
    pub(super) number: u64,
    pub(super) topic: String,
    #[dynamo(ttl)]
    pub(super) expires_at: Option<EpochSeconds>,
}

pub(super) fn room(number: u64, topic: &str) -> Room {
    Room { building: "north".into(), number, topic: topic.into(), expires_at: None }
}

/// The JSON of a room, as a stream has it.
pub(super) fn image(room: &Room) -> Value {
    let mut image = keys(room.number);
    image["topic"] = json!({ "S": room.topic });
    image
}

pub(super) fn keys(number: u64) -> Value {
    json!({ "building": { "S": "north" }, "number": { "N": number.to_string() } })
}

/// A record of Lambda's event.
pub(super) fn record(name: &str, sequence: u64, number: u64, old: Option<Value>, new: Option<Value>) -> Value {
    let mut record = json!({
        "eventID": format!("event-{sequence}"),
        "eventName": name,
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": "eu-central-1",
        "dynamodb": {
            "ApproximateCreationDateTime": 1_479_499_740,
            "Keys": keys(number),
            "SequenceNumber": sequence_number(sequence),
            "SizeBytes": 59,
            "StreamViewType": "NEW_AND_OLD_IMAGES",
        },
        "eventSourceARN":
            "arn:aws:dynamodb:eu-central-1:123456789012:table/rooms/stream/2026-11-21T00:00:00.000",
    });
    for (member, image) in [("OldImage", old), ("NewImage", new)] {
        if let Some(image) = image {
            record["dynamodb"][member] = image;
        }
    }
    record
}

/// A sequence number of the length that DynamoDB's have.
pub(super) fn sequence_number(sequence: u64) -> String {
    format!("42{sequence:024}")
}

/// A record of a room that was made, with this topic.
pub(super) fn insert(sequence: u64, number: u64, topic: &str) -> Value {
    record("INSERT", sequence, number, None, Some(image(&room(number, topic))))
}

pub(super) fn event(records: impl IntoIterator<Item = Value>) -> String {
    json!({ "Records": records.into_iter().collect::<Vec<_>>() }).to_string()
}
