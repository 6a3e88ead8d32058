// What happened, with a shard that the program calculates itself.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "events", partition_key = "DAY#{day}#{shard}", sort_key = "{at}", shard = 16)]
struct Event {
    #[dynamo(key_only)]
    day: String,
    #[dynamo(key_only)]
    shard: u8,
    #[dynamo(key_only)]
    at: u64,
}

#[derive(DynamoTable)]
#[dynamo(table = "others", partition_key = "DAY#{day}#{shard}", sort_key = "{at}", shard = 16)]
struct Other {
    #[dynamo(key_only)]
    day: String,
    #[dynamo(key_only)]
    at: u64,
}

fn main() {}
