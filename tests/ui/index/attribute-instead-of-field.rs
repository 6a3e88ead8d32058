// The keys of an index are Rust fields, not attributes.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(
    table = "sparkle",
    gsi(name = "by-team", partition_key = "team_name"),
)]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(sort_key)]
    handle: String,
    #[dynamo(rename = "team_name")]
    team: String,
}

fn main() {}
