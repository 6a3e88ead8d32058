// What happened, with the shards where the key is marked.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "events")]
struct Event {
    #[dynamo(partition_key, shard = 16)]
    day: String,
    #[dynamo(sort_key)]
    at: u64,
}

fn main() {}
