// A field is stored in one way.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(with = Hex, serde)]
    color: u32,
}

struct Hex;

fn main() {}
