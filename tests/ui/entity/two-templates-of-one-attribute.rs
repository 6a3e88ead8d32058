// Two indexes share a key attribute, and the entity fills it in two ways.

use tablewright::{DynamoEntity, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(
    table = "shop",
    partition_key = "pk",
    sort_key = "sk",
    gsi(name = "by-day", partition_key = "day_pk", sort_key = "recent"),
    gsi(name = "by-owner", partition_key = "owner_pk", sort_key = "recent")
)]
enum Shop {
    Order(Order),
}

#[derive(DynamoEntity)]
#[dynamo(
    table = Shop,
    partition_key = "ORDER#{id}",
    sort_key = "ORDER",
    index(name = "by-day", partition_key = "DAY#{day}", sort_key = "{at}#{id}"),
    index(name = "by-owner", partition_key = "OWNER#{owner}", sort_key = "{owner}#{at}")
)]
struct Order {
    #[dynamo(key_only)]
    id: u64,
    day: u32,
    at: u64,
    owner: String,
}

fn main() {}
