// A document is in no key.

use tablewright::DynamoAttribute;

#[derive(DynamoAttribute)]
struct Address {
    #[dynamo(key_only)]
    city: String,
}

fn main() {}
