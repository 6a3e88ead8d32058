// A constant key of an index is written in the long form.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "users", partition_key = "USER#{id}", gsi(name = "all", partition_key = "ALL", sort_key = "name"))]
struct User {
    id: u64,
    name: String,
}

fn main() {}
