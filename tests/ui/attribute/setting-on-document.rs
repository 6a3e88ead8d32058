// Settings are for tables.

use tablewright::DynamoAttribute;

#[derive(DynamoAttribute)]
#[dynamo(stream = new_image)]
struct Address {
    city: String,
}

fn main() {}
