// One field keeps the attributes that no other names.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(rest)]
    first: std::collections::BTreeMap<String, String>,
    #[dynamo(rest)]
    second: std::collections::BTreeMap<String, String>,
}

fn main() {}
