// The name of a table is text in quotes.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = sparkle)]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
}

fn main() {}
