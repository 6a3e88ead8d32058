// An index whose key every item has is not sparse.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "users", partition_key = "USER#{id}", gsi(name = "by-mail", partition_key = "MAIL#{mail}", sparse))]
struct User {
    id: u64,
    mail: String,
}

fn main() {}
