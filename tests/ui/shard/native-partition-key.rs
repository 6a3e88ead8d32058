// What happened, under a day that is no text of a template.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "events", sort_key = "{at}", shard = 16)]
struct Event {
    #[dynamo(partition_key)]
    day: u32,
    #[dynamo(key_only)]
    at: u64,
}

fn main() {}
