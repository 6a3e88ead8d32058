// A table is derived from a struct.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
enum Sparkle {
    One { server: u64 },
}

fn main() {}
