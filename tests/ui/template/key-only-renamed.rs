// What has no attribute has no name.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "users", partition_key = "USER#{id}")]
struct User {
    #[dynamo(key_only, rename = "userId")]
    id: u64,
}

fn main() {}
