// An attribute is written once.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(rename = "t")]
    #[dynamo(rename = "tm")]
    team: String,
}

fn main() {}
