// Provisioned capacity is at least 1.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle", billing = provisioned(read = 0, write = 5))]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
}

fn main() {}
