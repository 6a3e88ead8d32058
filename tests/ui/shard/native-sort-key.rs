// What happened, with a sort key that is a number.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "events", partition_key = "DAY#{day}", shard = 16)]
struct Event {
    #[dynamo(key_only)]
    day: String,
    #[dynamo(sort_key)]
    at: u64,
}

fn main() {}
