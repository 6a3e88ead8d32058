// The name of a table has letters, digits, `_`, `-` and `.`.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle board")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
}

fn main() {}
