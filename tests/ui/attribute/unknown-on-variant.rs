// A variant has no attributes but those of the reference.

use tablewright::DynamoAttribute;

#[derive(DynamoAttribute)]
enum Color {
    #[dynamo(name = "red")]
    Red,
}

fn main() {}
