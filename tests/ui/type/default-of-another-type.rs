// A default has the type of the field.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(default = everyone)]
    team: String,
}

fn everyone() -> u64 {
    0
}

fn main() {}
