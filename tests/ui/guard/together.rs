// What excludes each other on one field.

use tablewright::{DynamoTable, EpochSeconds};

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(version, counter)]
    version: u64,
    #[dynamo(write_once, counter)]
    total: u64,
    #[dynamo(updated_at, write_once)]
    at: EpochSeconds,
    #[dynamo(skip, counter)]
    cached: u64,
    #[dynamo(alias = "sum", counter)]
    sum_of_all: u64,
}

fn main() {}
