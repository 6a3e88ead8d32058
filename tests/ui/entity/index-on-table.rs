// A table with one entity declares its index.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "users", index(name = "by-name", partition_key = "name"))]
struct User {
    #[dynamo(partition_key)]
    id: u64,
    name: String,
}

fn main() {}
