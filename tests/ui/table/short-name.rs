// The name of a table has at least 3 characters.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sp")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
}

fn main() {}
