// An entity belongs to a table.

use tablewright::DynamoEntity;

#[derive(DynamoEntity)]
#[dynamo(partition_key = "USER#{id}")]
struct User {
    id: u64,
}

fn main() {}
