// A `rest` field is no attribute.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key, rest)]
    server: std::collections::BTreeMap<String, String>,
}

fn main() {}
