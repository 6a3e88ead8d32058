// A local secondary index has a sort key.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(
    table = "sparkle",
    lsi(name = "by-total"),
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
