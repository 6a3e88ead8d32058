// One time stamp is not two.

use tablewright::{DynamoTable, EpochSeconds};

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(created_at, updated_at)]
    at: EpochSeconds,
}

fn main() {}
