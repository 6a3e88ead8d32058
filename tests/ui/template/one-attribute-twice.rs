// One attribute holds one key.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "users", partition_key = "USER#{id}", sort_key(template = "PROFILE", attribute = "pk"))]
struct User {
    id: u64,
}

fn main() {}
