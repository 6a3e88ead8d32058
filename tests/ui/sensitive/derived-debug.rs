// `Debug` that is derived would print the field.

use tablewright::DynamoTable;

#[derive(DynamoTable, Debug)]
#[dynamo(table = "users")]
struct User {
    #[dynamo(partition_key)]
    id: u64,
    #[dynamo(sensitive)]
    email: String,
}

fn main() {}
