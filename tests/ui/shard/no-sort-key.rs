// What happened, with nothing that a shard could be calculated from.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "events", partition_key = "DAY#{day}", shard = 16)]
struct Event {
    #[dynamo(key_only)]
    day: String,
    text: String,
}

fn main() {}
