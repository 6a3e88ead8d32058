// The tag of an enum is an attribute of its own.

use tablewright::DynamoAttribute;

#[derive(DynamoAttribute)]
#[dynamo(tag = "type")]
enum Event {
    Joined { r#type: String },
    Left,
}

fn main() {}
