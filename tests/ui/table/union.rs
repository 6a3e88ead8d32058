// A table is derived from a struct.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
union Sparkle {
    server: u64,
    handle: i64,
}

fn main() {}
