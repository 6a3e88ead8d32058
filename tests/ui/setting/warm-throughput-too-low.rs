// Warm throughput begins at 12000 and 4000.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle", warm_throughput(read = 1000, write = 4000))]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
}

fn main() {}
