// The case does not come back.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "users", partition_key(template = "USER#{name:lower}", raw))]
struct User {
    #[dynamo(key_only)]
    name: String,
}

fn main() {}
