// The clock fills in attributes of an item, not of a document inside it.

use tablewright::{DynamoAttribute, EpochSeconds};

#[derive(DynamoAttribute)]
struct Address {
    #[dynamo(updated_at)]
    since: EpochSeconds,
}

fn main() {}
