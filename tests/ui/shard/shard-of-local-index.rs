// What happened, with indexes that have the table's partition key.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(
    table = "events",
    partition_key = "DAY#{day}",
    sort_key = "{at}",
    lsi(name = "by-kind", sort_key = "kind", shard = 16),
    gsi(name = "by-text", partition_key = partition_key, sort_key = "text", shard = 16)
)]
struct Event {
    #[dynamo(key_only)]
    day: String,
    #[dynamo(key_only)]
    at: u64,
    kind: String,
    text: String,
}

fn main() {}
