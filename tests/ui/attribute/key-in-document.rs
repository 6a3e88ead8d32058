// Keys are for tables.

use tablewright::DynamoAttribute;

#[derive(DynamoAttribute)]
struct Address {
    #[dynamo(partition_key)]
    city: String,
}

fn main() {}
