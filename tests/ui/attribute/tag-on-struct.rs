// A tag is for an enum.

use tablewright::DynamoAttribute;

#[derive(DynamoAttribute)]
#[dynamo(tag = "type")]
struct Address {
    city: String,
}

fn main() {}
