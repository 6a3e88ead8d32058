// The word says it alone.

use tablewright::DynamoAttribute;

#[derive(DynamoAttribute)]
#[dynamo(ordered = true)]
enum Rank {
    Low,
    High,
}

fn main() {}
