// An enum has values to store.

use tablewright::DynamoAttribute;

#[derive(DynamoAttribute)]
enum Never {}

fn main() {}
