// A table has one of two classes.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle", table_class = standard_ia)]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
}

fn main() {}
