// Its items would be in the index, and nothing says so.

use tablewright::{DynamoEntity, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(
    table = "shop",
    partition_key = "pk",
    sort_key = "sk",
    gsi(name = "by-status", partition_key = "status", sort_key = "sk")
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
    index(name = "by-status", partition_key = "status", sort_key = sort_key)
)]
struct Order {
    #[dynamo(key_only)]
    id: u64,
    status: String,
}

#[derive(DynamoEntity)]
#[dynamo(table = Shop, partition_key = "PARCEL#{id}", sort_key = "PARCEL")]
struct Parcel {
    #[dynamo(key_only)]
    id: u64,
    status: String,
}

fn main() {}
