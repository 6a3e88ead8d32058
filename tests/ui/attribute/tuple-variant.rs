// The attributes of a variant have names.

use tablewright::DynamoAttribute;

#[derive(DynamoAttribute)]
#[dynamo(tag = "type")]
enum Event {
    Joined(String),
    Left,
}

fn main() {}
