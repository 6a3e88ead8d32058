// A word that is near to none is answered with all of them.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(encrypted)]
    team: String,
}

fn main() {}
