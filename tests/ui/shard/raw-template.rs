// What another program writes, which knows no shards.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(
    table = "events",
    partition_key(template = "DAY#{day}", raw),
    sort_key = "{at}",
    shard = 16,
    gsi(name = "by-kind", partition_key(template = "KIND#{kind}", raw), shard = 4)
)]
struct Event {
    #[dynamo(key_only)]
    day: String,
    #[dynamo(key_only)]
    at: u64,
    kind: String,
}

fn main() {}
