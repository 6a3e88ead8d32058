// A placeholder is a name and nothing else.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "users", partition_key = "USER#{ id }")]
struct User {
    id: u64,
}

fn main() {}
