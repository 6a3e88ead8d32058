// The key's attribute is not a field's.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "users", partition_key = "USER#{id}")]
struct User {
    id: u64,
    pk: String,
}

fn main() {}
