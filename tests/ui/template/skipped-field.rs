// A skipped field does not come back.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "users", partition_key = "USER#{id}")]
struct User {
    #[dynamo(skip)]
    id: u64,
}

fn main() {}
