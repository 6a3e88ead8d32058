// A tag has a value.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle", tags(team))]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
}

fn main() {}
