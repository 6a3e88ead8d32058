// An item does not expire when it is written.

use tablewright::{DynamoTable, EpochSeconds};

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(ttl, created_at)]
    at: EpochSeconds,
}

fn main() {}
