// A stream carries one of four views.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle", stream = new_images)]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
}

fn main() {}
