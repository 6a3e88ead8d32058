// The index has a sort key of its own, which no item would have.

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
    index(name = "by-day", partition_key = "DAY#{day}", sort_key = sort_key)
)]
struct Order {
    #[dynamo(key_only)]
    id: u64,
    day: u32,
}

fn main() {}
