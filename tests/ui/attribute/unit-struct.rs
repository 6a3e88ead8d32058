// A document has something to store.

use tablewright::DynamoAttribute;

#[derive(DynamoAttribute)]
struct Nothing;

fn main() {}
