// A skipped field has a default.

use tablewright::DynamoTable;

struct Cache;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(skip)]
    cache: Cache,
}

fn main() {}
