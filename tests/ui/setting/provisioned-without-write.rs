// Capacity is for reads and for writes.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle", billing = provisioned(read = 5))]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
}

fn main() {}
