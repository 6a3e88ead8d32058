// A table has no attributes but those of the reference; a typo is answered with the nearest.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(tabel = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
}

fn main() {}
