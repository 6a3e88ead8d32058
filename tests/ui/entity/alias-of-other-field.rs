// An attribute is read as one field.

use tablewright::{DynamoEntity, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "shop", partition_key = "pk", sort_key = "sk")]
enum Shop {
    Order(Order),
}

#[derive(DynamoEntity)]
#[dynamo(table = Shop, partition_key = "ORDER#{id}", sort_key = "ORDER")]
struct Order {
    #[dynamo(key_only)]
    id: u64,
    #[dynamo(alias = "day")]
    due: u32,
    day: u32,
}

fn main() {}
