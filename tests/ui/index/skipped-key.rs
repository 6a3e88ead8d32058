// A key of an index is in the item.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(
    table = "sparkle",
    gsi(name = "by-cache", partition_key = "cache"),
)]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(sort_key)]
    handle: String,
    #[dynamo(skip)]
    cache: u64,
}

fn main() {}
