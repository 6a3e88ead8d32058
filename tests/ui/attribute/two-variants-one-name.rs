// Each variant has a name of its own.

use tablewright::DynamoAttribute;

#[derive(DynamoAttribute)]
#[dynamo(rename_all = "lowercase")]
enum Color {
    Red,
    #[dynamo(rename = "red")]
    Crimson,
}

fn main() {}
