// Each attribute belongs to one field, after `rename_all` too.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle", rename_all = "camelCase")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(rename = "remKey")]
    first: String,
    rem_key: String,
}

fn main() {}
