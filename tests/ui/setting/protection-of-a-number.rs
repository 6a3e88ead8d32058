// Deletion protection is a switch.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle", deletion_protection = 1)]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
}

fn main() {}
