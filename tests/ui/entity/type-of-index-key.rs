// DynamoDB refuses an item whose index key has another type.

use tablewright::{DynamoEntity, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(
    table = "shop",
    partition_key = "pk",
    sort_key = "sk",
    gsi(name = "by-day", partition_key = "tenant", sort_key = "day")
)]
enum Shop {
    Order(Order),
    Parcel(Parcel),
}

#[derive(DynamoEntity)]
#[dynamo(
    table = Shop,
    partition_key = "ORDER#{id}",
    sort_key = "ORDER",
    index(name = "by-day", partition_key = "tenant", sort_key = "day")
)]
struct Order {
    #[dynamo(key_only)]
    id: u64,
    tenant: String,
    day: u32,
}

#[derive(DynamoEntity)]
#[dynamo(table = Shop, partition_key = "PARCEL#{id}", sort_key = "PARCEL")]
struct Parcel {
    #[dynamo(key_only)]
    id: u64,
    day: String,
}

fn main() {}
