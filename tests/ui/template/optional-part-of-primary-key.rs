// A table's key is in every item.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "users", partition_key = "USER#{id}")]
struct User {
    id: Option<u64>,
}

fn main() {}
