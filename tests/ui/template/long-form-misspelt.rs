// The long form has three words.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "users", partition_key(tempalte = "USER#{id}"))]
struct User {
    id: u64,
}

fn main() {}
