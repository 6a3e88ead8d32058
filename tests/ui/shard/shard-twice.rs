// What happened, in two numbers of shards.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(
    table = "events",
    partition_key = "DAY#{day}",
    shard = 16,
    sort_key = "{at}",
    shard = 8,
    gsi(name = "by-kind", partition_key = "KIND#{kind}", shard = 4, shard = 4)
)]
struct Event {
    #[dynamo(key_only)]
    day: String,
    #[dynamo(key_only)]
    at: u64,
    kind: String,
}

fn main() {}
