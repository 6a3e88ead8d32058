// A key is not empty.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "users", partition_key = "")]
struct User {
    id: u64,
}

fn main() {}
