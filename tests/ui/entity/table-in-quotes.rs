// The table of an entity is a type.

use tablewright::DynamoEntity;

#[derive(DynamoEntity)]
#[dynamo(table = "shop", partition_key = "USER#{id}")]
struct User {
    id: u64,
}

fn main() {}
