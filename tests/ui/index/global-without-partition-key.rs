// A global secondary index has a partition key.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(
    table = "sparkle",
    gsi(name = "by-total", sort_key = "total"),
)]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(sort_key)]
    handle: String,
    team: Option<String>,
    total: u64,
}

fn main() {}
