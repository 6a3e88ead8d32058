// A document is no key.

use tablewright::{DynamoAttribute, DynamoTable};

#[derive(DynamoAttribute)]
struct Address {
    city: String,
}

#[derive(DynamoTable)]
#[dynamo(table = "sparkle")]
struct Sparkle {
    #[dynamo(partition_key)]
    address: Address,
}

fn main() {}
