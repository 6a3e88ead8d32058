// Keys with `aws:` are AWS's.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "sparkle", tags("aws:team" = "red"))]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
}

fn main() {}
