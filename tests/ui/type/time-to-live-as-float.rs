// The time to live is epoch seconds.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(ttl)]
    expires: Option<f64>,
}

fn main() {}
