// Provisioned billing says how much.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle", billing = provisioned)]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
}

fn main() {}
