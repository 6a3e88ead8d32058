// A key attribute never takes a default.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key, default)]
    server: u64,
}

fn main() {}
