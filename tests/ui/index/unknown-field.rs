// The keys of an index are fields of the struct.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(
    table = "sparkle",
    gsi(name = "by-team", partition_key = "taem", sort_key = "total"),
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
