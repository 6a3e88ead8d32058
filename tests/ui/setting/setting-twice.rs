// A setting is written once.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle", stream = new_image, stream = old_image)]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
}

fn main() {}
