// A key attribute is stored as its type says.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key, with = Hex)]
    server: u64,
}

struct Hex;

fn main() {}
