// A key is made in one way.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "users", partition_key = "USER#{id}")]
struct User {
    #[dynamo(partition_key)]
    id: u64,
}

fn main() {}
