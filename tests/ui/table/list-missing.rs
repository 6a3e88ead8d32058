// `dynamo` takes a list.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
}

fn main() {}
