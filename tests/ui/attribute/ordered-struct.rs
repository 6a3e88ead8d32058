// A struct has no variants to order.

use tablewright::DynamoAttribute;

#[derive(DynamoAttribute)]
#[dynamo(ordered)]
struct Address {
    city: String,
}

fn main() {}
