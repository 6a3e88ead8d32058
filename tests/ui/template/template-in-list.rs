// Several attributes of a key are fields.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "users", partition_key = "USER#{id}", gsi(name = "all", partition_key = ["A#{id}", "name"]))]
struct User {
    id: u64,
    name: String,
}

fn main() {}
