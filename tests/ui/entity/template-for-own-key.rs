// One attribute cannot hold two texts.

use tablewright::{DynamoEntity, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(
    table = "shop",
    partition_key = "pk",
    sort_key = "sk",
    gsi(name = "by-day", partition_key = "gsi1pk", sort_key = "sk")
)]
enum Shop {
    Order(Order),
}

#[derive(DynamoEntity)]
#[dynamo(
    table = Shop,
    partition_key = "ORDER#{id}",
    sort_key = "ORDER",
    index(name = "by-day", partition_key = "DAY#{day}", sort_key = "{day}#{id}")
)]
struct Order {
    #[dynamo(key_only)]
    id: u64,
    day: u32,
}

fn main() {}
