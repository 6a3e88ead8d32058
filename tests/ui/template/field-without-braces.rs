// Text without braces is a constant, and a field is marked.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "users", partition_key = "id")]
struct User {
    id: u64,
    name: String,
}

fn main() {}
