// What happened, in a number of shards that the derive cannot read.

use tablewright::DynamoTable;

const SHARDS: u16 = 16;

#[derive(DynamoTable)]
#[dynamo(
    table = "events",
    partition_key = "DAY#{day}",
    sort_key = "{at}",
    shard = "16",
    gsi(name = "by-kind", partition_key = "KIND#{kind}", shard = SHARDS),
    gsi(name = "by-text", partition_key = "TEXT#{text}", shard)
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
