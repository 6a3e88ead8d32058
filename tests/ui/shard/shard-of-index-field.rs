// What happened, with an index whose key is a field.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "events", gsi(name = "by-kind", partition_key = "kind", sort_key = "at", shard = 4))]
struct Event {
    #[dynamo(partition_key)]
    id: String,
    at: u64,
    kind: String,
}

fn main() {}
