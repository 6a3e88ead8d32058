// A placeholder is the Rust field, not the attribute.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "users", partition_key = "USER#{userId}")]
struct User {
    #[dynamo(rename = "userId")]
    id: u64,
}

fn main() {}
