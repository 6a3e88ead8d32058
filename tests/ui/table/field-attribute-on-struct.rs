// The partition key is marked on its field.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle", partition_key = "server")]
struct Sparkle {
    server: u64,
}

fn main() {}
