// A document has no text.

use tablewright::{DynamoAttribute, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "users", partition_key = "USER#{address}")]
struct User {
    address: Address,
}

#[derive(DynamoAttribute)]
struct Address {
    city: String,
}

fn main() {}
