// A `rest` field is no attribute.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(
    table = "sparkle",
    gsi(name = "by-rest", partition_key = "rest"),
)]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(sort_key)]
    handle: String,
    #[dynamo(rest)]
    rest: std::collections::BTreeMap<String, String>,
}

fn main() {}
