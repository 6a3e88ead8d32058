// A table has one time-to-live attribute.

use tablewright::{DynamoTable, EpochSeconds};

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(ttl)]
    first: EpochSeconds,
    #[dynamo(ttl)]
    second: EpochSeconds,
}

fn main() {}
