// Only entities have unique attributes.

use tablewright::DynamoAttribute;

#[derive(DynamoAttribute)]
struct Contact {
    #[dynamo(unique)]
    email: String,
}

fn main() {}
