// A newtype is stored as its field, which has no name.

use tablewright::DynamoAttribute;

#[derive(DynamoAttribute)]
struct Cents(#[dynamo(rename = "cents")] u64);

fn main() {}
