// A placeholder is a field, and the nearest name is shown.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "users", partition_key = "USER#{idd}")]
struct User {
    id: u64,
    name: String,
}

fn main() {}
