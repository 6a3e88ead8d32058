// A stream view is a word.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle", stream = "NEW_IMAGE")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
}

fn main() {}
