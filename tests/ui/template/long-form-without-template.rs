// The long form has the template.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "users", partition_key(raw))]
struct User {
    id: u64,
}

fn main() {}
