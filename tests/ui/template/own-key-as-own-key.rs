// The table's key is made here.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "users", partition_key = sort_key)]
struct User {
    id: u64,
    name: String,
}

fn main() {}
