// The partition key of the table is no sort key.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(
    table = "sparkle",
    lsi(name = "by-server", sort_key = "server"),
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
