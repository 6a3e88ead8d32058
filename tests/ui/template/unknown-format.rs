// There are three formats.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "users", partition_key(template = "USER#{id:5}", raw))]
struct User {
    id: u64,
}

fn main() {}
