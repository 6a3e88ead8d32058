// `serde` on a field needs the feature of that name.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(serde)]
    color: u32,
}

fn main() {}
