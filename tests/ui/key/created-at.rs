// The clock does not fill in a key of the table.

use tablewright::{DynamoTable, EpochSeconds};

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(sort_key, created_at)]
    created: EpochSeconds,
}

fn main() {}
