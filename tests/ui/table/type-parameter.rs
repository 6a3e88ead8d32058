// A table is one concrete type.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle<T> {
    #[dynamo(partition_key)]
    server: u64,
    value: T,
}

fn main() {}
