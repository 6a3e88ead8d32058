// A tag tells several entities apart.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "users", tag = "kind")]
struct User {
    #[dynamo(partition_key)]
    id: u64,
}

fn main() {}
