// Text of any length ends at a separator.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "users", partition_key = "USER#{name}-{id}")]
struct User {
    id: u64,
    name: String,
}

fn main() {}
