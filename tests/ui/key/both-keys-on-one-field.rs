// Partition key and sort key are two attributes.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key, sort_key)]
    server: u64,
}

fn main() {}
