// Values are reserved under keys of text.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "users")]
struct User {
    #[dynamo(partition_key)]
    id: u64,
    #[dynamo(unique)]
    email: String,
}

fn main() {}
