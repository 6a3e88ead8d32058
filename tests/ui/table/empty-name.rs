// The name of a table is not empty.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
}

fn main() {}
