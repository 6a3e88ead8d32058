// Warm throughput is for reads and for writes.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle", warm_throughput = 12000)]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
}

fn main() {}
