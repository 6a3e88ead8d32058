// An enum with data says which variant it is.

use tablewright::DynamoAttribute;

#[derive(DynamoAttribute)]
enum Event {
    Joined { name: String },
    Left,
}

fn main() {}
