// `rename_all` has the cases of `serde`.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle", rename_all = "camel_case")]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
}

fn main() {}
