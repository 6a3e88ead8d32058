// A skipped field has no attribute to rename.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(skip, rename = "c")]
    cache: u64,
}

fn main() {}
