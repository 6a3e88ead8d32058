// A local secondary index has no capacity of its own.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(
    table = "sparkle",
    billing = provisioned(read = 5, write = 5),
    lsi(name = "by-total", sort_key = "total", read = 5, write = 5),
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
