// The name of a table has at most 255 characters.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
}

fn main() {}
