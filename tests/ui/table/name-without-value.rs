// `table` needs a value.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table)]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
}

fn main() {}
