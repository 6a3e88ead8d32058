// A document has no table.

use tablewright::DynamoAttribute;

#[derive(DynamoAttribute)]
#[dynamo(table = "addresses")]
struct Address {
    city: String,
}

fn main() {}
