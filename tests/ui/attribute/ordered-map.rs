// An enum with a tag is a map, which is no part of a key.

use tablewright::DynamoAttribute;

#[derive(DynamoAttribute)]
#[dynamo(tag = "type", ordered)]
enum Event {
    Joined { who: String },
    Left,
}

fn main() {}
