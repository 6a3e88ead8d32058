// A table has one time-to-live attribute.

use tablewright::{DynamoEntity, DynamoTable, EpochSeconds};

#[derive(DynamoTable)]
#[dynamo(table = "shop", partition_key = "pk", sort_key = "sk")]
enum Shop {
    User(User),
    Order(Order),
}

#[derive(DynamoEntity)]
#[dynamo(table = Shop, partition_key = "USER#{id}", sort_key = "PROFILE")]
struct User {
    id: u64,
    #[dynamo(ttl)]
    expires: EpochSeconds,
}

#[derive(DynamoEntity)]
#[dynamo(table = Shop, partition_key = "USER#{user}", sort_key = "ORDER#{number}")]
struct Order {
    user: u64,
    number: u32,
    #[dynamo(ttl)]
    ttl: EpochSeconds,
}

fn main() {}
