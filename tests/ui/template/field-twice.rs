// A key says a value once.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "users", partition_key = "{id}#{id}")]
struct User {
    id: u64,
}

fn main() {}
