// A float is no key of an index.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle", gsi(name = "by-weight", partition_key = "weight", sparse))]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    weight: Option<f64>,
}

fn main() {}
