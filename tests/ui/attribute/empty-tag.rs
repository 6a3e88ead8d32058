// A tag is the name of an attribute.

use tablewright::DynamoAttribute;

#[derive(DynamoAttribute)]
#[dynamo(tag = "")]
enum Event {
    Left,
}

fn main() {}
