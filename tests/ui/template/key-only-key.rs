// A native key is stored as the key already.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "users")]
struct User {
    #[dynamo(partition_key, key_only)]
    id: u64,
}

fn main() {}
