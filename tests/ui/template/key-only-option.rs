// What may be absent does not come back from a key.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(table = "users", partition_key = "USER#{id}", gsi(name = "by-mail", partition_key = "{mail}", sparse))]
struct User {
    id: u64,
    #[dynamo(key_only)]
    mail: Option<String>,
}

fn main() {}
