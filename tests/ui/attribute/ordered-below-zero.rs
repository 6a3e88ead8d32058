// Digits in a key have no sign.

use tablewright::DynamoAttribute;

#[derive(DynamoAttribute)]
#[dynamo(ordered)]
enum Rank {
    Low = -1,
    High = 1,
}

fn main() {}
