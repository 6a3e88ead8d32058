// An item without the part is not in the index, and that is said.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "users", partition_key = "USER#{id}", gsi(name = "by-mail", partition_key = "MAIL#{mail}"))]
struct User {
    id: u64,
    mail: Option<String>,
}

fn main() {}
