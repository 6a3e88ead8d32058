// A tag has a key.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle", tags("" = "red"))]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
}

fn main() {}
