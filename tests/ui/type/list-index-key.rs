// A list is no key of an index.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle", lsi(name = "by-teams", sort_key = "teams"))]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(sort_key)]
    handle: String,
    teams: Vec<String>,
}

fn main() {}
