// Numbers have their width without a format.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "users", partition_key = "USER#{id:05}")]
struct User {
    id: u64,
}

fn main() {}
