//! Partition keys in shards: where items are, and that queries find each once and in order.

mod behaviour;
mod cursors;
mod entities;
mod keys;
mod properties;
mod reads;

use tablewright::prelude::*;

/// What happened on a day, in 16 shards; by its kind in 4.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(
    table = "events",
    partition_key = "DAY#{day}",
    sort_key = "{at}#{id}",
    shard = 16,
    gsi(name = "by-kind", partition_key = "KIND#{kind}", sort_key = "rank", shard = 4, sparse)
)]
pub(crate) struct Event {
    #[dynamo(key_only)]
    pub(crate) day: String,
    #[dynamo(key_only)]
    pub(crate) at: u32,
    #[dynamo(key_only)]
    pub(crate) id: String,
    pub(crate) kind: Option<String>,
    pub(crate) rank: i32,
    pub(crate) text: String,
}

pub(crate) fn event(day: &str, at: u32) -> Event {
    let rank = i32::try_from(at).unwrap() % 7 - 3;
    let kind = (at % 3 != 2).then(|| format!("k{}", at % 2));
    Event { day: day.into(), at, id: format!("i{}", at % 5), kind, rank, text: "t".repeat(at as usize % 50) }
}

/// A table with so many events of a day.
async fn with_events(db: &Dynamo, day: &str, count: u32) -> Vec<Event> {
    let events: Vec<Event> = (0..count).map(|at| event(day, at)).collect();
    db.batch_write_iter(events.clone()).await.unwrap().complete().unwrap();
    events
}
