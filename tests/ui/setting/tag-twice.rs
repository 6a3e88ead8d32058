// A tag has one value.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle", tags(team = "red", "team" = "blue"))]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
}

fn main() {}
