// Without its sort key no item would be in the index.

use tablewright::{DynamoEntity, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(
    table = "shop",
    partition_key = "pk",
    sort_key = "sk",
    gsi(name = "by-day", partition_key = "gsi1pk", sort_key = "gsi1sk")
)]
enum Shop {
    Order(Order),
}

#[derive(DynamoEntity)]
#[dynamo(
    table = Shop,
    partition_key = "ORDER#{id}",
    sort_key = "ORDER",
    index(name = "by-day", partition_key = "DAY#{day}")
)]
struct Order {
    #[dynamo(key_only)]
    id: u64,
    day: u32,
}

fn main() {}
