// Only an index that includes some attributes names them.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(
    table = "sparkle",
    gsi(name = "by-team", partition_key = "team", projection = all("note")),
)]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    team: String,
    note: String,
}

fn main() {}
