// A placeholder names a field.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "users", partition_key = "USER#{}")]
struct User {
    id: u64,
}

fn main() {}
