// A table has a name.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
}

fn main() {}
