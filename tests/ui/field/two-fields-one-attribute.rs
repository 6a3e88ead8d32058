// Each attribute belongs to one field.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(rename = "t")]
    team: String,
    t: u64,
}

fn main() {}
