// What cannot be unique, and what cannot be beside it.

use tablewright::{DynamoTable, EpochSeconds};

#[derive(DynamoTable)]
#[dynamo(table = "users")]
struct User {
    #[dynamo(partition_key, unique)]
    id: String,
    #[dynamo(unique, alias = "mail")]
    email: String,
    #[dynamo(unique)]
    name: String,
    #[dynamo(ttl)]
    expires: EpochSeconds,
    #[dynamo(created_at, unique)]
    created: EpochSeconds,
    #[dynamo(skip, unique)]
    cache: u32,
}

fn main() {}
