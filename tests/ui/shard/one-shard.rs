// What happened, in shards of which there is only one.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "events", partition_key = "DAY#{day}", sort_key = "{at}", shard = 1)]
struct Event {
    #[dynamo(key_only)]
    day: String,
    #[dynamo(key_only)]
    at: u64,
}

fn main() {}
