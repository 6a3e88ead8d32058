// Provisioned capacity is at least 1.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(
    table = "sparkle",
    billing = provisioned(read = 5, write = 5),
    gsi(name = "by-team", partition_key = "team", sparse, read = 0, write = 5),
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
