// What happened: the shard is no part that a query asks for.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "events", partition_key = "DAY#{day}", sort_key = "{at}", shard = 16)]
struct Event {
    #[dynamo(key_only)]
    day: String,
    #[dynamo(key_only)]
    at: u64,
}

fn main() {
    let _ = Event::query("2026-11-29", 7);
}
