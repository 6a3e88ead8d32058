// An attribute is written once.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle", table = "twinkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
}

fn main() {}
