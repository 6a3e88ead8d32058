// A local secondary index needs a table with a sort key.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(
    table = "sparkle",
    lsi(name = "by-total", sort_key = "total"),
)]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    team: Option<String>,
    total: u64,
}

fn main() {}
