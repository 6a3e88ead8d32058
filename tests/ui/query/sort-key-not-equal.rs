// A query reads a range of sort keys, and all but one is no range.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(sort_key)]
    handle: String,
}

fn main() {
    let _ = Sparkle::query(9001).handle().ne("star");
}
