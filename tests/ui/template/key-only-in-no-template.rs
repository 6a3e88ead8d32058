// A field that is in no key and no attribute is lost.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "users", partition_key = "USER#{id}")]
struct User {
    id: u64,
    #[dynamo(key_only)]
    name: String,
}

fn main() {}
