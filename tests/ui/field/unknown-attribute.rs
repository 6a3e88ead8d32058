// A field has no attributes but those of the reference; a typo is answered with the nearest.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partion_key)]
    server: u64,
    #[dynamo(partition_key)]
    shard: u64,
    #[dynamo(sort_key)]
    handle: String,
}

fn main() {}
